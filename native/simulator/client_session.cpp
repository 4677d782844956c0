#include "client_session.h"

#include <mferror.h>

#include <array>
#include <utility>

#include "choices.h"
#include "frame_section.h"
#include "guard.h"

namespace mfvcam::simulator {
namespace {

// What a program may leave unheard before it is let go.
constexpr std::size_t kMostOutgoing = 100'000;
constexpr std::size_t kMostOutgoingBytes = std::size_t{512} * 1024 * 1024;

Writer message_of(Told told, ObjectId listener) {
    Writer message;
    message.put(told);
    message.put(listener);
    return message;
}

HRESULT read_sample(DWORD stream, IMFSample* sample, Writer& message, Bytes& frame) {
    HRESULT hr = read_frame(sample, frame);
    Bytes attributes;
    if (SUCCEEDED(hr)) {
        hr = attributes_to_bytes(sample, attributes);
    }
    SampleHeader header{};
    header.stream = stream;
    header.length = static_cast<DWORD>(frame.size());
    header.has_time = SUCCEEDED(sample->GetSampleTime(&header.time)) ? TRUE : FALSE;
    header.has_duration = SUCCEEDED(sample->GetSampleDuration(&header.duration)) ? TRUE : FALSE;
    message.put(header);
    message.put(attributes);
    return hr;
}

HRESULT ks_property(HostedSource& source, Reader& arguments, Writer& results) {
    Bytes property;
    Bytes data;
    arguments.get(property);
    const bool has_data = arguments.get_flag();
    arguments.get(data);
    // A source is given what the program gave, null or not.
    BYTE nothing = 0;
    BYTE* const place = data.empty() ? &nothing : data.data();
    ULONG returned = 0;
    const HRESULT hr = source.ks_property(property, has_data ? place : nullptr,
                                          static_cast<ULONG>(data.size()), &returned);
    results.put(property);
    results.put(returned);
    results.put(data);
    return hr;
}

// The last step of a message on its way to a program.
class Sender {
 public:
    Sender(const Pipe& events, HANDLE process) noexcept : events_(events), process_(process) {}

    HRESULT send(const Bytes& message, const Bytes& frame) {
        HRESULT hr = S_OK;
        if (frame.size() > frames_.size()) {
            HANDLE theirs = nullptr;
            hr = frames_.make(frame.size(), process_, theirs);
            if (SUCCEEDED(hr)) {
                Writer section = message_of(Told::kSection, 0);
                section.put(theirs);
                section.put(static_cast<UINT64>(frame.size()));
                hr = events_.send(section.bytes(), choices::kProgramPatience);
            }
        }
        if (SUCCEEDED(hr) && !frame.empty()) {
            std::memcpy(frames_.data(), frame.data(), frame.size());
        }
        if (SUCCEEDED(hr)) {
            hr = events_.send(message, choices::kProgramPatience);
        }
        // Until they have it, the section is theirs.
        Bytes taken;
        return SUCCEEDED(hr) && !frame.empty() ? events_.receive(taken, choices::kProgramPatience)
                                               : hr;
    }

 private:
    const Pipe& events_;
    const HANDLE process_;
    FrameSection frames_;
};

}  // namespace

// ---- What is told -------------------------------------------------------------------------------

// A session, as long as there is one, and who in it is told.
class ClientSession::Listener {
 public:
    Listener(std::weak_ptr<ClientSession> session, ObjectId id) noexcept
        : session_(std::move(session)), id_(id) {}

    [[nodiscard]] Writer message(Told told) const { return message_of(told, id_); }
    HRESULT tell(const Writer& message, Bytes frame = {}) const {
        if (message.bytes().size() > Pipe::kLongest) {
            return choices::kMessageTooLong;
        }
        if (const auto session = session_.lock()) {
            session->tell(message, std::move(frame));
        }
        return S_OK;
    }

 private:
    const std::weak_ptr<ClientSession> session_;
    const ObjectId id_;
};

class ClientSession::CameraEvents final : public CameraListener {
 public:
    CameraEvents(std::weak_ptr<ClientSession> session, ObjectId listener) noexcept
        : listener_(std::move(session), listener) {}

    void on_event(const EventData& event) noexcept override {
        guarded([&] {
            Writer message = listener_.message(Told::kCameraEvent);
            message.put(event);
            return listener_.tell(message);
        });
    }
    void on_removed() noexcept override {
        guarded([&] { return listener_.tell(listener_.message(Told::kRemoved)); });
    }

 private:
    const Listener listener_;
};

class ClientSession::ConsumerEvents final : public ConsumerListener {
 public:
    ConsumerEvents(std::weak_ptr<ClientSession> session, ObjectId listener) noexcept
        : listener_(std::move(session), listener) {}

    void on_event(const EventData& event) noexcept override {
        guarded([&] {
            Writer message = listener_.message(Told::kEvent);
            message.put(event);
            return listener_.tell(message);
        });
    }
    void on_stream_event(DWORD stream, const EventData& event) noexcept override {
        guarded([&] {
            Writer message = listener_.message(Told::kStreamEvent);
            message.put(stream);
            message.put(event);
            return listener_.tell(message);
        });
    }
    // Copied here: a program that is slow must not keep the samples of the source.
    void on_sample(DWORD stream, IMFSample* sample) noexcept override {
        const HRESULT hr = guarded([&] {
            Writer message = listener_.message(Told::kSample);
            Bytes frame;
            const HRESULT read = read_sample(stream, sample, message, frame);
            return SUCCEEDED(read) ? listener_.tell(message, std::move(frame)) : read;
        });
        if (FAILED(hr)) {
            on_stream_event(stream, EventData::of(MEError, hr));
        }
    }
    void on_end(HRESULT reason) noexcept override {
        guarded([&] {
            Writer message = listener_.message(Told::kEnd);
            message.put(reason);
            return listener_.tell(message);
        });
    }

 private:
    const Listener listener_;
};

void ClientSession::tell(const Writer& message, Bytes frame) noexcept {
    const HRESULT hr = guarded([&] {
        const LockGuard guard(lock_);
        if (ended_) {
            return S_OK;
        }
        outgoing_bytes_ += frame.size();
        outgoing_.push_back({message.bytes(), std::move(frame)});
        return outgoing_.size() <= kMostOutgoing && outgoing_bytes_ <= kMostOutgoingBytes
                   ? S_OK
                   : E_OUTOFMEMORY;
    });
    if (FAILED(hr)) {
        leave();
    }
    SetEvent(wake_.get());
}

bool ClientSession::next(Outgoing& outgoing) noexcept {
    const LockGuard guard(lock_);
    if (ended_ || outgoing_.empty()) {
        return false;
    }
    outgoing = std::move(outgoing_.front());
    outgoing_.pop_front();
    outgoing_bytes_ -= outgoing.frame.size();
    return true;
}

void ClientSession::run(const Pipe& events) noexcept {
    guarded([&] {
        Sender sender(events, process_.get());
        const std::array waits = {wake_.get(), process_.get()};
        DWORD woken = WAIT_OBJECT_0;
        while (woken == WAIT_OBJECT_0 && !ended()) {
            Outgoing outgoing;
            while (next(outgoing)) {
                const HRESULT hr = sender.send(outgoing.message, outgoing.frame);
                if (FAILED(hr)) {
                    return hr;
                }
            }
            woken = WaitForMultipleObjects(2, waits.data(), FALSE, INFINITE);
        }
        return S_OK;
    });
    end();
}

// ---- The session --------------------------------------------------------------------------------

HRESULT ClientSession::make(ObjectId id, DWORD process_id,
                            std::shared_ptr<ClientSession>& session) {
    OwnedHandle process(OpenProcess(PROCESS_DUP_HANDLE | SYNCHRONIZE, FALSE, process_id));
    if (!process) {
        return hresult_from_last_error();
    }
    OwnedHandle wake(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    if (!wake) {
        return hresult_from_last_error();
    }
    session.reset(new ClientSession(id, process_id, std::move(process), std::move(wake)));
    return S_OK;
}

bool ClientSession::ended() noexcept {
    const LockGuard guard(lock_);
    return ended_;
}

void ClientSession::leave() noexcept {
    {
        const LockGuard guard(lock_);
        ended_ = true;
    }
    SetEvent(wake_.get());
}

// On the thread of the events, so that nobody waits for a source who is not concerned.
void ClientSession::end() noexcept {
    std::map<ObjectId, Hold> holds;
    std::map<ObjectId, Source> sources;
    std::map<ObjectId, std::shared_ptr<Consumer>> consumers;
    std::deque<Outgoing> unheard;
    {
        const LockGuard guard(lock_);
        ended_ = true;
        holds.swap(holds_);
        sources.swap(sources_);
        consumers.swap(consumers_);
        unheard.swap(outgoing_);
    }
    for (const auto& [id, source] : sources) {
        for (const std::uint64_t registration : source.registrations) {
            source.source->disable(registration);
        }
    }
    for (const auto& [id, consumer] : consumers) {
        consumer->close();
    }
    for (const auto& [id, hold] : holds) {
        hold.hold->close();
    }
}

template <class Map, class Object>
ObjectId ClientSession::add(Map& map, Object object) {
    const LockGuard guard(lock_);
    if (ended_) {
        return 0;
    }
    map.emplace(++last_, std::move(object));
    return last_;
}

std::shared_ptr<CameraHold> ClientSession::hold(ObjectId id) noexcept {
    const LockGuard guard(lock_);
    const auto found = holds_.find(id);
    return found != holds_.end() ? found->second.hold : nullptr;
}

std::shared_ptr<HostedSource> ClientSession::source(ObjectId id) noexcept {
    const LockGuard guard(lock_);
    const auto found = sources_.find(id);
    return found != sources_.end() ? found->second.source : nullptr;
}

std::shared_ptr<Consumer> ClientSession::consumer(ObjectId id) noexcept {
    const LockGuard guard(lock_);
    const auto found = consumers_.find(id);
    return found != consumers_.end() ? found->second : nullptr;
}

void ClientSession::release(ObjectId id) noexcept {
    // Released outside the lock.
    decltype(holds_)::node_type hold;
    decltype(sources_)::node_type source;
    decltype(consumers_)::node_type consumer;
    {
        const LockGuard guard(lock_);
        hold = holds_.extract(id);
        source = sources_.extract(id);
        consumer = consumers_.extract(id);
    }
    if (!hold.empty()) {
        hold.mapped().hold->close();  // another call may have it still
    }
}

HRESULT ClientSession::serve(Call call, Reader& arguments, Writer& results) {
    if (call == Call::kOpen) {
        return open(arguments, results);
    }
    const auto id = arguments.get<ObjectId>();
    const std::shared_ptr<CameraHold> hold = this->hold(id);
    const std::shared_ptr<HostedSource> source = this->source(id);
    const std::shared_ptr<Consumer> consumer = this->consumer(id);
    if (call == Call::kRelease) {
        release(id);
        return S_OK;
    }
    if (hold) {
        switch (call) {
            case Call::kHoldState:
                return hold_state(id, results);
            case Call::kStart: {
                Bytes attributes;
                arguments.get(attributes);
                return hold->start(attributes);
            }
            case Call::kStop:
                return hold->stop();
            case Call::kRemove:
                return hold->remove();
            case Call::kInvalidate:
                return hold->invalidate();
            default:
                break;
        }
    } else if (source) {
        switch (call) {
            case Call::kKsProperty:
                return ks_property(*source, arguments, results);
            case Call::kEnable:
                return enable(id, arguments, results);
            case Call::kDisable:
            case Call::kForget:
                return disable(call, id, arguments);
            case Call::kOpenConsumer:
                return open_consumer(id, arguments, results);
            default:
                break;
        }
    } else if (consumer) {
        switch (call) {
            case Call::kConsumerStart: {
                std::vector<Selection> selections;
                arguments.get(selections);
                return consumer->start(selections);
            }
            case Call::kConsumerStop:
                return consumer->stop();
            case Call::kRequestSample:
                return consumer->request_sample(arguments.get<DWORD>());
            case Call::kCloseConsumer:
                consumer->close();
                return S_OK;
            default:
                break;
        }
    }
    // Let go under the call.
    return MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED;
}

HRESULT ClientSession::open(Reader& arguments, Writer& results) {
    CameraKey key;
    arguments.get(key);
    const Host::Open how = arguments.get_flag() ? Host::Open::kMade : Host::Open::kExisting;
    const auto listener =
        std::make_shared<CameraEvents>(weak_from_this(), arguments.get<ObjectId>());
    std::shared_ptr<CameraHold> hold;
    const HRESULT hr = local_host().open(key, how, listener, hold);
    const ObjectId made = hold ? add(holds_, Hold{hold, {}, 0}) : 0;
    if (hold && made == 0) {
        return MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED;
    }
    results.put(made);
    return hr;
}

HRESULT ClientSession::hold_state(ObjectId id, Writer& results) {
    CameraState state;
    const std::shared_ptr<CameraHold> hold = this->hold(id);
    const HRESULT hr = hold ? hold->state(state) : MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED;
    ObjectId source_id = 0;
    if (state.source) {
        const LockGuard guard(lock_);
        const auto found = holds_.find(id);
        if (found != holds_.end()) {
            Hold& entry = found->second;
            if (entry.source.lock() != state.source || !sources_.contains(entry.source_id)) {
                entry.source = state.source;
                entry.source_id = ++last_;
                sources_.emplace(entry.source_id, Source{state.source, {}});
            }
            source_id = entry.source_id;
        }
    }
    results.put(static_cast<BYTE>(state.exists));
    results.put(static_cast<BYTE>(state.removed));
    results.put(state.monitor_process);
    results.put(source_id);
    return hr;
}

HRESULT ClientSession::duplicate(KSEVENTDATA& notification, OwnedHandle& handle) const noexcept {
    const bool semaphore = notification.NotificationType == KSEVENTF_SEMAPHORE_HANDLE;
    HANDLE& named =
        semaphore ? notification.SemaphoreHandle.Semaphore : notification.EventHandle.Event;
    if (DuplicateHandle(process_.get(), named, GetCurrentProcess(), handle.put(), 0, FALSE,
                        DUPLICATE_SAME_ACCESS) == FALSE) {
        return choices::kBadHandle;
    }
    named = handle.get();
    return S_OK;
}

HRESULT ClientSession::enable(ObjectId id, Reader& arguments, Writer& results) {
    const auto event = arguments.get<KSEVENT>();
    auto notification = arguments.get<KSEVENTDATA>();
    const std::shared_ptr<HostedSource> source = this->source(id);
    OwnedHandle ours;  // for the call only: a source that wants to keep it has to duplicate it
    HRESULT hr = source ? duplicate(notification, ours) : MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED;
    std::uint64_t registration = 0;
    if (SUCCEEDED(hr)) {
        hr = source->enable(event, notification, registration);
    }
    if (FAILED(hr)) {
        return hr;
    }
    bool kept = false;
    {
        const LockGuard guard(lock_);
        if (const auto found = sources_.find(id); found != sources_.end()) {
            found->second.registrations.insert(registration);
            kept = true;
        }
    }
    if (!kept) {
        source->disable(registration);
        return MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED;
    }
    results.put(registration);
    return hr;
}

HRESULT ClientSession::disable(Call call, ObjectId id, Reader& arguments) {
    const auto registration = arguments.get<std::uint64_t>();
    std::shared_ptr<HostedSource> source;
    {
        const LockGuard guard(lock_);
        const auto found = sources_.find(id);
        // Not those of other programs.
        if (found != sources_.end() && found->second.registrations.erase(registration) != 0) {
            source = found->second.source;
        }
    }
    if (!source) {
        return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
    }
    if (call == Call::kForget) {
        source->forget(registration);
        return S_OK;
    }
    return source->disable(registration);
}

HRESULT ClientSession::open_consumer(ObjectId id, Reader& arguments, Writer& results) {
    const auto listener =
        std::make_shared<ConsumerEvents>(weak_from_this(), arguments.get<ObjectId>());
    const std::shared_ptr<HostedSource> source = this->source(id);
    SourceData description;
    std::shared_ptr<Consumer> consumer;
    const HRESULT hr = source ? source->open_consumer(listener, description, consumer)
                              : MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED;
    if (FAILED(hr)) {
        return hr;
    }
    Writer described;
    described.put(description);
    const bool fits = described.bytes().size() <= kMostResults - sizeof(ObjectId);
    const ObjectId made = fits ? add(consumers_, consumer) : 0;
    if (made == 0) {
        consumer->close();
        return fits ? MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED : choices::kMessageTooLong;
    }
    results.put(made);
    results.put(description);
    return hr;
}

}  // namespace mfvcam::simulator
