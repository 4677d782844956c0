#include "camera.h"

#include <mfapi.h>
#include <mferror.h>

#include "guard.h"
#include "mfvirtualcamera_abi.h"

namespace mfvcam::simulator {

Camera::~Camera() {
    while (const ComPtr<StartCallback> callback = take_callback(nullptr, true)) {
        callback->cancel();
    }
}

Camera::Transition::Transition(Camera& camera) noexcept : camera_(camera) {
    const LockGuard guard(camera_.lock_);
    while (camera_.busy_) {
        SleepConditionVariableSRW(&camera_.idle_, camera_.lock_.get(), INFINITE, 0);
    }
    camera_.busy_ = true;
}

Camera::Transition::~Transition() {
    {
        const LockGuard guard(camera_.lock_);
        camera_.busy_ = false;
    }
    WakeConditionVariable(&camera_.idle_);
}

bool Camera::exists() noexcept {
    const LockGuard guard(lock_);
    return state_ == State::kStarted || state_ == State::kStopped;
}

bool Camera::removed() noexcept {
    const LockGuard guard(lock_);
    return state_ == State::kRemoved;
}

std::shared_ptr<HostedSource> Camera::source() noexcept {
    const LockGuard guard(lock_);
    return source_;
}

HRESULT Camera::start(const Activation& activation) noexcept {
    const Transition transition(*this);
    {
        const LockGuard guard(lock_);
        if (state_ == State::kStarted) {
            return S_OK;
        }
        if (state_ == State::kRemoved) {
            return S_FALSE;
        }
    }
    std::shared_ptr<HostedSource> source;
    const HRESULT hr = host().activate(activation, weak_from_this(), source);
    if (FAILED(hr)) {
        return hr;
    }
    const LockGuard guard(lock_);
    source_ = std::move(source);
    state_ = State::kStarted;
    return S_OK;
}

void Camera::stop() noexcept {
    end(State::kStopped);
}

void Camera::remove() noexcept {
    end(State::kRemoved);
    // The last word has been posted; nothing follows it.
    while (take_callback(nullptr, true)) {
    }
}

void Camera::end(State state) noexcept {
    const Transition transition(*this);
    std::shared_ptr<HostedSource> source;
    {
        const LockGuard guard(lock_);
        if (state_ == State::kRemoved) {
            return;
        }
        state_ = state;
        source = std::move(source_);
    }
    if (!source) {
        return;
    }
    source->shutdown(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
    ComPtr<IMFMediaEvent> event;
    if (SUCCEEDED(MFCreateMediaEvent(MEExtendedType,
                                     MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN, S_OK,
                                     nullptr, event.put()))) {
        on_event(event.get());
    }
}

void Camera::add(ComPtr<StartCallback> callback) {
    const LockGuard guard(lock_);
    callbacks_.push_back(std::move(callback));
}

void Camera::drop_callbacks(const void* owner) noexcept {
    while (const ComPtr<StartCallback> callback = take_callback(owner, false)) {
        callback->cancel();
    }
}

// One at a time, so that none is released inside the lock.
ComPtr<StartCallback> Camera::take_callback(const void* owner, bool any) noexcept {
    const LockGuard guard(lock_);
    ComPtr<StartCallback> taken;
    for (auto each = callbacks_.begin(); each != callbacks_.end(); ++each) {
        if (any || (*each)->owner() == owner) {
            taken = std::move(*each);
            callbacks_.erase(each);
            break;
        }
    }
    return taken;
}

void Camera::on_event(IMFMediaEvent* event) noexcept {
    guarded([&] {
        std::vector<ComPtr<StartCallback>> callbacks;
        {
            const LockGuard guard(lock_);
            callbacks = callbacks_;
        }
        for (const ComPtr<StartCallback>& callback : callbacks) {
            callback->post(event);
        }
        return S_OK;
    });
}

}  // namespace mfvcam::simulator
