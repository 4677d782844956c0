#include "client_media_source.h"

#include <mfapi.h>
#include <mferror.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "background_thread.h"
#include "guard.h"

namespace mfvcam::simulator {

class ClientMediaSource::Listener final : public ConsumerListener {
 public:
    explicit Listener(ClientMediaSource* client) noexcept : client_(client) {}

    // First thing in the client's destructor.
    void leave() noexcept { client_.clear(); }
    // Whether this thread is telling: a client that ends under that must not wait for the host.
    [[nodiscard]] bool tells_here() const noexcept { return teller_ == GetCurrentThreadId(); }

    void on_event(const EventData& event) noexcept override {
        tell([&](ClientMediaSource& client) {
            ComPtr<IMFMediaEvent> made;
            const HRESULT hr = make_event(event, made);
            return SUCCEEDED(hr) ? client.queue_->QueueEvent(made.get()) : hr;
        });
    }
    void on_stream_event(DWORD stream, const EventData& event) noexcept override {
        tell([&](ClientMediaSource& client) {
            if (event.type == MENewStream) {
                return client.announce(stream);
            }
            if (const ComPtr<ClientMediaStream> told = client.stream(stream)) {
                if (event.type == MEStreamStopped) {
                    told->forget_requests();
                }
                told->deliver(event);
            }
            return S_OK;
        });
    }
    void on_sample(DWORD stream, IMFSample* sample) noexcept override {
        tell([&](ClientMediaSource& client) {
            if (const ComPtr<ClientMediaStream> told = client.stream(stream)) {
                told->deliver(sample);
            }
            return S_OK;
        });
    }
    void on_end(HRESULT reason) noexcept override {
        tell([&](ClientMediaSource& client) {
            client.invalidate(reason);
            return S_OK;
        });
    }

 private:
    template <class Body>
    void tell(Body body) noexcept {
        teller_ = GetCurrentThreadId();
        if (const ComPtr<ClientMediaSource> client = client_.get()) {
            guarded([&] { return body(*client); });
        }  // which may have been the last reference
        teller_ = 0;
    }

    WeakLink<ClientMediaSource> client_;
    std::atomic<DWORD> teller_{0};  // they tell one at a time
};

HRESULT ClientMediaSource::make(const std::shared_ptr<HostedSource>& source,
                                const std::shared_ptr<Children>& children,
                                ComPtr<IMFMediaSource>& client) {
    ComPtr<ClientMediaSource> made;
    made.attach(new ClientMediaSource(children));
    const HRESULT hr = made->prepare(source);
    if (FAILED(hr)) {
        return hr;
    }
    if (!children->add(made.get())) {
        made->end();
        return MF_E_SHUTDOWN;
    }
    client.attach(made.detach());
    return S_OK;
}

ClientMediaSource::ClientMediaSource(const std::shared_ptr<Children>& children)
    : children_(children), listener_(std::make_shared<Listener>(this)) {}

HRESULT ClientMediaSource::prepare(const std::shared_ptr<HostedSource>& source) {
    HRESULT hr = MFCreateEventQueue(queue_.put());
    if (SUCCEEDED(hr)) {
        hr = source->open_consumer(listener_, description_, consumer_);
    }
    if (SUCCEEDED(hr)) {
        hr = MFCreateAttributes(attributes_.put(), 4);
    }
    if (SUCCEEDED(hr)) {
        hr = attributes_from_bytes(description_.attributes, attributes_.get());
    }
    for (const StreamData& stream : description_.streams) {
        ComPtr<IMFAttributes>& attributes = stream_attributes_[stream.id];
        if (SUCCEEDED(hr)) {
            hr = MFCreateAttributes(attributes.put(), 4);
        }
        if (SUCCEEDED(hr)) {
            hr = attributes_from_bytes(stream.attributes, attributes.get());
        }
    }
    return hr;
}

ClientMediaSource::~ClientMediaSource() {
    listener_->leave();
    children_->remove(this);
    if (consumer_ && listener_->tells_here()) {
        guarded([&] {
            return run_in_background([consumer = std::move(consumer_)] { consumer->close(); });
        });
    }
    end();
}

HRESULT ClientMediaSource::state() noexcept {
    const LockGuard guard(lock_);
    return state_;
}

ComPtr<ClientMediaStream> ClientMediaSource::stream(DWORD id) noexcept {
    const LockGuard guard(lock_);
    const auto found = streams_.find(id);
    return found != streams_.end() ? found->second : ComPtr<ClientMediaStream>();
}

std::map<DWORD, ComPtr<ClientMediaStream>> ClientMediaSource::streams() noexcept {
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
    queue_->QueueEventParamVar(MEError, GUID_NULL, reason, nullptr);
    for (const StreamData& each : description_.streams) {
        if (const ComPtr<ClientMediaStream> told = stream(each.id)) {
            told->deliver(EventData::of(MEError, reason));
        }
    }
}

void* ClientMediaSource::find_interface(REFIID iid) noexcept {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFMediaEventGenerator) ||
        iid == __uuidof(IMFMediaSource) ||
        (iid == __uuidof(IMFMediaSourceEx) && description_.extended)) {
        return static_cast<IMFMediaSourceEx*>(this);
    }
    return iid == __uuidof(IMFGetService) ? static_cast<IMFGetService*>(this) : nullptr;
}

STDMETHODIMP ClientMediaSource::GetCharacteristics(DWORD* characteristics) {
    return traced(
        this, "IMFMediaSource::GetCharacteristics",
        [&] {
            if (characteristics == nullptr) {
                return E_POINTER;
            }
            const HRESULT hr = state();
            *characteristics = SUCCEEDED(hr) ? description_.characteristics : 0;
            return hr;
        },
        characteristics);
}

STDMETHODIMP ClientMediaSource::CreatePresentationDescriptor(
    IMFPresentationDescriptor** descriptor) {
    return traced(
        this, "IMFMediaSource::CreatePresentationDescriptor",
        [&] {
            if (descriptor == nullptr) {
                return E_POINTER;
            }
            *descriptor = nullptr;
            HRESULT hr = state();
            ComPtr<IMFPresentationDescriptor> made;
            if (SUCCEEDED(hr)) {
                hr = make_descriptor(description_, made);
            }
            if (SUCCEEDED(hr)) {
                *descriptor = made.detach();
            }
            return hr;
        },
        descriptor);
}

STDMETHODIMP ClientMediaSource::Start(IMFPresentationDescriptor* descriptor,
                                      const GUID* time_format, const PROPVARIANT* position) {
    return traced(
        this, "IMFMediaSource::Start", [&] { return start(descriptor, time_format, position); },
        descriptor, time_format, position);
}

HRESULT ClientMediaSource::start(IMFPresentationDescriptor* descriptor, const GUID* time_format,
                                 const PROPVARIANT* position) {
    HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    if (descriptor == nullptr || position == nullptr) {
        return E_INVALIDARG;
    }
    if (time_format != nullptr && *time_format != GUID_NULL) {
        return MF_E_UNSUPPORTED_TIME_FORMAT;
    }
    std::vector<Selection> selections;
    hr = read_selections(descriptor, selections);
    return SUCCEEDED(hr) ? consumer_->start(selections) : hr;
}

HRESULT ClientMediaSource::announce(DWORD id) {
    const auto data = std::ranges::find(description_.streams, id, &StreamData::id);
    if (data == description_.streams.end()) {
        return MF_E_INVALIDSTREAMNUMBER;
    }
    ComPtr<ClientMediaStream> announced = stream(id);
    const MediaEventType type = announced ? MEUpdatedStream : MENewStream;
    if (!announced) {
        ComPtr<IMFStreamDescriptor> descriptor;
        HRESULT hr = make_descriptor(*data, descriptor);
        if (SUCCEEDED(hr)) {
            hr = ClientMediaStream::make(this, id, descriptor, announced);
        }
        if (FAILED(hr)) {
            return hr;
        }
        const LockGuard guard(lock_);
        if (FAILED(state_)) {
            return state_;
        }
        streams_.emplace(id, announced);
    }
    return queue_->QueueEventParamUnk(type, GUID_NULL, S_OK, announced.get());
}

STDMETHODIMP ClientMediaSource::Stop() {
    return traced(this, "IMFMediaSource::Stop", [&] {
        const HRESULT hr = state();
        return SUCCEEDED(hr) ? consumer_->stop() : hr;
    });
}

STDMETHODIMP ClientMediaSource::Pause() {
    return traced(this, "IMFMediaSource::Pause", [&] {
        const HRESULT hr = state();
        return SUCCEEDED(hr) ? MF_E_INVALID_STATE_TRANSITION : hr;
    });
}

STDMETHODIMP ClientMediaSource::Shutdown() {
    return traced(this, "IMFMediaSource::Shutdown", [&] { return end(); });
}

HRESULT ClientMediaSource::end() noexcept {
    HRESULT before = S_OK;
    {
        const LockGuard guard(lock_);
        before = state_;
        state_ = MF_E_SHUTDOWN;
    }
    if (before == MF_E_SHUTDOWN) {
        return before;
    }
    if (consumer_) {
        consumer_->close();
    }
    for (const auto& [id, stream] : streams()) {
        stream->shutdown();
    }
    if (queue_) {
        queue_->Shutdown();
    }
    return S_OK;
}

STDMETHODIMP ClientMediaSource::GetSourceAttributes(IMFAttributes** attributes) {
    return traced(
        this, "IMFMediaSourceEx::GetSourceAttributes",
        [&] {
            if (attributes == nullptr) {
                return E_POINTER;
            }
            const HRESULT hr = state();
            *attributes = SUCCEEDED(hr) ? ComPtr<IMFAttributes>(attributes_).detach() : nullptr;
            return hr;
        },
        attributes);
}

STDMETHODIMP ClientMediaSource::GetStreamAttributes(DWORD stream_id, IMFAttributes** attributes) {
    return traced(
        this, "IMFMediaSourceEx::GetStreamAttributes",
        [&] {
            if (attributes == nullptr) {
                return E_POINTER;
            }
            *attributes = nullptr;
            const HRESULT hr = state();
            const auto found = stream_attributes_.find(stream_id);
            if (FAILED(hr) || found == stream_attributes_.end()) {
                return FAILED(hr) ? hr : MF_E_INVALIDSTREAMNUMBER;
            }
            *attributes = ComPtr<IMFAttributes>(found->second).detach();
            return S_OK;
        },
        stream_id, attributes);
}

// Surfaces of a GPU do not pass between processes.
STDMETHODIMP ClientMediaSource::SetD3DManager(IUnknown* manager) {
    return traced(
        this, "IMFMediaSourceEx::SetD3DManager",
        [&] {
            const HRESULT hr = state();
            return SUCCEEDED(hr) ? E_NOTIMPL : hr;
        },
        manager);
}

STDMETHODIMP ClientMediaSource::GetService(REFGUID service, REFIID iid, LPVOID* object) {
    return traced(
        this, "IMFGetService::GetService",
        [&] {
            if (object == nullptr) {
                return E_POINTER;
            }
            *object = nullptr;
            const HRESULT hr = state();
            return SUCCEEDED(hr) ? MF_E_UNSUPPORTED_SERVICE : hr;
        },
        service, iid, object);
}

}  // namespace mfvcam::simulator
