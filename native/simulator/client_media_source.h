// What GetMediaSource hands out: one client's view of the hosted source. Its Shutdown only stops
// what this client started.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <map>
#include <memory>

#include "children.h"
#include "client_media_stream.h"
#include "com_object.h"
#include "com_ptr.h"
#include "forwarded_events.h"
#include "host.h"
#include "lock.h"
#include "trace.h"

namespace mfvcam::simulator {

class ClientMediaSource final
    : public ComObject<ClientMediaSource,
                       ForwardedEvents<IMFMediaSourceEx, ComPtr<IMFMediaEventQueue>, TracedCalls>,
                       IMFGetService>,
      public Child {
 public:
    static HRESULT make(const std::shared_ptr<HostedSource>& source,
                        const std::shared_ptr<Children>& children, ComPtr<IMFMediaSource>& client);

    // S_OK, or the code that everything answers.
    [[nodiscard]] HRESULT state() noexcept;
    [[nodiscard]] Consumer& consumer() const noexcept { return *consumer_; }

    bool try_retain() noexcept override { return try_add_ref(); }
    void release_retained() noexcept override { Release(); }
    void shutdown_by_camera() noexcept override { end(); }

    ~ClientMediaSource();

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP GetCharacteristics(DWORD* characteristics) override;
    STDMETHODIMP CreatePresentationDescriptor(IMFPresentationDescriptor** descriptor) override;
    STDMETHODIMP Start(IMFPresentationDescriptor* descriptor, const GUID* time_format,
                       const PROPVARIANT* position) override;
    STDMETHODIMP Stop() override;
    STDMETHODIMP Pause() override;
    STDMETHODIMP Shutdown() override;

    STDMETHODIMP GetSourceAttributes(IMFAttributes** attributes) override;
    STDMETHODIMP GetStreamAttributes(DWORD stream_id, IMFAttributes** attributes) override;
    STDMETHODIMP SetD3DManager(IUnknown* manager) override;

    STDMETHODIMP GetService(REFGUID service, REFIID iid, LPVOID* object) override;

 private:
    // What the host tells, for as long as this object lives.
    class Listener;

    explicit ClientMediaSource(const std::shared_ptr<Children>& children);
    HRESULT prepare(const std::shared_ptr<HostedSource>& source);
    HRESULT start(IMFPresentationDescriptor* descriptor, const GUID* time_format,
                  const PROPVARIANT* position);
    // MF_E_SHUTDOWN: before.
    HRESULT end() noexcept;
    // MENewStream or MEUpdatedStream.
    HRESULT announce(DWORD id);
    // Null if this client has not started it.
    ComPtr<ClientMediaStream> stream(DWORD id) noexcept;
    std::map<DWORD, ComPtr<ClientMediaStream>> streams() noexcept;
    // The camera was stopped or removed under it.
    void invalidate(HRESULT reason) noexcept;

    const std::shared_ptr<Children> children_;
    const std::shared_ptr<Listener> listener_;
    SourceData description_;
    std::map<DWORD, ComPtr<IMFAttributes>> stream_attributes_;
    ComPtr<IMFAttributes> attributes_;
    std::shared_ptr<Consumer> consumer_;
    Lock lock_;
    HRESULT state_ = S_OK;
    std::map<DWORD, ComPtr<ClientMediaStream>> streams_;
};

}  // namespace mfvcam::simulator
