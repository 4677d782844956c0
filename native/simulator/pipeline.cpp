#include "pipeline.h"

#include <mfapi.h>
#include <mferror.h>

#include <algorithm>
#include <utility>

#include "choices.h"
#include "guard.h"
#include "mfvirtualcamera_abi.h"
#include "switches.h"
#include "trace.h"

namespace mfvcam::simulator {
namespace {

// For a media source to start or stop.
constexpr DWORD kPatience = 10'000;  // ms

// What the event brings; null if that is something else.
template <class Interface>
ComPtr<Interface> object_of(IMFMediaEvent* event) noexcept {
    PROPVARIANT value;
    PropVariantInit(&value);
    ComPtr<Interface> object;
    if (SUCCEEDED(event->GetValue(&value)) && value.vt == VT_UNKNOWN && value.punkVal != nullptr) {
        object = ComPtr<IUnknown>(value.punkVal).as<Interface>();
    }
    PropVariantClear(&value);
    return object;
}

HRESULT stream_id(IMFMediaStream* stream, DWORD& id) noexcept {
    ComPtr<IMFStreamDescriptor> descriptor;
    const HRESULT hr = traced(stream, "IMFMediaStream::GetStreamDescriptor",
                              [&] { return stream->GetStreamDescriptor(descriptor.put()); });
    return SUCCEEDED(hr) ? descriptor->GetStreamIdentifier(&id) : hr;
}

// Selects a stream with its type if it is among those wanted, else deselects it.
HRESULT select(IMFPresentationDescriptor* descriptor, DWORD index,
               const std::map<DWORD, Bytes>& types, std::size_t& found) {
    BOOL selected = FALSE;
    DWORD id = 0;
    ComPtr<IMFStreamDescriptor> stream;
    HRESULT hr = descriptor->GetStreamDescriptorByIndex(index, &selected, stream.put());
    if (SUCCEEDED(hr)) {
        hr = stream->GetStreamIdentifier(&id);
    }
    if (FAILED(hr)) {
        return hr;
    }
    const auto wanted = types.find(id);
    if (wanted == types.end()) {
        return descriptor->DeselectStream(index);
    }
    ++found;
    ComPtr<IMFMediaTypeHandler> handler;
    ComPtr<IMFMediaType> type;
    hr = stream->GetMediaTypeHandler(handler.put());
    if (SUCCEEDED(hr)) {
        hr = MFCreateMediaType(type.put());
    }
    if (SUCCEEDED(hr)) {
        hr = attributes_from_bytes(wanted->second, type.get());
    }
    if (SUCCEEDED(hr)) {
        hr = handler->SetCurrentMediaType(type.get());
    }
    return SUCCEEDED(hr) ? descriptor->SelectStream(index) : hr;
}

}  // namespace

// ---- Pipeline -----------------------------------------------------------------------------------

Pipeline::Transition::Transition(Pipeline& pipeline) noexcept : pipeline_(pipeline) {
    const LockGuard guard(pipeline_.lock_);
    while (pipeline_.busy_) {
        SleepConditionVariableSRW(&pipeline_.changed_, pipeline_.lock_.get(), INFINITE, 0);
    }
    pipeline_.busy_ = true;
}

Pipeline::Transition::~Transition() {
    {
        const LockGuard guard(pipeline_.lock_);
        pipeline_.busy_ = false;
    }
    WakeAllConditionVariable(&pipeline_.changed_);
}

std::shared_ptr<Pipeline> Pipeline::make(const ComPtr<IMFMediaSource>& source,
                                         const std::weak_ptr<CameraListener>& listener) {
    auto pipeline = std::make_shared<Pipeline>();
    pipeline->source_ = source;
    pipeline->listener_ = listener;
    pipeline->pump_.attach(new EventPump(source.get(), pipeline));
    // A source that gives no events can still be asked and signalled, so this is no failure.
    pipeline->events_end_ = pipeline->pump_->begin();
    return pipeline;
}

HRESULT Pipeline::state() noexcept {
    const LockGuard guard(lock_);
    return state_;
}

HRESULT Pipeline::open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                                SourceData& description, std::shared_ptr<Consumer>& consumer) {
    HRESULT hr = state();
    if (SUCCEEDED(hr)) {
        hr = read_source(source_.get(), description);
    }
    if (FAILED(hr)) {
        return hr;
    }
    const auto made = std::make_shared<PipelineConsumer>(shared_from_this(), listener);
    tell(EventData::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE));
    {
        const LockGuard guard(lock_);
        if (FAILED(state_)) {
            return state_;
        }
        consumers_.push_back(made);
    }
    consumer = made;
    return S_OK;
}

void Pipeline::shutdown(HRESULT reason) noexcept {
    {
        const LockGuard guard(lock_);
        if (FAILED(state_)) {
            return;
        }
        state_ = reason;
    }
    WakeAllConditionVariable(&changed_);
    for (const std::shared_ptr<PipelineConsumer>& consumer : consumers()) {
        consumer->end(reason);
        consumer->close();
    }
    traced(source_.get(), "IMFMediaSource::Shutdown", [&] { return source_->Shutdown(); });
}

HRESULT Pipeline::start(PipelineConsumer& consumer, const std::vector<Selection>& selections) {
    const Transition transition(*this);
    Types types = wanted_by_others(consumer);
    for (const Selection& selection : selections) {
        const auto [place, added] = types.try_emplace(selection.stream, selection.type);
        if (!added && place->second != selection.type) {
            return choices::kAnotherTypeRuns;
        }
    }
    HRESULT hr = state();
    if (FAILED(hr)) {
        return hr;
    }
    const bool first = !consumer.started();
    bool enough = false;
    {
        const LockGuard guard(lock_);
        enough = std::ranges::includes(running_, types);
    }
    if (!enough) {
        hr = run(types);
    }
    if (FAILED(hr)) {
        return hr;
    }
    if (!consumer.begin(selections)) {
        // Closed meanwhile, and nobody else stops what it has just started.
        if (first && wanted_by_others(consumer).empty()) {
            halt();
        }
        return MF_E_SHUTDOWN;
    }
    if (first) {
        tell(EventData::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START));
    }
    return S_OK;
}

HRESULT Pipeline::stop(PipelineConsumer& consumer, bool closing) noexcept {
    const Transition transition(*this);
    if (!consumer.started()) {
        return MF_E_INVALID_STATE_TRANSITION;
    }
    const HRESULT hr = guarded([&] {
        const bool last = wanted_by_others(consumer).empty();
        return last && SUCCEEDED(state()) ? halt() : S_OK;
    });
    if (FAILED(hr) && !closing && SUCCEEDED(state())) {
        return hr;
    }
    consumer.end_streams();
    tell(EventData::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP));
    return hr;
}

HRESULT Pipeline::request_sample(DWORD stream, unsigned asked) {
    ComPtr<IMFMediaStream> instance;
    {
        const LockGuard guard(lock_);
        if (FAILED(state_)) {
            return state_;
        }
        const auto found = streams_.find(stream);
        if (found == streams_.end() || !running_.contains(stream)) {
            return MF_E_INVALIDREQUEST;
        }
        // What others have asked for is for all.
        if (asked <= found->second.requests) {
            return S_OK;
        }
        ++found->second.requests;
        instance = found->second.instance;
    }
    const HRESULT hr = traced(
        instance.get(), "IMFMediaStream::RequestSample",
        [&] { return instance->RequestSample(nullptr); }, static_cast<const void*>(nullptr));
    if (FAILED(hr)) {
        const LockGuard guard(lock_);
        Stream& same = streams_[stream];
        same.requests -= same.requests != 0 ? 1 : 0;
    }
    return hr;
}

void Pipeline::close(PipelineConsumer& consumer) noexcept {
    stop(consumer, true);
    bool last = false;
    {
        const LockGuard guard(lock_);
        std::erase_if(consumers_, [&](const std::weak_ptr<PipelineConsumer>& each) {
            const auto same = each.lock();
            return !same || same.get() == &consumer;
        });
        last = consumers_.empty() && SUCCEEDED(state_);
    }
    tell(EventData::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE));
    if (last &&
        switches::code(switches::Switch::kPipelineShutdownOnLastWatcher) == switches::kYes) {
        tell(EventData::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN));
    }
}

Pipeline::Consumers Pipeline::consumers() noexcept {
    Consumers alive;
    guarded([&] {
        const LockGuard guard(lock_);
        for (const std::weak_ptr<PipelineConsumer>& each : consumers_) {
            if (auto consumer = each.lock()) {
                alive.push_back(std::move(consumer));
            }
        }
        return S_OK;
    });
    return alive;
}

Pipeline::Types Pipeline::wanted_by_others(const PipelineConsumer& consumer) {
    Types types;
    for (const std::shared_ptr<PipelineConsumer>& each : consumers()) {
        if (each.get() != &consumer) {
            each->add_types(types);
        }
    }
    return types;
}

HRESULT Pipeline::run(const Types& types) {
    ComPtr<IMFPresentationDescriptor> descriptor;
    DWORD count = 0;
    std::size_t found = 0;
    HRESULT hr = traced(source_.get(), "IMFMediaSource::CreatePresentationDescriptor",
                        [&] { return source_->CreatePresentationDescriptor(descriptor.put()); });
    if (SUCCEEDED(hr)) {
        hr = descriptor->GetStreamDescriptorCount(&count);
    }
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        hr = select(descriptor.get(), index, types, found);
    }
    if (SUCCEEDED(hr) && found != types.size()) {
        hr = MF_E_INVALIDSTREAMNUMBER;
    }
    if (FAILED(hr)) {
        return hr;
    }
    {
        const LockGuard guard(lock_);
        for (auto& [id, stream] : streams_) {
            stream.announced = false;
            stream.requests = 0;
        }
        running_ = types;
    }
    await(Awaited::kStart);
    PROPVARIANT position;
    PropVariantInit(&position);
    hr = traced(
        source_.get(), "IMFMediaSource::Start",
        [&] { return source_->Start(descriptor.get(), nullptr, &position); }, descriptor.get(),
        static_cast<const void*>(nullptr), position);
    if (SUCCEEDED(hr)) {
        hr = awaited();
    }
    await(Awaited::kNothing);
    if (FAILED(hr)) {
        const LockGuard guard(lock_);
        running_.clear();
    }
    return hr;
}

HRESULT Pipeline::halt() noexcept {
    await(Awaited::kStop);
    HRESULT hr = traced(source_.get(), "IMFMediaSource::Stop", [&] { return source_->Stop(); });
    if (SUCCEEDED(hr)) {
        hr = awaited();
    }
    await(Awaited::kNothing);
    const LockGuard guard(lock_);
    if (SUCCEEDED(hr)) {
        running_.clear();
        for (auto& [id, stream] : streams_) {
            stream.requests = 0;
        }
    }
    return hr;
}

void Pipeline::await(Awaited what) noexcept {
    const LockGuard guard(lock_);
    awaited_ = what;
    come_ = false;
    failure_ = S_OK;
}

// With lock_ held.
bool Pipeline::has_come() noexcept {
    // The streams may be announced before or after the start of the source.
    const auto known = [&](const auto& wanted) {
        const auto stream = streams_.find(wanted.first);
        return stream != streams_.end() && stream->second.announced;
    };
    return come_ && (awaited_ != Awaited::kStart || std::ranges::all_of(running_, known));
}

HRESULT Pipeline::awaited() noexcept {
    const ULONGLONG end = GetTickCount64() + kPatience;
    const LockGuard guard(lock_);
    for (;;) {
        if (FAILED(state_) || FAILED(failure_) || FAILED(events_end_)) {
            return FAILED(state_) ? state_ : FAILED(failure_) ? failure_ : events_end_;
        }
        if (has_come()) {
            return S_OK;
        }
        const ULONGLONG now = GetTickCount64();
        if (now >= end) {
            return choices::kSourceTooSlow;
        }
        SleepConditionVariableSRW(&changed_, lock_.get(), static_cast<DWORD>(end - now), 0);
    }
}

bool Pipeline::on_event(EventPump& pump, IMFMediaEvent* event) noexcept {
    guarded([&] {
        if (&pump == pump_.get()) {
            on_source_event(event);
        } else {
            on_stream_event(pump, event);
        }
        return S_OK;
    });
    return true;
}

void Pipeline::on_end(EventPump& pump, HRESULT reason) noexcept {
    if (&pump != pump_.get()) {
        return;
    }
    {
        const LockGuard guard(lock_);
        events_end_ = reason;
        if (FAILED(state_)) {
            return;
        }
    }
    WakeAllConditionVariable(&changed_);
    // Not by us: the source has died.
    const EventData error = EventData::of(MEError, reason);
    tell(error);
    for (const std::shared_ptr<PipelineConsumer>& consumer : consumers()) {
        consumer->tell(error);
    }
}

void Pipeline::on_source_event(IMFMediaEvent* event) {
    EventData data;
    if (FAILED(read_event(event, data))) {
        return;
    }
    switch (data.type) {
        case MENewStream:
        case MEUpdatedStream:
            on_stream(event);
            return;
        case MESourceStarted:
        case MESourceStopped: {
            {
                const LockGuard guard(lock_);
                const Awaited which =
                    data.type == MESourceStarted ? Awaited::kStart : Awaited::kStop;
                come_ = come_ || awaited_ == which;
                if (awaited_ == which && FAILED(data.status)) {
                    failure_ = data.status;
                }
            }
            WakeAllConditionVariable(&changed_);
            return;
        }
        case MEExtendedType:
            if (data.extended_type == MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT) {
                tell(data);
                return;
            }
            break;
        case MEError: {
            const LockGuard guard(lock_);
            failure_ = FAILED(data.status) ? data.status : E_FAIL;
        }
            WakeAllConditionVariable(&changed_);
            tell(data);
            break;
        default:
            break;
    }
    for (const std::shared_ptr<PipelineConsumer>& consumer : consumers()) {
        consumer->tell(data);
    }
}

void Pipeline::on_stream(IMFMediaEvent* event) {
    const ComPtr<IMFMediaStream> instance = object_of<IMFMediaStream>(event);
    DWORD id = 0;
    if (!instance || FAILED(stream_id(instance.get(), id))) {
        return;
    }
    const ComPtr<IUnknown> identity = instance.as<IUnknown>();
    ComPtr<EventPump> fresh;
    fresh.attach(new EventPump(instance.get(), weak_from_this()));
    Stream before;  // released outside the lock
    {
        const LockGuard guard(lock_);
        Stream& stream = streams_[id];
        stream.announced = true;
        if (stream.identity.get() == identity.get()) {
            fresh.reset();
        } else {
            before = std::exchange(stream, Stream{identity, instance, fresh, true});
        }
    }
    WakeAllConditionVariable(&changed_);
    if (fresh) {
        fresh->begin();
    }
}

void Pipeline::on_stream_event(EventPump& pump, IMFMediaEvent* event) {
    EventData data;
    if (FAILED(read_event(event, data))) {
        return;
    }
    DWORD id = 0;
    {
        const LockGuard guard(lock_);
        const auto found = std::ranges::find_if(
            streams_, [&](const auto& each) { return each.second.pump.get() == &pump; });
        if (found == streams_.end()) {
            return;
        }
        id = found->first;
        if (data.type == MEMediaSample && found->second.requests != 0) {
            --found->second.requests;
        }
    }
    // Each consumer's streams start and stop by themselves.
    if (data.type == MEStreamStarted || data.type == MEStreamStopped) {
        return;
    }
    const ComPtr<IMFSample> sample =
        data.type == MEMediaSample ? object_of<IMFSample>(event) : ComPtr<IMFSample>();
    for (const std::shared_ptr<PipelineConsumer>& consumer : consumers()) {
        if (sample) {
            consumer->give(id, sample.get());
        } else {
            consumer->tell_stream(id, data);
        }
    }
}

void Pipeline::tell(const EventData& event) noexcept {
    if (const std::shared_ptr<CameraListener> listener = listener_.lock()) {
        listener->on_event(event);
    }
}

// ---- PipelineConsumer ---------------------------------------------------------------------------

PipelineConsumer::~PipelineConsumer() {
    close();
}

HRESULT PipelineConsumer::start(const std::vector<Selection>& selections) noexcept {
    return guarded([&] { return pipeline_->start(*this, selections); });
}

HRESULT PipelineConsumer::stop() noexcept {
    return pipeline_->stop(*this, false);
}

HRESULT PipelineConsumer::request_sample(DWORD stream) noexcept {
    unsigned asked = 0;
    {
        const LockGuard guard(lock_);
        const auto want = streams_.find(stream);
        if (!started_ || want == streams_.end()) {
            return MF_E_INVALIDREQUEST;
        }
        asked = ++want->second.requests;
    }
    const HRESULT hr = guarded([&] { return pipeline_->request_sample(stream, asked); });
    if (FAILED(hr)) {
        const LockGuard guard(lock_);
        const auto want = streams_.find(stream);
        if (want != streams_.end() && want->second.requests != 0) {
            --want->second.requests;
        }
    }
    return hr;
}

void PipelineConsumer::close() noexcept {
    {
        const LockGuard guard(lock_);
        if (closed_) {
            return;
        }
        closed_ = true;
    }
    pipeline_->close(*this);
}

bool PipelineConsumer::started() noexcept {
    const LockGuard guard(lock_);
    return started_;
}

void PipelineConsumer::add_types(std::map<DWORD, Bytes>& types) {
    const LockGuard guard(lock_);
    for (const auto& [stream, want] : streams_) {
        types.try_emplace(stream, want.type);
    }
}

bool PipelineConsumer::begin(const std::vector<Selection>& selections) {
    std::map<DWORD, Want> streams;
    for (const Selection& selection : selections) {
        streams[selection.stream].type = selection.type;
    }
    const LockGuard guard(lock_);
    if (closed_) {
        return false;
    }
    started_ = true;
    streams_.swap(streams);
    for (const auto& [stream, want] : streams_) {
        listener_->on_stream_event(stream, EventData::of(MENewStream));
    }
    for (const auto& [stream, want] : streams_) {
        listener_->on_stream_event(stream, EventData::of(MEStreamStarted));
    }
    listener_->on_event(EventData::of(MESourceStarted));
    return true;
}

bool PipelineConsumer::end_streams() noexcept {
    const LockGuard guard(lock_);
    if (!std::exchange(started_, false)) {
        return false;
    }
    if (!closed_ && !ended_) {
        for (const auto& [stream, want] : streams_) {
            listener_->on_stream_event(stream, EventData::of(MEStreamStopped));
        }
        listener_->on_event(EventData::of(MESourceStopped));
    }
    streams_.clear();
    return true;
}

void PipelineConsumer::tell(const EventData& event) noexcept {
    const LockGuard guard(lock_);
    if (!closed_ && !ended_ && started_) {
        listener_->on_event(event);
    }
}

void PipelineConsumer::tell_stream(DWORD stream, const EventData& event) noexcept {
    const LockGuard guard(lock_);
    if (!closed_ && !ended_ && streams_.contains(stream)) {
        listener_->on_stream_event(stream, event);
    }
}

void PipelineConsumer::give(DWORD stream, IMFSample* sample) noexcept {
    const LockGuard guard(lock_);
    const auto want = streams_.find(stream);
    if (!closed_ && !ended_ && want != streams_.end() && want->second.requests != 0) {
        --want->second.requests;
        listener_->on_sample(stream, sample);
    }
}

void PipelineConsumer::end(HRESULT reason) noexcept {
    const LockGuard guard(lock_);
    if (!closed_ && !std::exchange(ended_, true)) {
        listener_->on_end(reason);
    }
}

}  // namespace mfvcam::simulator
