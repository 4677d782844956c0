// Takes the events of a media source or stream, one after the other, as its only subscriber.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <memory>

#include "com_object.h"
#include "com_ptr.h"

namespace mfvcam::simulator {

class EventPump;

class EventSink {
 public:
    virtual ~EventSink() = default;
    // True: ask for the next one.
    virtual bool on_event(EventPump& pump, IMFMediaEvent* event) noexcept = 0;
    // The generator gives no more events.
    virtual void on_end(EventPump& pump, HRESULT reason) noexcept = 0;
};

class EventPump final : public ComObject<EventPump, IMFAsyncCallback> {
 public:
    EventPump(IMFMediaEventGenerator* generator, std::weak_ptr<EventSink> sink) noexcept
        : generator_(generator), sink_(std::move(sink)) {}

    // Asks for the next event. Not while one has been asked for.
    HRESULT begin() noexcept;

    void* find_interface(REFIID iid) noexcept;
    STDMETHODIMP GetParameters(DWORD* flags, DWORD* queue) override;
    STDMETHODIMP Invoke(IMFAsyncResult* result) override;

 private:
    const ComPtr<IMFMediaEventGenerator> generator_;
    const std::weak_ptr<EventSink> sink_;
};

}  // namespace mfvcam::simulator
