// The four methods of IMFMediaEventGenerator that other interfaces begin with, by an event queue:
// Media Foundation's own, or one with its methods.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include "com_ptr.h"
#include "plain_calls.h"

namespace mfvcam {

// queue_ is the derived class's to fill before anyone can call, and to shut down. Calls: how, as
// PlainCalls.
template <typename Interface, typename QueuePointer = ComPtr<IMFMediaEventQueue>,
          typename Calls = PlainCalls>
class ForwardedEvents : public Interface {
 public:
    STDMETHODIMP GetEvent(DWORD flags, IMFMediaEvent** event) noexcept override {
        return Calls::call(
            this, "IMFMediaEventGenerator::GetEvent",
            [&] { return queue_->GetEvent(flags, event); }, flags, event);
    }
    STDMETHODIMP BeginGetEvent(IMFAsyncCallback* callback, IUnknown* state) noexcept override {
        return Calls::call(
            this, "IMFMediaEventGenerator::BeginGetEvent",
            [&] { return queue_->BeginGetEvent(callback, state); }, callback, state);
    }
    STDMETHODIMP EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) noexcept override {
        return Calls::call(
            this, "IMFMediaEventGenerator::EndGetEvent",
            [&] { return queue_->EndGetEvent(result, event); }, result, event);
    }
    STDMETHODIMP QueueEvent(MediaEventType type, REFGUID extended_type, HRESULT status,
                            const PROPVARIANT* value) noexcept override {
        return Calls::call(
            this, "IMFMediaEventGenerator::QueueEvent",
            [&] { return queue_->QueueEventParamVar(type, extended_type, status, value); }, type,
            extended_type, status, value);
    }

 protected:
    ForwardedEvents() noexcept = default;
    ~ForwardedEvents() = default;

    QueuePointer queue_;
};

}  // namespace mfvcam
