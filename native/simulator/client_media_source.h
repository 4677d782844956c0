// What GetMediaSource hands out: one client's view of the hosted source. It forwards, but its
// Shutdown only stops what this client started.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <memory>
#include <vector>

#include "children.h"
#include "client_media_stream.h"
#include "com_ptr.h"
#include "in_process_source.h"
#include "lock.h"
#include "unknown.h"

namespace mfvcam::simulator {

class ClientMediaSource final : public IMFMediaSourceEx, public IMFGetService, public Child {
 public:
    static HRESULT make(const std::shared_ptr<InProcessSource>& source,
                        const std::shared_ptr<Children>& children,
                        ComPtr<ClientMediaSource>& client);

    // S_OK, or the code that everything answers.
    [[nodiscard]] HRESULT state() noexcept;
    [[nodiscard]] InProcessSource& hosted() const noexcept { return *source_; }
    void deliver(IMFMediaEvent* event) noexcept { queue_->QueueEvent(event); }
    void deliverStream(MediaEventType type, HRESULT status, ClientMediaStream* stream) noexcept;
    HRESULT streamFor(IMFMediaStream* instance, ComPtr<ClientMediaStream>& stream);
    // The camera was stopped or removed under it.
    void invalidate(HRESULT reason) noexcept;

    bool tryRetain() noexcept override { return references_.tryAdd(); }
    void releaseRetained() noexcept override { Release(); }
    void shutdownByCamera() noexcept override { Shutdown(); }

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override;
    STDMETHODIMP_(ULONG) AddRef() override;
    STDMETHODIMP_(ULONG) Release() override;

    STDMETHODIMP GetEvent(DWORD flags, IMFMediaEvent** event) override;
    STDMETHODIMP BeginGetEvent(IMFAsyncCallback* callback, IUnknown* state) override;
    STDMETHODIMP EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) override;
    STDMETHODIMP QueueEvent(MediaEventType type, REFGUID extendedType, HRESULT status,
                            const PROPVARIANT* value) override;

    STDMETHODIMP GetCharacteristics(DWORD* characteristics) override;
    STDMETHODIMP CreatePresentationDescriptor(IMFPresentationDescriptor** descriptor) override;
    STDMETHODIMP Start(IMFPresentationDescriptor* descriptor, const GUID* timeFormat,
                       const PROPVARIANT* position) override;
    STDMETHODIMP Stop() override;
    STDMETHODIMP Pause() override;
    STDMETHODIMP Shutdown() override;

    STDMETHODIMP GetSourceAttributes(IMFAttributes** attributes) override;
    STDMETHODIMP GetStreamAttributes(DWORD streamId, IMFAttributes** attributes) override;
    STDMETHODIMP SetD3DManager(IUnknown* manager) override;

    STDMETHODIMP GetService(REFGUID service, REFIID iid, LPVOID* object) override;

 private:
    ClientMediaSource(const std::shared_ptr<InProcessSource>& source,
                      const std::shared_ptr<Children>& children) noexcept;
    ~ClientMediaSource();
    std::vector<ComPtr<ClientMediaStream>> takeStreams() noexcept;

    ReferenceCount references_;
    const std::shared_ptr<InProcessSource> source_;
    const std::shared_ptr<Children> children_;
    const ComPtr<IMFMediaSourceEx> extended_;  // empty if the hosted source has none
    ComPtr<IMFMediaEventQueue> queue_;
    Lock lock_;
    HRESULT state_ = S_OK;
    std::vector<ComPtr<ClientMediaStream>> streams_;
};

}  // namespace mfvcam::simulator
