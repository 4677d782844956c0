#include "client_media_source.h"

#include <mfapi.h>
#include <mferror.h>

namespace mfvcam::simulator {

HRESULT ClientMediaSource::make(const std::shared_ptr<InProcessSource>& source,
                                const std::shared_ptr<Children>& children,
                                ComPtr<ClientMediaSource>& client) {
    ComPtr<IMFMediaEventQueue> queue;
    const HRESULT hr = MFCreateEventQueue(queue.put());
    if (FAILED(hr)) {
        return hr;
    }
    client.attach(new ClientMediaSource(source, children));
    client->queue_ = std::move(queue);
    return hr;
}

ClientMediaSource::ClientMediaSource(const std::shared_ptr<InProcessSource>& source,
                                     const std::shared_ptr<Children>& children) noexcept
    : source_(source),
      children_(children),
      extended_(ComPtr<IMFMediaSource>(source->instance()).as<IMFMediaSourceEx>()) {}

ClientMediaSource::~ClientMediaSource() {
    children_->remove(this);
    Shutdown();
}

HRESULT ClientMediaSource::state() noexcept {
    const LockGuard guard(lock_);
    return state_;
}

void ClientMediaSource::deliver_stream(MediaEventType type, HRESULT status,
                                       ClientMediaStream* stream) noexcept {
    queue_->QueueEventParamUnk(type, GUID_NULL, status, stream);
}

HRESULT ClientMediaSource::stream_for(IMFMediaStream* instance, ComPtr<ClientMediaStream>& stream) {
    ComPtr<ClientMediaStream> fresh;
    const HRESULT hr = ClientMediaStream::make(this, instance, fresh);
    if (FAILED(hr)) {
        return hr;
    }
    HRESULT ended = S_OK;
    {
        const LockGuard guard(lock_);
        ended = state_;
        for (const ComPtr<ClientMediaStream>& known : streams_) {
            if (known->is_for(instance)) {
                stream = known;
            }
        }
        if (SUCCEEDED(ended) && !stream) {
            streams_.push_back(fresh);
            stream = fresh;
        }
    }
    if (FAILED(ended) || stream.get() != fresh.get()) {
        fresh->shutdown();
    }
    return ended;
}

std::vector<ComPtr<ClientMediaStream>> ClientMediaSource::take_streams() noexcept {
    const LockGuard guard(lock_);
    return std::move(streams_);
}

void ClientMediaSource::invalidate(HRESULT reason) noexcept {
    {
        const LockGuard guard(lock_);
        if (FAILED(state_)) {
            return;
        }
        state_ = reason;
    }
    source_->close(this);
    queue_->QueueEventParamVar(MEError, GUID_NULL, reason, nullptr);
    for (std::size_t index = 0;; ++index) {
        ComPtr<ClientMediaStream> stream;
        {
            const LockGuard guard(lock_);
            if (index < streams_.size()) {
                stream = streams_[index];
            }
        }
        if (!stream) {
            return;
        }
        stream->deliver_error(reason);
    }
}

void* ClientMediaSource::find_interface(REFIID iid) noexcept {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFMediaEventGenerator) ||
        iid == __uuidof(IMFMediaSource) || (iid == __uuidof(IMFMediaSourceEx) && extended_)) {
        return static_cast<IMFMediaSourceEx*>(this);
    }
    return iid == __uuidof(IMFGetService) ? static_cast<IMFGetService*>(this) : nullptr;
}

STDMETHODIMP ClientMediaSource::GetCharacteristics(DWORD* characteristics) {
    if (characteristics == nullptr) {
        return E_POINTER;
    }
    *characteristics = 0;
    const HRESULT hr = state();
    return SUCCEEDED(hr) ? source_->instance()->GetCharacteristics(characteristics) : hr;
}

STDMETHODIMP ClientMediaSource::CreatePresentationDescriptor(
    IMFPresentationDescriptor** descriptor) {
    if (descriptor == nullptr) {
        return E_POINTER;
    }
    *descriptor = nullptr;
    const HRESULT hr = state();
    return SUCCEEDED(hr) ? source_->instance()->CreatePresentationDescriptor(descriptor) : hr;
}

STDMETHODIMP ClientMediaSource::Start(IMFPresentationDescriptor* descriptor,
                                      const GUID* time_format, const PROPVARIANT* position) {
    const HRESULT hr = state();
    return SUCCEEDED(hr) ? source_->start_for(this, descriptor, time_format, position) : hr;
}

STDMETHODIMP ClientMediaSource::Stop() {
    const HRESULT hr = state();
    return SUCCEEDED(hr) ? source_->stop_for(this) : hr;
}

STDMETHODIMP ClientMediaSource::Pause() {
    const HRESULT hr = state();
    return SUCCEEDED(hr) ? source_->pause_for(this) : hr;
}

STDMETHODIMP ClientMediaSource::Shutdown() {
    HRESULT before = S_OK;
    {
        const LockGuard guard(lock_);
        before = state_;
        state_ = MF_E_SHUTDOWN;
    }
    if (before == MF_E_SHUTDOWN) {
        return before;
    }
    if (SUCCEEDED(before)) {
        source_->close(this);
    }
    for (const ComPtr<ClientMediaStream>& stream : take_streams()) {
        stream->shutdown();
    }
    queue_->Shutdown();
    return S_OK;
}

STDMETHODIMP ClientMediaSource::GetSourceAttributes(IMFAttributes** attributes) {
    if (attributes == nullptr) {
        return E_POINTER;
    }
    *attributes = nullptr;
    const HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    return extended_ ? extended_->GetSourceAttributes(attributes) : E_NOTIMPL;
}

STDMETHODIMP ClientMediaSource::GetStreamAttributes(DWORD stream_id, IMFAttributes** attributes) {
    if (attributes == nullptr) {
        return E_POINTER;
    }
    *attributes = nullptr;
    const HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    return extended_ ? extended_->GetStreamAttributes(stream_id, attributes) : E_NOTIMPL;
}

STDMETHODIMP ClientMediaSource::SetD3DManager(IUnknown* manager) {
    const HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    return extended_ ? extended_->SetD3DManager(manager) : E_NOTIMPL;
}

STDMETHODIMP ClientMediaSource::GetService(REFGUID service, REFIID iid, LPVOID* object) {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    const HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    const auto services = ComPtr<IMFMediaSource>(source_->instance()).as<IMFGetService>();
    return services ? services->GetService(service, iid, object) : MF_E_UNSUPPORTED_SERVICE;
}

}  // namespace mfvcam::simulator
