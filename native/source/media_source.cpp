#include "media_source.h"

#include <mfapi.h>
#include <mferror.h>

#include <utility>

#include "guard.h"
#include "ks_properties.h"
#include "sensor_profiles.h"
#include "system_time.h"
#include "video_format.h"

namespace mfvcam::source {
namespace {

struct Selection {
    bool selected = false;
    PixelFormat format = PixelFormat::nv12;
};

// What a descriptor from outside asks for: it may be anybody's object.
HRESULT read_selection(IMFPresentationDescriptor* descriptor, Selection* selection) noexcept {
    DWORD count = 0;
    HRESULT hr = descriptor->GetStreamDescriptorCount(&count);
    if (FAILED(hr)) {
        return hr;
    }
    if (count != 1) {
        return E_INVALIDARG;
    }
    BOOL selected = FALSE;
    ComPtr<IMFStreamDescriptor> stream;
    hr = descriptor->GetStreamDescriptorByIndex(0, &selected, stream.put());
    if (FAILED(hr)) {
        return hr;
    }
    DWORD identifier = 0;
    if (!stream || FAILED(stream->GetStreamIdentifier(&identifier)) ||
        identifier != MediaStream::kIdentifier) {
        return E_INVALIDARG;
    }
    selection->selected = selected != FALSE;
    if (!selection->selected) {
        return S_OK;
    }
    ComPtr<IMFMediaTypeHandler> handler;
    hr = stream->GetMediaTypeHandler(handler.put());
    ComPtr<IMFMediaType> type;
    if (SUCCEEDED(hr)) {
        hr = handler ? handler->GetCurrentMediaType(type.put()) : E_INVALIDARG;
    }
    if (FAILED(hr)) {
        return hr;
    }
    return type ? parse_media_type(type.get(), &selection->format) : MF_E_INVALIDMEDIATYPE;
}

}  // namespace

HRESULT MediaSource::create(IMFAttributes* attributes, ComPtr<MediaSource>* source) {
    auto made = make_object<MediaSource>();
    const HRESULT hr = made->initialize(attributes);
    if (SUCCEEDED(hr)) {
        *source = std::move(made);
    }
    return hr;
}

MediaSource::MediaSource()
    : link_(std::make_shared<WeakLink<MediaSource>>(this)),
      events_(std::make_shared<KsEvents>()),
      actions_(std::make_shared<ActionQueue>()) {
    queue_ = std::make_shared<EventQueue>();
}

MediaSource::~MediaSource() {
    link_->clear();
    MediaSource::Shutdown();
}

HRESULT MediaSource::initialize(IMFAttributes* attributes) {
    HRESULT hr = queue_->open();
    if (SUCCEEDED(hr)) {
        hr = MFCreateAttributes(attributes_.put(), 8);
    }
    if (SUCCEEDED(hr)) {
        hr = attributes->CopyAllItems(attributes_.get());
    }
    if (SUCCEEDED(hr)) {
        // An offer: a camera does without.
        publish_sensor_profiles(system_sensor_group().c_str(), attributes_.get());
    }
    if (SUCCEEDED(hr)) {
        hr = MediaStream::create(link_, events_, actions_, &stream_);
    }
    if (SUCCEEDED(hr)) {
        const auto stream_descriptor = stream_->descriptor();
        IMFStreamDescriptor* streams = stream_descriptor.get();
        hr = MFCreatePresentationDescriptor(1, &streams, descriptor_.put());
    }
    // Stays so: what a consumer finds is the default selection, whatever another one chose.
    return SUCCEEDED(hr) ? descriptor_->SelectStream(0) : hr;
}

void* MediaSource::find_interface(REFIID iid) noexcept {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFMediaEventGenerator) ||
        iid == __uuidof(IMFMediaSource) || iid == __uuidof(IMFMediaSourceEx)) {
        return static_cast<IMFMediaSourceEx*>(this);
    }
    if (iid == __uuidof(IMFGetService)) {
        return static_cast<IMFGetService*>(this);
    }
    if (iid == __uuidof(IKsControl)) {
        return static_cast<IKsControl*>(this);
    }
    if (iid == __uuidof(IMFSampleAllocatorControl)) {
        return static_cast<IMFSampleAllocatorControl*>(this);
    }
    return nullptr;
}

bool MediaSource::is_shut_down() noexcept {
    const LockGuard guard(lock_);
    return shut_down_;
}

HRESULT MediaSource::get_stream(ComPtr<MediaStream>* stream) noexcept {
    const LockGuard guard(lock_);
    *stream = stream_;
    return shut_down_ ? MF_E_SHUTDOWN : S_OK;
}

STDMETHODIMP MediaSource::GetCharacteristics(DWORD* characteristics) noexcept {
    if (characteristics == nullptr) {
        return E_POINTER;
    }
    const LockGuard guard(lock_);
    *characteristics = shut_down_ ? 0 : MFMEDIASOURCE_IS_LIVE;
    return shut_down_ ? MF_E_SHUTDOWN : S_OK;
}

STDMETHODIMP MediaSource::CreatePresentationDescriptor(
    IMFPresentationDescriptor** descriptor) noexcept {
    if (descriptor == nullptr) {
        return E_POINTER;
    }
    *descriptor = nullptr;
    ComPtr<IMFPresentationDescriptor> ours;
    {
        const LockGuard guard(lock_);
        ours = descriptor_;
    }
    return ours ? ours->Clone(descriptor) : MF_E_SHUTDOWN;
}

STDMETHODIMP MediaSource::Start(IMFPresentationDescriptor* descriptor, const GUID* time_format,
                                const PROPVARIANT* position) noexcept {
    return guarded([&]() -> HRESULT {
        if (is_shut_down()) {
            return MF_E_SHUTDOWN;
        }
        if (descriptor == nullptr || position == nullptr) {
            return E_INVALIDARG;
        }
        if (time_format != nullptr && *time_format != GUID_NULL) {
            return MF_E_UNSUPPORTED_TIME_FORMAT;
        }
        const HRESULT hr = start(descriptor);
        actions_->run();
        return hr;
    });
}

HRESULT MediaSource::start(IMFPresentationDescriptor* descriptor) {
    Selection selection;
    HRESULT hr = read_selection(descriptor, &selection);
    ComPtr<MediaStream> stream;
    if (SUCCEEDED(hr)) {
        hr = get_stream(&stream);
    }
    MediaStream::Transition transition;
    if (SUCCEEDED(hr)) {
        hr = transition.begin(stream.get());
    }
    if (FAILED(hr)) {
        return hr;
    }
    bool was_selected = false;
    {
        const LockGuard guard(lock_);
        was_selected = selected_;
    }
    ActionQueue::Actions started;
    append_time_event(started, MESourceStarted);
    if (selection.selected) {
        ActionQueue::Actions before;
        const MediaEventType type = was_selected ? MEUpdatedStream : MENewStream;
        before.emplace_back([queue = queue_, stream, type] {
            queue->queue_unknown(type, static_cast<IMFMediaStream2*>(stream.get()));
        });
        hr = stream->start(selection.format, true, std::move(before));
    } else {
        // Running though it was not selected, too: SetStreamState can have started it.
        hr = stream->stop(false);
    }
    if (FAILED(hr)) {
        return hr;
    }
    const LockGuard guard(lock_);
    if (shut_down_) {
        return MF_E_SHUTDOWN;
    }
    started_ = true;
    selected_ = selection.selected;
    actions_->append(std::move(started));
    return S_OK;
}

STDMETHODIMP MediaSource::Stop() noexcept {
    return guarded([&] {
        const HRESULT hr = stop();
        actions_->run();
        return hr;
    });
}

HRESULT MediaSource::stop() {
    ComPtr<MediaStream> stream;
    HRESULT hr = get_stream(&stream);
    MediaStream::Transition transition;
    if (SUCCEEDED(hr)) {
        hr = transition.begin(stream.get());
    }
    if (FAILED(hr)) {
        return hr;
    }
    bool selected = false;
    {
        const LockGuard guard(lock_);
        if (!started_) {
            return MF_E_INVALID_STATE_TRANSITION;
        }
        selected = selected_;
    }
    ActionQueue::Actions stopped;
    stopped.emplace_back([queue = queue_] { queue->queue(MESourceStopped); });
    hr = stream->stop(selected);
    if (FAILED(hr)) {
        return hr;
    }
    const LockGuard guard(lock_);
    if (shut_down_) {
        return MF_E_SHUTDOWN;
    }
    started_ = false;
    selected_ = false;
    actions_->append(std::move(stopped));
    return S_OK;
}

void MediaSource::append_time_event(ActionQueue::Actions& actions, MediaEventType type) const {
    actions.emplace_back(
        [queue = queue_, type, time = system_time()] { queue->queue_time(type, time); });
}

STDMETHODIMP MediaSource::Pause() noexcept {
    return is_shut_down() ? MF_E_SHUTDOWN : MF_E_INVALID_STATE_TRANSITION;
}

STDMETHODIMP MediaSource::Shutdown() noexcept {
    ComPtr<MediaStream> stream;
    ComPtr<IMFAttributes> attributes;
    ComPtr<IMFPresentationDescriptor> descriptor;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
        shut_down_ = true;
        started_ = false;
        selected_ = false;
        stream.swap(stream_);
        attributes.swap(attributes_);
        descriptor.swap(descriptor_);
    }
    actions_->close();
    if (stream) {
        stream->shut_down();
    }
    events_->shut_down();
    queue_->shut_down();
    return S_OK;
}

STDMETHODIMP MediaSource::GetSourceAttributes(IMFAttributes** attributes) noexcept {
    if (attributes == nullptr) {
        return E_POINTER;
    }
    const LockGuard guard(lock_);
    attributes_.copy_to(attributes);
    return shut_down_ ? MF_E_SHUTDOWN : S_OK;
}

STDMETHODIMP MediaSource::GetStreamAttributes(DWORD stream, IMFAttributes** attributes) noexcept {
    if (attributes == nullptr) {
        return E_POINTER;
    }
    *attributes = nullptr;
    ComPtr<MediaStream> ours;
    const HRESULT hr = get_stream(&ours);
    if (FAILED(hr)) {
        return hr;
    }
    return stream == MediaStream::kIdentifier ? ours->get_attributes(attributes)
                                              : MF_E_INVALIDSTREAMNUMBER;
}

STDMETHODIMP MediaSource::SetD3DManager(IUnknown* /*manager*/) noexcept {
    // Pictures are drawn by the CPU. The caller ignores the code.
    return is_shut_down() ? MF_E_SHUTDOWN : E_NOTIMPL;
}

STDMETHODIMP MediaSource::GetService(REFGUID /*service*/, REFIID /*iid*/, void** object) noexcept {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    return is_shut_down() ? MF_E_SHUTDOWN : MF_E_UNSUPPORTED_SERVICE;
}

STDMETHODIMP MediaSource::KsProperty(PKSPROPERTY property, ULONG property_length, void* data,
                                     ULONG data_length, ULONG* returned) noexcept {
    if (is_shut_down()) {
        if (returned != nullptr) {
            *returned = 0;
        }
        return MF_E_SHUTDOWN;
    }
    return ks_property(events_->counters(), property, property_length, data, data_length, returned);
}

STDMETHODIMP MediaSource::KsMethod(PKSMETHOD /*method*/, ULONG /*method_length*/, void* /*data*/,
                                   ULONG /*data_length*/, ULONG* returned) noexcept {
    if (returned != nullptr) {
        *returned = 0;
    }
    return is_shut_down() ? MF_E_SHUTDOWN : HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
}

STDMETHODIMP MediaSource::KsEvent(PKSEVENT event, ULONG event_length, void* data, ULONG data_length,
                                  ULONG* returned) noexcept {
    return guarded(
        [&] { return events_->ks_event(event, event_length, data, data_length, returned); });
}

STDMETHODIMP MediaSource::SetDefaultAllocator(DWORD stream, IUnknown* allocator) noexcept {
    ComPtr<MediaStream> ours;
    const HRESULT hr = get_stream(&ours);
    if (FAILED(hr)) {
        return hr;
    }
    return stream == MediaStream::kIdentifier ? ours->set_allocator(allocator)
                                              : MF_E_INVALIDSTREAMNUMBER;
}

STDMETHODIMP MediaSource::GetAllocatorUsage(DWORD output_stream, DWORD* input_stream,
                                            MFSampleAllocatorUsage* usage) noexcept {
    if (input_stream == nullptr || usage == nullptr) {
        return E_POINTER;
    }
    if (is_shut_down()) {
        return MF_E_SHUTDOWN;
    }
    if (output_stream != MediaStream::kIdentifier) {
        return MF_E_INVALIDSTREAMNUMBER;
    }
    *input_stream = output_stream;
    // The pipeline may give one, of memory it can share with its clients; until then, our own.
    *usage = MFSampleAllocatorUsage_UsesProvidedAllocator;
    return S_OK;
}

}  // namespace mfvcam::source
