#include "camera.h"

#include <mferror.h>

#include <utility>

#include "guard.h"
#include "mfvirtualcamera_abi.h"
#include "system_cameras.h"

namespace mfvcam::simulator {

CameraState Camera::state() noexcept {
    const LockGuard guard(lock_);
    // Whoever sees it removed lets go of it, and is told nothing any more.
    return {state_ == State::kStarted || state_ == State::kStopped, removal_told_, source_,
            watched_.process_id};
}

HRESULT Camera::start(const Bytes& attributes) noexcept {
    const Turns::Turn transition(transitions_);
    {
        const LockGuard guard(lock_);
        if (state_ == State::kStarted) {
            return S_OK;
        }
        if (state_ == State::kRemoved) {
            return S_FALSE;
        }
    }
    return guarded([&] {
        Bytes kept = attributes;
        monitor::Watched watched;
        HRESULT hr = monitor::watch(key_, attributes, watched);
        std::shared_ptr<CameraSource> source;
        if (SUCCEEDED(hr)) {
            hr = CameraSource::activate(key_.class_id, attributes, weak_from_this(), watched.source,
                                        source);
        }
        if (FAILED(hr)) {
            return hr;
        }
        {
            const LockGuard guard(lock_);
            source_ = std::move(source);
            watched_ = std::move(watched);
            attributes_.swap(kept);
            state_ = State::kStarted;
        }
        system_cameras::save(key_, attributes, true);
        return S_OK;
    });
}

std::shared_ptr<Camera> Camera::restored(const CameraKey& key, const Bytes& attributes,
                                         bool restarts) {
    auto camera = std::make_shared<Camera>(key);
    camera->attributes_ = attributes;
    camera->state_ = State::kStopped;
    camera->restarts_ = restarts;
    return camera;
}

void Camera::restart() noexcept {
    start(attributes_);
    {
        const LockGuard guard(lock_);
        restarts_ = false;
    }
    WakeAllConditionVariable(&restarted_);
}

void Camera::await_restart() noexcept {
    const LockGuard guard(lock_);
    while (restarts_) {
        SleepConditionVariableSRW(&restarted_, lock_.get(), INFINITE, 0);
    }
}

void Camera::invalidate() noexcept {
    std::shared_ptr<CameraSource> source;
    {
        const LockGuard guard(lock_);
        source = source_;
    }
    if (source) {
        source->shutdown(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
        on_event(EventData::of(MEError, MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED));
    }
}

void Camera::stop() noexcept {
    end(State::kStopped);
}

void Camera::remove() noexcept {
    if (!end(State::kRemoved)) {
        return;
    }
    std::vector<std::shared_ptr<CameraListener>> listeners;
    {
        const LockGuard guard(lock_);
        tells_removal_ = true;
        listeners.swap(listeners_);
    }
    for (const std::shared_ptr<CameraListener>& listener : listeners) {
        listener->on_removed();
    }
    const LockGuard guard(lock_);
    removal_told_ = true;
}

bool Camera::end(State state) noexcept {
    const Turns::Turn transition(transitions_);
    std::shared_ptr<CameraSource> source;
    monitor::Watched watched;  // ends outside the lock
    {
        const LockGuard guard(lock_);
        if (state_ == State::kRemoved) {
            return false;
        }
        state_ = state;
        source = std::move(source_);
        watched = std::exchange(watched_, {});
    }
    guarded([&] {
        if (state == State::kRemoved) {
            system_cameras::erase(key_);
        } else {
            system_cameras::save(key_, attributes_, false);
        }
        return S_OK;
    });
    if (source) {
        source->shutdown(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
        on_event(EventData::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN));
    }
    return true;
}

void Camera::add(std::shared_ptr<CameraListener> listener) {
    {
        const LockGuard guard(lock_);
        if (!tells_removal_) {
            listeners_.push_back(std::move(listener));
            return;
        }
    }
    listener->on_removed();
}

void Camera::drop(const CameraListener* listener) noexcept {
    std::shared_ptr<CameraListener> dropped;  // released outside the lock
    const LockGuard guard(lock_);
    for (auto each = listeners_.begin(); each != listeners_.end(); ++each) {
        if (each->get() == listener) {
            dropped = std::move(*each);
            listeners_.erase(each);
            return;
        }
    }
}

void Camera::on_event(const EventData& event) noexcept {
    guarded([&] {
        std::vector<std::shared_ptr<CameraListener>> listeners;
        {
            const LockGuard guard(lock_);
            listeners = listeners_;
        }
        for (const std::shared_ptr<CameraListener>& listener : listeners) {
            listener->on_event(event);
        }
        return S_OK;
    });
}

}  // namespace mfvcam::simulator
