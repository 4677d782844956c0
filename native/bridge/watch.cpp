#include "watch.h"

#include <mferror.h>

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
    static_cast<void>(queue_->push(end_));
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
    HRESULT hr = guarded([&] { return watch->prepare(); });
    if (SUCCEEDED(hr)) {
        hr = handles::publish(watch, handle);
    }
    if (FAILED(hr)) {
        watch->close();
        return hr;
    }
    const LockGuard guard(watch->lock_);
    if (!watch->ended_) {
        watch->arm();
    }
    return S_OK;
}

HRESULT SignalWatch::prepare() {
    HRESULT hr = sync_object_->copy_signal(object_);
    if (SUCCEEDED(hr)) {
        hr = add(object_.get());
    }
    // Last: from here on the sync object may end this watch.
    return SUCCEEDED(hr) ? sync_object_->add_watch(this) : hr;
}

void SignalWatch::signalled() noexcept {
    sync_object_->note_fired();
    signal_.front().content.time = system_time();
    if (!queue().push(signal_)) {
        object_.give_back();
    }
}

HRESULT SignalWatch::rearm() noexcept {
    const LockGuard guard(lock_);
    // Given back even after the end: what was told is not on its way any more.
    if (given_.exchange(false) && !ended_) {
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

void SignalWatch::after_taken(UINT32 taken_kind) noexcept {
    // Not by given_: it may be armed again by now.
    if (taken_kind == MFVCAM_SIGNALLED) {
        if (const Lease<CameraSyncObject> lease(sync_object_); lease) {
            lease->seen_to_fire();
        }
    }
}

void SignalWatch::dropped(UINT32 dropped_kind) noexcept {
    if (dropped_kind == MFVCAM_SIGNALLED) {
        object_.give_back();
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
    queue().drop(*this);
}

void SignalWatch::finish() noexcept {
    object_ = SignalObject();
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
    HRESULT hr = guarded([&] { return watch->join_camera(Join::gone_too); });
    if (SUCCEEDED(hr)) {
        hr = handles::publish(watch, handle);
    }
    if (FAILED(hr)) {
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
            static_cast<void>(queue().push(told));
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
    queue().drop(*this);
}

void CameraWatch::finish() noexcept {
    --ledger.watches;
}

}  // namespace mfvcam
