// A stream of the hosted source as one client sees it: an event queue of its own.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include "com_object.h"
#include "com_ptr.h"
#include "forwarded_events.h"
#include "lock.h"

namespace mfvcam::simulator {

class ClientMediaSource;

class ClientMediaStream final
    : public ComObject<ClientMediaStream, ForwardedEvents<IMFMediaStream>> {
 public:
    static HRESULT make(ClientMediaSource* source, IMFMediaStream* instance,
                        ComPtr<ClientMediaStream>& stream);

    [[nodiscard]] bool is_for(IMFMediaStream* instance) const noexcept {
        return instance_.get() == instance;
    }
    void deliver(IMFMediaEvent* event) noexcept { queue_->QueueEvent(event); }
    void deliver_error(HRESULT status) noexcept;
    void shutdown() noexcept;

    ~ClientMediaStream();

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP GetMediaSource(IMFMediaSource** source) override;
    STDMETHODIMP GetStreamDescriptor(IMFStreamDescriptor** descriptor) override;
    STDMETHODIMP RequestSample(IUnknown* token) override;

 private:
    ClientMediaStream(ClientMediaSource* source, IMFMediaStream* instance) noexcept;
    // The client's source, or why it cannot be used.
    HRESULT source(ComPtr<ClientMediaSource>& source) noexcept;

    const ComPtr<IMFMediaStream> instance_;
    Lock lock_;
    ComPtr<ClientMediaSource> source_;  // until shut down
};

}  // namespace mfvcam::simulator
