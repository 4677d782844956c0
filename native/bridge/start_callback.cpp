#include "start_callback.h"

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

HRESULT StartCallback::QueryInterface(REFIID riid, void** object) {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    if (riid == __uuidof(IUnknown) || riid == __uuidof(IMFAsyncCallback)) {
        *object = static_cast<IMFAsyncCallback*>(this);
        AddRef();
        return S_OK;
    }
    return E_NOINTERFACE;
}

ULONG StartCallback::AddRef() {
    return ++references_;
}

ULONG StartCallback::Release() {
    const ULONG references = --references_;
    if (references == 0) {
        delete this;
    }
    return references;
}

HRESULT StartCallback::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

HRESULT StartCallback::Invoke(IMFAsyncResult* result) {
    if (result == nullptr) {
        return E_POINTER;
    }
    const ComPtr<IMFMediaEvent> event = event_of(result);
    if (!event) {
        return S_OK;
    }
    MediaEventType type = MEUnknown;
    GUID extended_type = GUID_NULL;
    if (SUCCEEDED(event->GetType(&type))) {
        static_cast<void>(event->GetExtendedType(&extended_type));
        camera_->on_event(type, extended_type);
    }
    return S_OK;
}

}  // namespace mfvcam
