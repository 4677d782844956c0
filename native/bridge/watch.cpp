#include "watch.h"

#include <mferror.h>

#include <algorithm>

#include "guard.h"
#include "handle_table.h"
#include "system_time.h"

namespace mfvcam {

// ---- Watch --------------------------------------------------------------------------------------

Watch::Watch(Ref<NotificationQueue> queue, UINT64 tag) : queue_(std::move(queue)), tag_(tag) {
    end_ = node(MFVCAM_WATCH_ENDED);
}

Notifications Watch::node(UINT32 kind) {
    return {{this, {tag_, kind, S_OK, GUID_NULL, 0}}};
}

void Watch::push_end(HRESULT reason) noexcept {
    mfvcam_notification& content = end_.front().content;
    content.status = reason;
    content.time = system_time();
    queue_->push(end_);
}

bool Watch::drop_queued() noexcept {
    Notifications dropped;
    queue_->remove(*this, dropped);
    return std::ranges::any_of(dropped, [](const Notification& notification) {
        return notification.content.kind == MFVCAM_SIGNALLED;
    });
}

// ---- SignalWatch --------------------------------------------------------------------------------

SignalWatch::SignalWatch(Ref<CameraSyncObject> sync_object, Ref<NotificationQueue> queue,
                         UINT64 tag)
    : Object(object_kind),
      Watch(std::move(queue), tag),
      sync_object_(std::move(sync_object)),
      signal_(node(MFVCAM_SIGNALLED)) {
    ++ledger.watches;
}

SignalWatch::~SignalWatch() = default;

HRESULT SignalWatch::create(Ref<CameraSyncObject> sync_object, Ref<NotificationQueue> queue,
                            UINT64 tag, mfvcam_handle* handle) {
    const auto watch =
        Ref<SignalWatch>::adopt(new SignalWatch(std::move(sync_object), std::move(queue), tag));
    HRESULT hr = handles::publish(watch, handle);
    if (SUCCEEDED(hr)) {
        hr = guarded([&] {
            const HRESULT result = watch->sync_object_->add_watch(watch.get());
            return FAILED(result) ? result : watch->add(watch->sync_object_->signal());
        });
    }
    if (SUCCEEDED(hr)) {
        const LockGuard guard(watch->lock_);
        if (!watch->ended_) {
            watch->arm();
        }
    } else {
        static_cast<void>(handles::remove(*handle));
        *handle = 0;
        watch->close();
    }
    return hr;
}

void SignalWatch::signalled() noexcept {
    signal_.front().content.time = system_time();
    queue().push(signal_);
}

HRESULT SignalWatch::rearm() noexcept {
    const LockGuard guard(lock_);
    if (!ended_ && given_.exchange(false)) {
        arm();
    }
    return S_OK;
}

void SignalWatch::taken(Notifications& pending) noexcept {
    if (pending.front().content.kind == MFVCAM_SIGNALLED) {
        signal_.splice(signal_.end(), pending, pending.begin());
        given_ = true;
    } else {
        pending.pop_front();
    }
}

void SignalWatch::after_taken() noexcept {
    if (given_) {
        if (const Lease<CameraSyncObject> lease(sync_object_); lease) {
            lease->seen_to_fire();
        }
    }
}

void SignalWatch::end(HRESULT reason) noexcept {
    const LockGuard guard(lock_);
    if (!ended_) {
        ended_ = true;
        PooledWait::remove();
        // Under the lock: nothing may come once close has emptied the queue.
        push_end(reason);
    }
}

void SignalWatch::on_close() noexcept {
    sync_object_->remove_watch(this);
    {
        const LockGuard guard(lock_);
        ended_ = true;
        PooledWait::remove();
    }
    if (drop_queued()) {
        if (const Lease<CameraSyncObject> lease(sync_object_); lease) {
            lease->give_back();
        }
    }
}

void SignalWatch::finish() noexcept {
    --ledger.watches;
}

// ---- CameraWatch --------------------------------------------------------------------------------

CameraWatch::CameraWatch(Ref<VirtualCamera> camera, Ref<NotificationQueue> queue, UINT64 tag)
    : CameraChild(object_kind, std::move(camera)), Watch(std::move(queue), tag) {
    ++ledger.watches;
}

CameraWatch::~CameraWatch() = default;

HRESULT CameraWatch::create(Ref<VirtualCamera> camera, Ref<NotificationQueue> queue, UINT64 tag,
                            mfvcam_handle* handle) {
    const auto watch =
        Ref<CameraWatch>::adopt(new CameraWatch(std::move(camera), std::move(queue), tag));
    HRESULT hr = handles::publish(watch, handle);
    if (SUCCEEDED(hr)) {
        hr = guarded([&] { return watch->join_camera(); });
    }
    if (FAILED(hr)) {
        static_cast<void>(handles::remove(*handle));
        *handle = 0;
        watch->close();
    }
    return hr;
}

void CameraWatch::event(HRESULT status, const GUID& extended_type) noexcept {
    const HRESULT hr = guarded([&] {
        Notifications told = node(MFVCAM_CAMERA_EVENT);
        mfvcam_notification& content = told.front().content;
        content.status = status;
        content.extended_type = extended_type;
        content.time = system_time();
        const LockGuard guard(lock_);
        if (!ended_) {
            queue().push(told);
        }
        return S_OK;
    });
    if (FAILED(hr)) {
        // Better an end than an event that nobody hears of.
        leave_camera();
        end(hr);
    }
}

void CameraWatch::end(HRESULT reason) noexcept {
    const LockGuard guard(lock_);
    if (!ended_) {
        ended_ = true;
        push_end(reason);
    }
}

void CameraWatch::taken(Notifications& pending) noexcept {
    pending.pop_front();
}

void CameraWatch::on_close() noexcept {
    leave_camera();
    {
        const LockGuard guard(lock_);
        ended_ = true;
    }
    drop_queued();
}

void CameraWatch::finish() noexcept {
    --ledger.watches;
}

}  // namespace mfvcam
