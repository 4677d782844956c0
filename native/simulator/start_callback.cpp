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

}  // namespace mfvcam::simulator
