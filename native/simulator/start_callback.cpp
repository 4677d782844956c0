#include "start_callback.h"

#include "guard.h"

namespace mfvcam::simulator {

void StartCallback::post(IMFMediaEvent* event) noexcept {
    bool schedule = false;
    const HRESULT queued = guarded([&] {
        const LockScope scope(lock_);
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
        const LockScope scope(lock_);
        scheduled_ = false;
    }
}

void StartCallback::cancel() noexcept {
    std::deque<ComPtr<IMFMediaEvent>> dropped;
    const LockScope scope(lock_);
    cancelled_ = true;
    pending_.swap(dropped);
}

bool StartCallback::next(ComPtr<IMFMediaEvent>& event) noexcept {
    const LockScope scope(lock_);
    if (pending_.empty()) {
        scheduled_ = false;
        return false;
    }
    event = std::move(pending_.front());
    pending_.pop_front();
    return true;
}

STDMETHODIMP StartCallback::QueryInterface(REFIID iid, void** object) {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    if (iid != __uuidof(IUnknown) && iid != __uuidof(IMFAsyncCallback)) {
        return E_NOINTERFACE;
    }
    *object = static_cast<IMFAsyncCallback*>(this);
    AddRef();
    return S_OK;
}

STDMETHODIMP_(ULONG) StartCallback::AddRef() {
    return references_.add();
}

STDMETHODIMP_(ULONG) StartCallback::Release() {
    const ULONG count = references_.drop();
    if (count == 0) {
        delete this;
    }
    return count;
}

STDMETHODIMP StartCallback::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

STDMETHODIMP StartCallback::Invoke(IMFAsyncResult* /*result*/) {
    ComPtr<IMFMediaEvent> event;
    while (next(event)) {
        ComPtr<IMFAsyncResult> told;
        if (SUCCEEDED(MFCreateAsyncResult(event.get(), callback_.get(), nullptr, told.put()))) {
            callback_->Invoke(told.get());
        }
        event.reset();
    }
    return S_OK;
}

}  // namespace mfvcam::simulator
