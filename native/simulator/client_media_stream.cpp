#include "client_media_stream.h"

#include <mfapi.h>
#include <mferror.h>

#include "client_media_source.h"

namespace mfvcam::simulator {

HRESULT ClientMediaStream::make(ClientMediaSource* source, IMFMediaStream* instance,
                                ComPtr<ClientMediaStream>& stream) {
    ComPtr<ClientMediaStream> made;
    made.attach(new ClientMediaStream(source, instance));
    const HRESULT hr = MFCreateEventQueue(made->queue_.put());
    if (SUCCEEDED(hr)) {
        stream = std::move(made);
    }
    return hr;
}

ClientMediaStream::ClientMediaStream(ClientMediaSource* source, IMFMediaStream* instance) noexcept
    : instance_(instance), source_(source) {}

ClientMediaStream::~ClientMediaStream() = default;

void ClientMediaStream::deliver_error(HRESULT status) noexcept {
    queue_->QueueEventParamVar(MEError, GUID_NULL, status, nullptr);
}

void ClientMediaStream::shutdown() noexcept {
    ComPtr<ClientMediaSource> source;  // released outside the lock
    {
        const LockGuard guard(lock_);
        std::swap(source, source_);
    }
    queue_->Shutdown();
}

HRESULT ClientMediaStream::source(ComPtr<ClientMediaSource>& source) noexcept {
    {
        const LockGuard guard(lock_);
        source = source_;
    }
    return source ? source->state() : MF_E_SHUTDOWN;
}

void* ClientMediaStream::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFMediaEventGenerator) ||
                       iid == __uuidof(IMFMediaStream);
    return known ? static_cast<IMFMediaStream*>(this) : nullptr;
}

STDMETHODIMP ClientMediaStream::GetMediaSource(IMFMediaSource** source) {
    if (source == nullptr) {
        return E_POINTER;
    }
    *source = nullptr;
    ComPtr<ClientMediaSource> mine;
    const HRESULT hr = this->source(mine);
    if (SUCCEEDED(hr)) {
        *source = mine.detach();
    }
    return hr;
}

STDMETHODIMP ClientMediaStream::GetStreamDescriptor(IMFStreamDescriptor** descriptor) {
    if (descriptor == nullptr) {
        return E_POINTER;
    }
    *descriptor = nullptr;
    ComPtr<ClientMediaSource> mine;
    const HRESULT hr = source(mine);
    return SUCCEEDED(hr) ? instance_->GetStreamDescriptor(descriptor) : hr;
}

STDMETHODIMP ClientMediaStream::RequestSample(IUnknown* token) {
    ComPtr<ClientMediaSource> mine;
    const HRESULT hr = source(mine);
    if (FAILED(hr)) {
        return hr;
    }
    return mine->hosted().streams_for(mine.get()) ? instance_->RequestSample(token)
                                                  : MF_E_INVALIDREQUEST;
}

}  // namespace mfvcam::simulator
