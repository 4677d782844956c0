#include "notification_queue.h"

#include "guard.h"
#include "handle_table.h"
#include "wait.h"
#include "watch.h"

namespace mfvcam {

NotificationQueue::NotificationQueue() : Object(object_kind) {
    ++ledger.queues;
}

NotificationQueue::~NotificationQueue() = default;

HRESULT NotificationQueue::create(mfvcam_handle* handle) {
    const auto queue = Ref<NotificationQueue>::adopt(new NotificationQueue());
    queue->available_ = OwnedHandle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    queue->ended_ = OwnedHandle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    const HRESULT hr = !queue->available_ || !queue->ended_ ? hresult_from_last_error()
                                                            : handles::publish(queue, handle);
    if (FAILED(hr)) {
        queue->close();
    }
    return hr;
}

HRESULT NotificationQueue::take(UINT32 timeout, HANDLE cancel, mfvcam_notification* notifications,
                                UINT32 capacity, UINT32* count) noexcept {
    const Deadline deadline(timeout);
    for (;;) {
        const WaitEnd end = wait_for(available_.get(), ended_.get(), cancel, deadline);
        if (end != WaitEnd::signalled) {
            return hresult_of(end);
        }
        while (*count < capacity && take_one(notifications[*count])) {
            ++*count;
        }
        // None, if another thread came first.
        if (*count != 0) {
            return S_OK;
        }
    }
}

bool NotificationQueue::take_one(mfvcam_notification& notification) noexcept {
    Watch* watch = nullptr;
    Ref<Object> kept;  // released outside the lock
    {
        const LockGuard guard(lock_);
        if (pending_.empty()) {
            return false;
        }
        const Notification& first = pending_.front();
        watch = first.watch;
        kept = watch->object();
        notification = first.content;
        watch->taken(pending_);
        if (pending_.empty()) {
            ResetEvent(available_.get());
        }
    }
    watch->after_taken(notification.kind);
    return true;
}

bool NotificationQueue::push(Notifications& from) noexcept {
    const LockGuard guard(lock_);
    if (closed_) {
        return false;
    }
    pending_.splice(pending_.end(), from, from.begin());
    // Under the lock, as everything that makes the event say what the list says.
    SetEvent(available_.get());
    return true;
}

void NotificationQueue::drop(const Watch& watch) noexcept {
    const LockGuard guard(lock_);
    drop_pending(&watch);
}

void NotificationQueue::drop_pending(const Watch* watch) noexcept {
    for (auto node = pending_.begin(); node != pending_.end();) {
        if (watch == nullptr || node->watch == watch) {
            node->watch->dropped(node->content.kind);
            node = pending_.erase(node);
        } else {
            ++node;
        }
    }
    if (pending_.empty() && available_) {
        ResetEvent(available_.get());
    }
}

void NotificationQueue::on_close() noexcept {
    if (ended_) {
        SetEvent(ended_.get());
    }
    const LockGuard guard(lock_);
    closed_ = true;
    drop_pending(nullptr);
}

void NotificationQueue::finish() noexcept {
    const LockGuard guard(lock_);
    available_ = OwnedHandle();
    ended_ = OwnedHandle();
    --ledger.queues;
}

}  // namespace mfvcam
