// A stream of the hosted source as one client sees it: an event queue of its own.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include "com_ptr.h"
#include "lock.h"
#include "unknown.h"

namespace mfvcam::simulator {

class ClientMediaSource;

class ClientMediaStream final : public IMFMediaStream {
 public:
    static HRESULT make(ClientMediaSource* source, IMFMediaStream* instance,
                        ComPtr<ClientMediaStream>& stream);

    [[nodiscard]] bool isFor(IMFMediaStream* instance) const noexcept {
        return instance_.get() == instance;
    }
    void deliver(IMFMediaEvent* event) noexcept { queue_->QueueEvent(event); }
    void deliverError(HRESULT status) noexcept;
    void shutdown() noexcept;

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override;
    STDMETHODIMP_(ULONG) AddRef() override;
    STDMETHODIMP_(ULONG) Release() override;

    STDMETHODIMP GetEvent(DWORD flags, IMFMediaEvent** event) override;
    STDMETHODIMP BeginGetEvent(IMFAsyncCallback* callback, IUnknown* state) override;
    STDMETHODIMP EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) override;
    STDMETHODIMP QueueEvent(MediaEventType type, REFGUID extendedType, HRESULT status,
                            const PROPVARIANT* value) override;

    STDMETHODIMP GetMediaSource(IMFMediaSource** source) override;
    STDMETHODIMP GetStreamDescriptor(IMFStreamDescriptor** descriptor) override;
    STDMETHODIMP RequestSample(IUnknown* token) override;

 private:
    ClientMediaStream(ClientMediaSource* source, IMFMediaStream* instance) noexcept;
    ~ClientMediaStream();
    // The client's source, or why it cannot be used.
    HRESULT source(ComPtr<ClientMediaSource>& source) noexcept;

    ReferenceCount references_;
    const ComPtr<IMFMediaStream> instance_;
    ComPtr<IMFMediaEventQueue> queue_;
    Lock lock_;
    ComPtr<ClientMediaSource> source_;  // until shut down
};

}  // namespace mfvcam::simulator
