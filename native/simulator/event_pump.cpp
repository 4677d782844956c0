#include "event_pump.h"

#include "trace.h"

namespace mfvcam::simulator {

HRESULT EventPump::begin() noexcept {
    IMFAsyncCallback* const callback = this;
    return traced(
        generator_.get(), "IMFMediaEventGenerator::BeginGetEvent",
        [&] { return generator_->BeginGetEvent(callback, nullptr); }, callback);
}

void* EventPump::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback);
    return known ? static_cast<IMFAsyncCallback*>(this) : nullptr;
}

STDMETHODIMP EventPump::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

STDMETHODIMP EventPump::Invoke(IMFAsyncResult* result) {
    ComPtr<IMFMediaEvent> event;
    HRESULT hr = traced(
        generator_.get(), "IMFMediaEventGenerator::EndGetEvent",
        [&] { return generator_->EndGetEvent(result, event.put()); }, result);
    const std::shared_ptr<EventSink> sink = sink_.lock();
    if (!sink) {
        return S_OK;
    }
    if (SUCCEEDED(hr) && event) {
        if (!sink->on_event(*this, event.get())) {
            return S_OK;
        }
        hr = begin();
    } else if (SUCCEEDED(hr)) {
        hr = E_UNEXPECTED;
    }
    if (FAILED(hr)) {
        sink->on_end(*this, hr);
    }
    return S_OK;
}

}  // namespace mfvcam::simulator
