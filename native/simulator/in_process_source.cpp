#include "in_process_source.h"

#include <mfapi.h>
#include <mferror.h>

#include "activation.h"
#include "choices.h"
#include "client_media_source.h"
#include "guard.h"
#include "mfvirtualcamera_abi.h"

namespace mfvcam::simulator {

HRESULT InProcessSource::activate(const Activation& activation,
                                  const std::weak_ptr<HostListener>& listener,
                                  std::shared_ptr<InProcessSource>& source) {
    auto active = std::make_shared<InProcessSource>();
    active->listener_ = listener;
    const HRESULT hr = activateSource(activation, active->activate_, active->source_);
    if (FAILED(hr)) {
        return hr;
    }
    active->ksControl_ = active->source_.as<IKsControl>();
    active->pump_.attach(new EventPump(active->source_.get(), active));
    // A source that gives no events can still be asked and signalled, so this is no failure.
    active->pump_->begin();
    source = std::move(active);
    return hr;
}

HRESULT InProcessSource::state() noexcept {
    const LockScope scope(lock_);
    return state_;
}

HRESULT InProcessSource::ksProperty(void* property, ULONG propertyLength, void* data,
                                    ULONG dataLength, ULONG* bytesReturned) noexcept {
    const HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    if (!ksControl_) {
        return choices::kNoKsControl;
    }
    return ksControl_->KsProperty(static_cast<PKSPROPERTY>(property), propertyLength, data,
                                  dataLength, bytesReturned);
}

HRESULT InProcessSource::ksEvent(void* event, ULONG eventLength, void* eventData, ULONG dataLength,
                                 ULONG* bytesReturned) noexcept {
    const HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    if (!ksControl_) {
        return choices::kNoKsControl;
    }
    return ksControl_->KsEvent(static_cast<PKSEVENT>(event), eventLength, eventData, dataLength,
                               bytesReturned);
}

HRESULT InProcessSource::openClient(const std::shared_ptr<Children>& children,
                                    ComPtr<IMFMediaSource>& client) noexcept {
    return guarded([&] {
        ComPtr<ClientMediaSource> made;
        const HRESULT hr = ClientMediaSource::make(shared_from_this(), children, made);
        if (FAILED(hr)) {
            return hr;
        }
        tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
        {
            const LockScope scope(lock_);
            if (FAILED(state_)) {
                return state_;
            }
            clients_.insert(made.get());
        }
        if (!children->add(made.get())) {
            made->Shutdown();
            return MF_E_SHUTDOWN;
        }
        client.attach(made.detach());
        return S_OK;
    });
}

void InProcessSource::shutdown(HRESULT reason) noexcept {
    {
        const LockScope scope(lock_);
        if (FAILED(state_)) {
            return;
        }
        state_ = reason;
    }
    for (;;) {
        ComPtr<ClientMediaSource> client;
        {
            const LockScope scope(lock_);
            while (!client && !clients_.empty()) {
                ClientMediaSource* const first = *clients_.begin();
                clients_.erase(clients_.begin());
                if (first->tryRetain()) {
                    client.attach(first);
                }
            }
        }
        if (!client) {
            break;
        }
        client->invalidate(reason);
    }
    source_->Shutdown();
}

bool InProcessSource::onEvent(EventPump& pump, IMFMediaEvent* event) noexcept {
    return &pump == pump_.get() ? onSourceEvent(event) : onStreamEvent(pump, event);
}

void InProcessSource::onEnd(EventPump& pump, HRESULT reason) noexcept {
    if (&pump != pump_.get() || FAILED(state())) {
        return;
    }
    // Not by us: the source has died.
    ComPtr<IMFMediaEvent> event;
    if (SUCCEEDED(MFCreateMediaEvent(MEError, GUID_NULL, reason, nullptr, event.put()))) {
        tell(event.get());
    }
}

bool InProcessSource::onSourceEvent(IMFMediaEvent* event) noexcept {
    MediaEventType type = MEUnknown;
    GUID extendedType = GUID_NULL;
    event->GetType(&type);
    event->GetExtendedType(&extendedType);
    if (type == MEExtendedType && extendedType == MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT) {
        tell(event);
        return true;
    }
    if (type == MENewStream || type == MEUpdatedStream) {
        guarded([&] {
            onStream(event, type);
            return S_OK;
        });
        return true;
    }
    if (type == MEError) {
        tell(event);
    }
    std::uint64_t session = 0;
    if (const ComPtr<ClientMediaSource> client = frontClient(session)) {
        client->deliver(event);
    }
    if (type == MESourceStopped) {
        const LockScope scope(lock_);
        if (!routes_.empty()) {
            routes_.pop_front();
        }
    }
    return true;
}

void InProcessSource::onStream(IMFMediaEvent* event, MediaEventType type) {
    PROPVARIANT value;
    PropVariantInit(&value);
    ComPtr<IMFMediaStream> instance;
    if (SUCCEEDED(event->GetValue(&value)) && value.vt == VT_UNKNOWN && value.punkVal != nullptr) {
        instance = ComPtr<IUnknown>(value.punkVal).as<IMFMediaStream>();
    }
    PropVariantClear(&value);
    if (!instance) {
        return;
    }
    const ComPtr<IUnknown> identity = instance.as<IUnknown>();
    std::uint64_t session = 0;
    const ComPtr<ClientMediaSource> client = frontClient(session);
    if (session == 0) {
        return;
    }
    ComPtr<ClientMediaStream> stream;
    if (client && FAILED(client->streamFor(instance.get(), stream))) {
        stream.reset();
    }
    // A stream without listener is pumped as well: what it says in this session must be gone
    // before the next.
    ComPtr<EventPump> pump;
    ComPtr<EventPump> fresh;
    fresh.attach(new EventPump(instance.get(), weak_from_this()));
    {
        const LockScope scope(lock_);
        Stream* known = nullptr;
        for (Stream& each : streams_) {
            if (each.identity.get() == identity.get()) {
                known = &each;
            }
        }
        if (known == nullptr) {
            known = &streams_.emplace_back();
            known->identity = identity;
            known->pump = fresh;
        }
        if (known->routes.empty() || known->routes.back().session != session) {
            known->routes.push_back({session, stream ? client.get() : nullptr, stream});
        }
        if (!known->pumping) {
            known->pumping = true;
            pump = known->pump;
        }
    }
    if (stream) {
        HRESULT status = S_OK;
        event->GetStatus(&status);
        client->deliverStream(type, status, stream.get());
    }
    if (pump && FAILED(pump->begin())) {
        const LockScope scope(lock_);
        if (Stream* known = find(*pump)) {
            known->pumping = false;
        }
    }
}

bool InProcessSource::onStreamEvent(EventPump& pump, IMFMediaEvent* event) noexcept {
    MediaEventType type = MEUnknown;
    event->GetType(&type);
    ComPtr<ClientMediaStream> stream;
    bool more = true;
    {
        const LockScope scope(lock_);
        Stream* const known = find(pump);
        if (known == nullptr) {
            return false;
        }
        if (!known->routes.empty()) {
            StreamRoute& front = known->routes.front();
            if (type == MEStreamStopped) {
                stream = std::move(front.stream);
                known->routes.pop_front();
            } else {
                stream = front.stream;
            }
        }
        // What comes next belongs to a client that is not known yet: it stays in the queue.
        more = !known->routes.empty();
        known->pumping = more;
    }
    if (stream) {
        stream->deliver(event);
    }
    return more;
}

HRESULT InProcessSource::startFor(ClientMediaSource* client, IMFPresentationDescriptor* descriptor,
                                  const GUID* timeFormat, const PROPVARIANT* position) noexcept {
    std::uint64_t session = 0;
    const HRESULT allowed = guarded([&] {
        const LockScope scope(lock_);
        if (FAILED(state_)) {
            return state_;
        }
        if (streaming_ != nullptr && streaming_ != client) {
            return choices::kAnotherClientStreams;
        }
        if (busy_) {
            return choices::kClientBusy;
        }
        if (streaming_ == nullptr) {
            routes_.push_back({session_ + 1, client});
            session = ++session_;
            streaming_ = client;
        }
        busy_ = true;
        return S_OK;
    });
    if (FAILED(allowed)) {
        return allowed;
    }
    const HRESULT hr = source_->Start(descriptor, timeFormat, position);
    {
        const LockScope scope(lock_);
        busy_ = false;
        if (FAILED(hr) && session != 0) {
            streaming_ = nullptr;
            dropLastRoute(session);
        }
    }
    if (SUCCEEDED(hr) && session != 0) {
        tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    }
    if (FAILED(client->state())) {
        // Ended meanwhile, when it could not be stopped.
        stopFor(client);
    }
    return hr;
}

HRESULT InProcessSource::stopFor(ClientMediaSource* client) noexcept {
    {
        const LockScope scope(lock_);
        if (streaming_ != client) {
            return MF_E_INVALID_STATE_TRANSITION;
        }
        if (busy_) {
            return choices::kClientBusy;
        }
        if (FAILED(state_)) {
            streaming_ = nullptr;
        } else {
            busy_ = true;
        }
    }
    HRESULT hr = S_OK;
    if (SUCCEEDED(state())) {
        hr = source_->Stop();
    }
    bool stopped = true;
    {
        const LockScope scope(lock_);
        busy_ = false;
        stopped = SUCCEEDED(hr) || FAILED(client->state());
        if (stopped) {
            streaming_ = nullptr;
        }
        if (FAILED(hr) && stopped) {
            dropLastRoute(session_);
        }
    }
    if (stopped) {
        tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP);
    }
    return hr;
}

HRESULT InProcessSource::pauseFor(ClientMediaSource* client) noexcept {
    return streamsFor(client) ? source_->Pause() : MF_E_INVALID_STATE_TRANSITION;
}

bool InProcessSource::streamsFor(const ClientMediaSource* client) noexcept {
    const LockScope scope(lock_);
    return streaming_ == client;
}

void InProcessSource::close(ClientMediaSource* client) noexcept {
    stopFor(client);
    {
        const LockScope scope(lock_);
        clients_.erase(client);
        for (SourceRoute& route : routes_) {
            if (route.client == client) {
                route.client = nullptr;
            }
        }
    }
    for (;;) {
        ComPtr<ClientMediaStream> stream;  // released outside the lock
        const LockScope scope(lock_);
        for (Stream& each : streams_) {
            for (StreamRoute& route : each.routes) {
                if (!stream && route.client == client) {
                    route.client = nullptr;
                    stream = std::move(route.stream);
                }
            }
        }
        if (!stream) {
            break;
        }
    }
    tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
}

ComPtr<ClientMediaSource> InProcessSource::frontClient(std::uint64_t& session) noexcept {
    const LockScope scope(lock_);
    ComPtr<ClientMediaSource> client;
    if (!routes_.empty()) {
        session = routes_.front().session;
        if (routes_.front().client != nullptr && routes_.front().client->tryRetain()) {
            client.attach(routes_.front().client);
        }
    }
    return client;
}

InProcessSource::Stream* InProcessSource::find(const EventPump& pump) noexcept {
    for (Stream& each : streams_) {
        if (each.pump.get() == &pump) {
            return &each;
        }
    }
    return nullptr;
}

void InProcessSource::dropLastRoute(std::uint64_t session) noexcept {
    if (!routes_.empty() && routes_.back().session == session) {
        routes_.pop_back();
    }
}

void InProcessSource::tell(REFGUID extendedType) noexcept {
    ComPtr<IMFMediaEvent> event;
    if (SUCCEEDED(MFCreateMediaEvent(MEExtendedType, extendedType, S_OK, nullptr, event.put()))) {
        tell(event.get());
    }
}

void InProcessSource::tell(IMFMediaEvent* event) noexcept {
    if (const std::shared_ptr<HostListener> listener = listener_.lock()) {
        listener->onEvent(event);
    }
}

}  // namespace mfvcam::simulator
