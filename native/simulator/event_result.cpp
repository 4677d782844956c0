#include "event_result.h"

#include <mfapi.h>
#include <mferror.h>

#include "com_object.h"
#include "forwarded_attributes.h"
#include "guard.h"
#include "switches.h"

namespace mfvcam::simulator {
namespace {

// A result that is the event itself, for who asks it for IMFMediaEvent.
class EventAsResult final
    : public ComObject<EventAsResult, IMFAsyncResult, ForwardedAttributes<IMFMediaEvent>> {
 public:
    explicit EventAsResult(IMFMediaEvent* event) noexcept : event_(event) {
        store_ = ComPtr<IMFAttributes>(event);
    }

    void* find_interface(REFIID iid) noexcept {
        if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncResult)) {
            return static_cast<IMFAsyncResult*>(this);
        }
        const bool known = iid == __uuidof(IMFMediaEvent) || iid == __uuidof(IMFAttributes);
        return known ? static_cast<IMFMediaEvent*>(this) : nullptr;
    }

    // IMFAsyncResult, as Media Foundation's own answers without an object and a state.
    STDMETHODIMP GetState(IUnknown** state) override {
        *state = nullptr;
        return E_POINTER;
    }
    STDMETHODIMP GetStatus() override { return status_; }
    STDMETHODIMP SetStatus(HRESULT status) override {
        status_ = status;
        return S_OK;
    }
    STDMETHODIMP GetObject(IUnknown** object) override {
        *object = nullptr;
        return E_POINTER;
    }
    STDMETHODIMP_(IUnknown*) GetStateNoAddRef() override { return nullptr; }

    STDMETHODIMP GetType(MediaEventType* type) override { return event_->GetType(type); }
    STDMETHODIMP GetExtendedType(GUID* type) override { return event_->GetExtendedType(type); }
    STDMETHODIMP GetStatus(HRESULT* status) override { return event_->GetStatus(status); }
    STDMETHODIMP GetValue(PROPVARIANT* value) override { return event_->GetValue(value); }

 private:
    const ComPtr<IMFMediaEvent> event_;
    HRESULT status_ = S_OK;
};

}  // namespace

HRESULT make_event_result(IMFMediaEvent* event, IMFAsyncCallback* callback,
                          ComPtr<IMFAsyncResult>& result) {
    switch (switches::code(switches::Switch::kEventCarrier)) {
        case switches::kState:
            return MFCreateAsyncResult(nullptr, callback, event, result.put());
        case switches::kResult:
            result.attach(make_object<EventAsResult>(event).detach());
            return S_OK;
        default:
            return MFCreateAsyncResult(event, callback, nullptr, result.put());
    }
}

}  // namespace mfvcam::simulator
