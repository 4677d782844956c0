// A stream of the hosted source as one client sees it.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <deque>

#include "com_object.h"
#include "com_ptr.h"
#include "forwarded_events.h"
#include "lock.h"
#include "media_data.h"
#include "trace.h"

namespace mfvcam::simulator {

class ClientMediaSource;

class ClientMediaStream final
    : public ComObject<ClientMediaStream,
                       ForwardedEvents<IMFMediaStream, ComPtr<IMFMediaEventQueue>, TracedCalls>> {
 public:
    static HRESULT make(ClientMediaSource* source, DWORD id,
                        const ComPtr<IMFStreamDescriptor>& descriptor,
                        ComPtr<ClientMediaStream>& stream);

    void deliver(const EventData& event) noexcept;
    // For the oldest request without one; its token goes with it.
    void deliver(IMFSample* sample) noexcept;
    // Requests that were made before get no sample any more.
    void forget_requests() noexcept;
    void shutdown() noexcept;

    ~ClientMediaStream();

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP GetMediaSource(IMFMediaSource** source) override;
    STDMETHODIMP GetStreamDescriptor(IMFStreamDescriptor** descriptor) override;
    STDMETHODIMP RequestSample(IUnknown* token) override;

 private:
    ClientMediaStream(ClientMediaSource* source, DWORD id,
                      const ComPtr<IMFStreamDescriptor>& descriptor) noexcept;
    HRESULT request_sample(IUnknown* token);
    // The client's source, or why it cannot be used.
    HRESULT source(ComPtr<ClientMediaSource>& source) noexcept;

    const DWORD id_;
    const ComPtr<IMFStreamDescriptor> descriptor_;
    Lock lock_;
    ComPtr<ClientMediaSource> source_;       // until shut down
    std::deque<ComPtr<IUnknown>> requests_;  // their tokens, which may be null
};

}  // namespace mfvcam::simulator
