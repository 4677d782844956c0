#include "client_media_stream.h"

#include <mfapi.h>
#include <mferror.h>

#include <utility>

#include "client_media_source.h"
#include "guard.h"

namespace mfvcam::simulator {
namespace {

// A sample of the client's own over the same buffers: times and token differ from client to client.
HRESULT copy_sample(IMFSample* from, IUnknown* token, ComPtr<IMFSample>& to) noexcept {
    HRESULT hr = MFCreateSample(to.put());
    if (SUCCEEDED(hr)) {
        hr = from->CopyAllItems(to.get());
    }
    LONGLONG time = 0;
    if (SUCCEEDED(hr) && SUCCEEDED(from->GetSampleTime(&time))) {
        hr = to->SetSampleTime(time);
    }
    if (SUCCEEDED(hr) && SUCCEEDED(from->GetSampleDuration(&time))) {
        hr = to->SetSampleDuration(time);
    }
    DWORD count = 0;
    if (SUCCEEDED(hr)) {
        hr = from->GetBufferCount(&count);
    }
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        ComPtr<IMFMediaBuffer> buffer;
        hr = from->GetBufferByIndex(index, buffer.put());
        if (SUCCEEDED(hr)) {
            hr = to->AddBuffer(buffer.get());
        }
    }
    if (SUCCEEDED(hr) && token != nullptr) {
        hr = to->SetUnknown(MFSampleExtension_Token, token);
    }
    return hr;
}

}  // namespace

HRESULT ClientMediaStream::make(ClientMediaSource* source, DWORD id,
                                const ComPtr<IMFStreamDescriptor>& descriptor,
                                ComPtr<ClientMediaStream>& stream) {
    ComPtr<ClientMediaStream> made;
    made.attach(new ClientMediaStream(source, id, descriptor));
    const HRESULT hr = MFCreateEventQueue(made->queue_.put());
    if (SUCCEEDED(hr)) {
        stream = std::move(made);
    }
    return hr;
}

ClientMediaStream::ClientMediaStream(ClientMediaSource* source, DWORD id,
                                     const ComPtr<IMFStreamDescriptor>& descriptor) noexcept
    : id_(id), descriptor_(descriptor), source_(source) {}

ClientMediaStream::~ClientMediaStream() = default;

void ClientMediaStream::deliver(const EventData& event) noexcept {
    guarded([&] {
        ComPtr<IMFMediaEvent> made;
        const HRESULT hr = make_event(event, made);
        return SUCCEEDED(hr) ? queue_->QueueEvent(made.get()) : hr;
    });
}

void ClientMediaStream::deliver(IMFSample* sample) noexcept {
    ComPtr<IUnknown> token;
    {
        const LockGuard guard(lock_);
        if (requests_.empty()) {
            return;
        }
        token = std::move(requests_.front());
        requests_.pop_front();
    }
    ComPtr<IMFSample> copy;
    const HRESULT hr = copy_sample(sample, token.get(), copy);
    if (SUCCEEDED(hr)) {
        queue_->QueueEventParamUnk(MEMediaSample, GUID_NULL, S_OK, copy.get());
    } else {
        deliver(EventData::of(MEError, hr));
    }
}

void ClientMediaStream::forget_requests() noexcept {
    std::deque<ComPtr<IUnknown>> forgotten;  // released outside the lock
    const LockGuard guard(lock_);
    std::swap(forgotten, requests_);
}

void ClientMediaStream::shutdown() noexcept {
    ComPtr<ClientMediaSource> source;  // released outside the lock
    {
        const LockGuard guard(lock_);
        std::swap(source, source_);
    }
    forget_requests();
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
    return traced(
        this, "IMFMediaStream::GetMediaSource",
        [&] {
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
        },
        source);
}

STDMETHODIMP ClientMediaStream::GetStreamDescriptor(IMFStreamDescriptor** descriptor) {
    return traced(
        this, "IMFMediaStream::GetStreamDescriptor",
        [&] {
            if (descriptor == nullptr) {
                return E_POINTER;
            }
            *descriptor = nullptr;
            ComPtr<ClientMediaSource> mine;
            const HRESULT hr = source(mine);
            if (SUCCEEDED(hr)) {
                *descriptor = ComPtr<IMFStreamDescriptor>(descriptor_).detach();
            }
            return hr;
        },
        descriptor);
}

STDMETHODIMP ClientMediaStream::RequestSample(IUnknown* token) {
    return traced(
        this, "IMFMediaStream::RequestSample", [&] { return request_sample(token); }, token);
}

HRESULT ClientMediaStream::request_sample(IUnknown* token) {
    ComPtr<ClientMediaSource> mine;
    HRESULT hr = source(mine);
    if (FAILED(hr)) {
        return hr;
    }
    {
        const LockGuard guard(lock_);
        requests_.emplace_back(token);
    }
    hr = mine->consumer().request_sample(id_);
    if (FAILED(hr)) {
        ComPtr<IUnknown> dropped;  // released outside the lock
        const LockGuard guard(lock_);
        if (!requests_.empty()) {
            dropped = std::move(requests_.back());
            requests_.pop_back();
        }
    }
    return hr;
}

}  // namespace mfvcam::simulator
