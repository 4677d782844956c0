// The camera: what the activate object makes and the Frame Server drives.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <memory>

#include "../abi/mfmediasource_abi.h"
#include "action_queue.h"
#include "event_queue.h"
#include "forwarded_events.h"
#include "ks_abi.h"
#include "ks_events.h"
#include "media_stream.h"
#include "module_object.h"

namespace mfvcam::source {

class MediaSource final
    : public ModuleObject<MediaSource,
                          ForwardedEvents<IMFMediaSourceEx, std::shared_ptr<EventQueue>>,
                          IMFGetService, IKsControl, IMFSampleAllocatorControl> {
 public:
    // Its attribute store begins as a copy of these. Throws std::bad_alloc.
    static HRESULT create(IMFAttributes* attributes, ComPtr<MediaSource>* source);

    MediaSource();
    ~MediaSource();

    void* find_interface(REFIID iid) noexcept;

    std::shared_ptr<WeakLink<MediaSource>> link() const noexcept { return link_; }
    bool is_shut_down() noexcept;

    // IMFMediaSource
    STDMETHODIMP GetCharacteristics(DWORD* characteristics) noexcept override;
    STDMETHODIMP CreatePresentationDescriptor(
        IMFPresentationDescriptor** descriptor) noexcept override;
    STDMETHODIMP Start(IMFPresentationDescriptor* descriptor, const GUID* time_format,
                       const PROPVARIANT* position) noexcept override;
    STDMETHODIMP Stop() noexcept override;
    STDMETHODIMP Pause() noexcept override;
    STDMETHODIMP Shutdown() noexcept override;
    // IMFMediaSourceEx
    STDMETHODIMP GetSourceAttributes(IMFAttributes** attributes) noexcept override;
    STDMETHODIMP GetStreamAttributes(DWORD stream, IMFAttributes** attributes) noexcept override;
    STDMETHODIMP SetD3DManager(IUnknown* manager) noexcept override;
    // IMFGetService
    STDMETHODIMP GetService(REFGUID service, REFIID iid, void** object) noexcept override;
    // IKsControl
    STDMETHODIMP KsProperty(PKSPROPERTY property, ULONG property_length, void* data,
                            ULONG data_length, ULONG* returned) noexcept override;
    STDMETHODIMP KsMethod(PKSMETHOD method, ULONG method_length, void* data, ULONG data_length,
                          ULONG* returned) noexcept override;
    STDMETHODIMP KsEvent(PKSEVENT event, ULONG event_length, void* data, ULONG data_length,
                         ULONG* returned) noexcept override;
    // IMFSampleAllocatorControl
    STDMETHODIMP SetDefaultAllocator(DWORD stream, IUnknown* allocator) noexcept override;
    STDMETHODIMP GetAllocatorUsage(DWORD output_stream, DWORD* input_stream,
                                   MFSampleAllocatorUsage* usage) noexcept override;

 private:
    HRESULT initialize(IMFAttributes* attributes);
    HRESULT get_stream(ComPtr<MediaStream>* stream) noexcept;
    HRESULT start(IMFPresentationDescriptor* descriptor);
    HRESULT stop();
    void append_time_event(ActionQueue::Actions& actions, MediaEventType type) const;

    const std::shared_ptr<WeakLink<MediaSource>> link_;
    const std::shared_ptr<KsEvents> events_;
    const std::shared_ptr<ActionQueue> actions_;

    Lock lock_;
    bool shut_down_ = false;
    bool started_ = false;
    bool selected_ = false;
    ComPtr<MediaStream> stream_;
    ComPtr<IMFAttributes> attributes_;
    ComPtr<IMFPresentationDescriptor> descriptor_;
};

}  // namespace mfvcam::source
