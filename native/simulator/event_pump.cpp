#include "event_pump.h"

namespace mfvcam::simulator {

STDMETHODIMP EventPump::QueryInterface(REFIID iid, void** object) {
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

STDMETHODIMP_(ULONG) EventPump::AddRef() {
    return references_.add();
}

STDMETHODIMP_(ULONG) EventPump::Release() {
    const ULONG count = references_.drop();
    if (count == 0) {
        delete this;
    }
    return count;
}

STDMETHODIMP EventPump::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

STDMETHODIMP EventPump::Invoke(IMFAsyncResult* result) {
    ComPtr<IMFMediaEvent> event;
    HRESULT hr = generator_->EndGetEvent(result, event.put());
    const std::shared_ptr<EventSink> sink = sink_.lock();
    if (!sink) {
        return S_OK;
    }
    if (SUCCEEDED(hr) && event) {
        if (!sink->onEvent(*this, event.get())) {
            return S_OK;
        }
        hr = begin();
    } else if (SUCCEEDED(hr)) {
        hr = E_UNEXPECTED;
    }
    if (FAILED(hr)) {
        sink->onEnd(*this, hr);
    }
    return S_OK;
}

}  // namespace mfvcam::simulator
