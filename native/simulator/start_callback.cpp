#include "start_callback.h"

#include "event_result.h"
#include "guard.h"

namespace mfvcam::simulator {

void StartCallback::post(IMFMediaEvent* event) noexcept {
    bool schedule = false;
    const HRESULT queued = guarded([&] {
        const LockGuard guard(lock_);
        if (!cancelled_) {
            pending_.emplace_back(event);
            schedule = !scheduled_;
            scheduled_ = true;
        }
        return S_OK;
    });
    if (FAILED(queued) || !schedule) {
        return;
    }
    // The multithreaded queue, because the callback may block.
    if (FAILED(MFPutWorkItem(MFASYNC_CALLBACK_QUEUE_MULTITHREADED, this, nullptr))) {
        const LockGuard guard(lock_);
        scheduled_ = false;
    }
}

void StartCallback::cancel() noexcept {
    std::deque<ComPtr<IMFMediaEvent>> dropped;
    const LockGuard guard(lock_);
    cancelled_ = true;
    pending_.swap(dropped);
}

bool StartCallback::next(ComPtr<IMFMediaEvent>& event) noexcept {
    const LockGuard guard(lock_);
    if (pending_.empty()) {
        scheduled_ = false;
        return false;
    }
    event = std::move(pending_.front());
    pending_.pop_front();
    return true;
}

void* StartCallback::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback);
    return known ? static_cast<IMFAsyncCallback*>(this) : nullptr;
}

STDMETHODIMP StartCallback::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

STDMETHODIMP StartCallback::Invoke(IMFAsyncResult* /*result*/) {
    ComPtr<IMFMediaEvent> event;
    while (next(event)) {
        ComPtr<IMFAsyncResult> told;
        const HRESULT made =
            guarded([&] { return make_event_result(event.get(), callback_.get(), told); });
        if (SUCCEEDED(made)) {
            callback_->Invoke(told.get());
        }
        event.reset();
    }
    return S_OK;
}

void StartCallbacks::add(ComPtr<StartCallback> callback) {
    const LockGuard guard(lock_);
    callbacks_.push_back(std::move(callback));
}

std::vector<ComPtr<StartCallback>> StartCallbacks::take() noexcept {
    const LockGuard guard(lock_);
    return std::move(callbacks_);
}

void StartCallbacks::cancel() noexcept {
    for (const ComPtr<StartCallback>& callback : take()) {
        callback->cancel();
    }
}

void StartCallbacks::on_event(const EventData& event) noexcept {
    guarded([&] {
        std::vector<ComPtr<StartCallback>> callbacks;
        {
            const LockGuard guard(lock_);
            callbacks = callbacks_;
        }
        ComPtr<IMFMediaEvent> told;
        const HRESULT hr = callbacks.empty() ? S_OK : make_event(event, told);
        for (const ComPtr<StartCallback>& callback : callbacks) {
            if (SUCCEEDED(hr)) {
                callback->post(told.get());
            }
        }
        return hr;
    });
}

}  // namespace mfvcam::simulator
