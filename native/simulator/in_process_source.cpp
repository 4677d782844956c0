#include "in_process_source.h"

#include <mfapi.h>
#include <mferror.h>

#include "activation.h"
#include "choices.h"
#include "client_media_source.h"
#include "guard.h"
#include "mfvirtualcamera_abi.h"
#include "switches.h"

namespace mfvcam::simulator {

HRESULT InProcessSource::activate(const Activation& activation,
                                  const std::weak_ptr<HostListener>& listener,
                                  std::shared_ptr<InProcessSource>& source) {
    auto active = std::make_shared<InProcessSource>();
    active->listener_ = listener;
    const HRESULT hr = activate_source(activation, active->activate_, active->source_);
    if (FAILED(hr)) {
        return hr;
    }
    active->ks_control_ = active->source_.as<IKsControl>();
    active->pump_.attach(new EventPump(active->source_.get(), active));
    // A source that gives no events can still be asked and signalled, so this is no failure.
    active->pump_->begin();
    source = std::move(active);
    return hr;
}

HRESULT InProcessSource::state() noexcept {
    const LockGuard guard(lock_);
    return state_;
}

HRESULT InProcessSource::has_ks_control() noexcept {
    const HRESULT hr = state();
    return SUCCEEDED(hr) && !ks_control_ ? choices::kNoKsControl : hr;
}

HRESULT InProcessSource::ks_property(void* property, ULONG property_length, void* data,
                                     ULONG data_length, ULONG* bytes_returned) noexcept {
    const HRESULT hr = has_ks_control();
    return FAILED(hr) ? hr
                      : ks_control_->KsProperty(static_cast<PKSPROPERTY>(property), property_length,
                                                data, data_length, bytes_returned);
}

HRESULT InProcessSource::ks_event(void* event, ULONG event_length, void* event_data,
                                  ULONG data_length, ULONG* bytes_returned) noexcept {
    const HRESULT hr = has_ks_control();
    return FAILED(hr) ? hr
                      : ks_control_->KsEvent(static_cast<PKSEVENT>(event), event_length, event_data,
                                             data_length, bytes_returned);
}

HRESULT InProcessSource::open_client(const std::shared_ptr<Children>& children,
                                     ComPtr<IMFMediaSource>& client) noexcept {
    return guarded([&] {
        ComPtr<ClientMediaSource> made;
        const HRESULT hr = ClientMediaSource::make(shared_from_this(), children, made);
        if (FAILED(hr)) {
            return hr;
        }
        tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
        {
            const LockGuard guard(lock_);
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
        const LockGuard guard(lock_);
        if (FAILED(state_)) {
            return;
        }
        state_ = reason;
    }
    for (;;) {
        ComPtr<ClientMediaSource> client;
        {
            const LockGuard guard(lock_);
            while (!client && !clients_.empty()) {
                ClientMediaSource* const first = *clients_.begin();
                clients_.erase(clients_.begin());
                if (first->try_retain()) {
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

bool InProcessSource::on_event(EventPump& pump, IMFMediaEvent* event) noexcept {
    return &pump == pump_.get() ? on_source_event(event) : on_stream_event(pump, event);
}

void InProcessSource::on_end(EventPump& pump, HRESULT reason) noexcept {
    if (&pump != pump_.get() || FAILED(state())) {
        return;
    }
    // Not by us: the source has died.
    ComPtr<IMFMediaEvent> event;
    if (SUCCEEDED(MFCreateMediaEvent(MEError, GUID_NULL, reason, nullptr, event.put()))) {
        tell(event.get());
    }
}

bool InProcessSource::on_source_event(IMFMediaEvent* event) noexcept {
    MediaEventType type = MEUnknown;
    GUID extended_type = GUID_NULL;
    event->GetType(&type);
    event->GetExtendedType(&extended_type);
    if (type == MEExtendedType && extended_type == MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT) {
        tell(event);
        return true;
    }
    if (type == MENewStream || type == MEUpdatedStream) {
        guarded([&] {
            on_stream(event, type);
            return S_OK;
        });
        return true;
    }
    if (type == MEError) {
        tell(event);
    }
    std::uint64_t session = 0;
    if (const ComPtr<ClientMediaSource> client = front_client(session)) {
        client->deliver(event);
    }
    if (type == MESourceStopped) {
        const LockGuard guard(lock_);
        if (!routes_.empty()) {
            routes_.pop_front();
        }
    }
    return true;
}

void InProcessSource::on_stream(IMFMediaEvent* event, MediaEventType type) {
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
    const ComPtr<ClientMediaSource> client = front_client(session);
    if (session == 0) {
        return;
    }
    ComPtr<ClientMediaStream> stream;
    if (client && FAILED(client->stream_for(instance.get(), stream))) {
        stream.reset();
    }
    // A stream without listener is pumped as well: what it says in this session must be gone
    // before the next.
    ComPtr<EventPump> pump;
    ComPtr<EventPump> fresh;
    fresh.attach(new EventPump(instance.get(), weak_from_this()));
    {
        const LockGuard guard(lock_);
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
        client->deliver_stream(type, status, stream.get());
    }
    if (pump && FAILED(pump->begin())) {
        const LockGuard guard(lock_);
        if (Stream* known = find(*pump)) {
            known->pumping = false;
        }
    }
}

bool InProcessSource::on_stream_event(EventPump& pump, IMFMediaEvent* event) noexcept {
    MediaEventType type = MEUnknown;
    event->GetType(&type);
    ComPtr<ClientMediaStream> stream;
    bool more = true;
    {
        const LockGuard guard(lock_);
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

HRESULT InProcessSource::start_for(ClientMediaSource* client, IMFPresentationDescriptor* descriptor,
                                   const GUID* time_format, const PROPVARIANT* position) noexcept {
    std::uint64_t session = 0;
    const HRESULT allowed = guarded([&] {
        const LockGuard guard(lock_);
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
    const HRESULT hr = source_->Start(descriptor, time_format, position);
    {
        const LockGuard guard(lock_);
        busy_ = false;
        if (FAILED(hr) && session != 0) {
            streaming_ = nullptr;
            drop_last_route(session);
        }
    }
    if (SUCCEEDED(hr) && session != 0) {
        tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    }
    if (FAILED(client->state())) {
        // Ended meanwhile, when it could not be stopped.
        stop_for(client);
    }
    return hr;
}

HRESULT InProcessSource::stop_for(ClientMediaSource* client) noexcept {
    {
        const LockGuard guard(lock_);
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
        const LockGuard guard(lock_);
        busy_ = false;
        stopped = SUCCEEDED(hr) || FAILED(client->state());
        if (stopped) {
            streaming_ = nullptr;
        }
        if (FAILED(hr) && stopped) {
            drop_last_route(session_);
        }
    }
    if (stopped) {
        tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP);
    }
    return hr;
}

HRESULT InProcessSource::pause_for(ClientMediaSource* client) noexcept {
    return streams_for(client) ? source_->Pause() : MF_E_INVALID_STATE_TRANSITION;
}

bool InProcessSource::streams_for(const ClientMediaSource* client) noexcept {
    const LockGuard guard(lock_);
    return streaming_ == client;
}

void InProcessSource::close(ClientMediaSource* client) noexcept {
    stop_for(client);
    bool last = false;
    {
        const LockGuard guard(lock_);
        // Those that the camera's end took with it have been erased before.
        last = clients_.erase(client) != 0 && clients_.empty();
        for (SourceRoute& route : routes_) {
            if (route.client == client) {
                route.client = nullptr;
            }
        }
    }
    for (;;) {
        ComPtr<ClientMediaStream> stream;  // released outside the lock
        const LockGuard guard(lock_);
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
    if (last &&
        switches::code(switches::Switch::kPipelineShutdownOnLastWatcher) == switches::kYes) {
        tell(MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    }
}

ComPtr<ClientMediaSource> InProcessSource::front_client(std::uint64_t& session) noexcept {
    const LockGuard guard(lock_);
    ComPtr<ClientMediaSource> client;
    if (!routes_.empty()) {
        session = routes_.front().session;
        if (routes_.front().client != nullptr && routes_.front().client->try_retain()) {
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

void InProcessSource::drop_last_route(std::uint64_t session) noexcept {
    if (!routes_.empty() && routes_.back().session == session) {
        routes_.pop_back();
    }
}

void InProcessSource::tell(REFGUID extended_type) noexcept {
    ComPtr<IMFMediaEvent> event;
    if (SUCCEEDED(MFCreateMediaEvent(MEExtendedType, extended_type, S_OK, nullptr, event.put()))) {
        tell(event.get());
    }
}

void InProcessSource::tell(IMFMediaEvent* event) noexcept {
    if (const std::shared_ptr<HostListener> listener = listener_.lock()) {
        listener->on_event(event);
    }
}

}  // namespace mfvcam::simulator
