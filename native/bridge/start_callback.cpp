#include "start_callback.h"

#include <utility>

namespace mfvcam {

namespace {

// How the event hangs off the result is not documented: as its object, its state, or the result
// itself.
ComPtr<IMFMediaEvent> event_of(IMFAsyncResult* result) noexcept {
    ComPtr<IUnknown> carrier;
    if (SUCCEEDED(result->GetObject(carrier.put()))) {
        if (ComPtr<IMFMediaEvent> event = carrier.as<IMFMediaEvent>()) {
            return event;
        }
    }
    if (SUCCEEDED(result->GetState(carrier.put()))) {
        if (ComPtr<IMFMediaEvent> event = carrier.as<IMFMediaEvent>()) {
            return event;
        }
    }
    return ComPtr<IMFAsyncResult>(result).as<IMFMediaEvent>();
}

}  // namespace

void* StartCallback::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback);
    return known ? static_cast<IMFAsyncCallback*>(this) : nullptr;
}

STDMETHODIMP StartCallback::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

STDMETHODIMP StartCallback::Invoke(IMFAsyncResult* result) {
    if (result == nullptr) {
        return E_POINTER;
    }
    const ComPtr<IMFMediaEvent> carried = event_of(result);
    CameraEvent event;
    if (carried && SUCCEEDED(carried->GetType(&event.type))) {
        static_cast<void>(carried->GetExtendedType(&event.extended_type));
        static_cast<void>(carried->GetStatus(&event.status));
        camera_->on_event(registration_, life_, event);
    }
    return S_OK;
}

}  // namespace mfvcam
