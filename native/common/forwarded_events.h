// The four methods of IMFMediaEventGenerator that other interfaces begin with, by an event queue:
// Media Foundation's own, or one with its methods.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include "com_ptr.h"

namespace mfvcam {

// queue_ is the derived class's to fill before anyone can call, and to shut down.
template <typename Interface, typename QueuePointer = ComPtr<IMFMediaEventQueue>>
class ForwardedEvents : public Interface {
 public:
    STDMETHODIMP GetEvent(DWORD flags, IMFMediaEvent** event) noexcept override {
        return queue_->GetEvent(flags, event);
    }
    STDMETHODIMP BeginGetEvent(IMFAsyncCallback* callback, IUnknown* state) noexcept override {
        return queue_->BeginGetEvent(callback, state);
    }
    STDMETHODIMP EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) noexcept override {
        return queue_->EndGetEvent(result, event);
    }
    STDMETHODIMP QueueEvent(MediaEventType type, REFGUID extended_type, HRESULT status,
                            const PROPVARIANT* value) noexcept override {
        return queue_->QueueEventParamVar(type, extended_type, status, value);
    }

 protected:
    ForwardedEvents() noexcept = default;
    ~ForwardedEvents() = default;

    QueuePointer queue_;
};

}  // namespace mfvcam
