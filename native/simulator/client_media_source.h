// What GetMediaSource hands out: one client's view of the hosted source. It forwards, but its
// Shutdown only stops what this client started.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <memory>
#include <vector>

#include "children.h"
#include "client_media_stream.h"
#include "com_object.h"
#include "com_ptr.h"
#include "forwarded_events.h"
#include "in_process_source.h"
#include "lock.h"

namespace mfvcam::simulator {

class ClientMediaSource final
    : public ComObject<ClientMediaSource, ForwardedEvents<IMFMediaSourceEx>, IMFGetService>,
      public Child {
 public:
    static HRESULT make(const std::shared_ptr<InProcessSource>& source,
                        const std::shared_ptr<Children>& children,
                        ComPtr<ClientMediaSource>& client);

    // S_OK, or the code that everything answers.
    [[nodiscard]] HRESULT state() noexcept;
    [[nodiscard]] InProcessSource& hosted() const noexcept { return *source_; }
    void deliver(IMFMediaEvent* event) noexcept { queue_->QueueEvent(event); }
    void deliver_stream(MediaEventType type, HRESULT status, ClientMediaStream* stream) noexcept;
    HRESULT stream_for(IMFMediaStream* instance, ComPtr<ClientMediaStream>& stream);
    // The camera was stopped or removed under it.
    void invalidate(HRESULT reason) noexcept;

    bool try_retain() noexcept override { return try_add_ref(); }
    void release_retained() noexcept override { Release(); }
    void shutdown_by_camera() noexcept override { Shutdown(); }

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
    ClientMediaSource(const std::shared_ptr<InProcessSource>& source,
                      const std::shared_ptr<Children>& children) noexcept;
    std::vector<ComPtr<ClientMediaStream>> take_streams() noexcept;

    const std::shared_ptr<InProcessSource> source_;
    const std::shared_ptr<Children> children_;
    const ComPtr<IMFMediaSourceEx> extended_;  // empty if the hosted source has none
    Lock lock_;
    HRESULT state_ = S_OK;
    std::vector<ComPtr<ClientMediaStream>> streams_;
};

}  // namespace mfvcam::simulator
