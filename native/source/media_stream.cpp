#include "media_stream.h"

#include <mfapi.h>
#include <mferror.h>

#include <array>
#include <iterator>
#include <utility>

#include "guard.h"
#include "media_source.h"
#include "system_time.h"
#include "video_format.h"

namespace mfvcam::source {
namespace {

// What a consumer may ask for ahead. Pipelines ask for a handful; more is somebody eating memory.
constexpr std::size_t kRequestLimit = 1024;

HRESULT mark_as_capture_stream(IMFAttributes* attributes) noexcept {
    HRESULT hr =
        attributes->SetGUID(abi::MF_DEVICESTREAM_STREAM_CATEGORY, abi::kPinNameVideoCapture);
    if (SUCCEEDED(hr)) {
        hr = attributes->SetUINT32(abi::MF_DEVICESTREAM_STREAM_ID, MediaStream::kIdentifier);
    }
    if (SUCCEEDED(hr)) {
        hr = attributes->SetUINT32(abi::MF_DEVICESTREAM_FRAMESERVER_SHARED, 1);
    }
    if (SUCCEEDED(hr)) {
        hr = attributes->SetUINT32(abi::MF_DEVICESTREAM_ATTRIBUTE_FRAMESOURCE_TYPES,
                                   abi::kFrameSourceTypeColor);
    }
    return hr;
}

HRESULT create_descriptor(ComPtr<IMFStreamDescriptor>* descriptor) noexcept {
    constexpr std::size_t count = std::size(kPixelFormats);
    std::array<ComPtr<IMFMediaType>, count> types;
    std::array<IMFMediaType*, count> pointers = {};
    for (std::size_t i = 0; i < count; ++i) {
        const HRESULT hr = create_media_type(kPixelFormats[i], &types[i]);
        if (FAILED(hr)) {
            return hr;
        }
        pointers[i] = types[i].get();
    }
    HRESULT hr = MFCreateStreamDescriptor(MediaStream::kIdentifier, static_cast<DWORD>(count),
                                          pointers.data(), descriptor->put());
    ComPtr<IMFMediaTypeHandler> handler;
    if (SUCCEEDED(hr)) {
        hr = (*descriptor)->GetMediaTypeHandler(handler.put());
    }
    if (SUCCEEDED(hr)) {
        hr = handler->SetCurrentMediaType(pointers[0]);
    }
    return SUCCEEDED(hr) ? mark_as_capture_stream(descriptor->get()) : hr;
}

HRESULT stamp(IMFSample* sample, std::int64_t time, IUnknown* token) noexcept {
    HRESULT hr = sample->SetSampleTime(time);
    if (SUCCEEDED(hr)) {
        hr = sample->SetSampleDuration(kSecond / kFramesPerSecond);
    }
    if (FAILED(hr)) {
        return hr;
    }
    if (token != nullptr) {
        return sample->SetUnknown(MFSampleExtension_Token, token);
    }
    // A sample of the pool may still carry the last one.
    sample->DeleteItem(MFSampleExtension_Token);
    return S_OK;
}

}  // namespace

HRESULT MediaStream::create(std::shared_ptr<WeakLink<MediaSource>> source,
                            std::shared_ptr<KsEvents> events, std::shared_ptr<ActionQueue> actions,
                            ComPtr<MediaStream>* stream) {
    auto made = make_object<MediaStream>(std::move(source), std::move(events), std::move(actions));
    const HRESULT hr = made->initialize();
    if (SUCCEEDED(hr)) {
        *stream = std::move(made);
    }
    return hr;
}

MediaStream::MediaStream(std::shared_ptr<WeakLink<MediaSource>> source,
                         std::shared_ptr<KsEvents> events, std::shared_ptr<ActionQueue> actions)
    : source_(std::move(source)),
      events_(std::move(events)),
      actions_(std::move(actions)),
      link_(std::make_shared<WeakLink<MediaStream>>(this)) {
    queue_ = std::make_shared<EventQueue>();
}

MediaStream::~MediaStream() {
    link_->clear();
    shut_down();
}

HRESULT MediaStream::initialize() {
    HRESULT hr = queue_->open();
    if (SUCCEEDED(hr)) {
        hr = MFCreateAttributes(attributes_.put(), 4);
    }
    if (SUCCEEDED(hr)) {
        hr = mark_as_capture_stream(attributes_.get());
    }
    return SUCCEEDED(hr) ? create_descriptor(&descriptor_) : hr;
}

void* MediaStream::find_interface(REFIID iid) noexcept {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFMediaEventGenerator) ||
        iid == __uuidof(IMFMediaStream) || iid == __uuidof(IMFMediaStream2)) {
        return static_cast<IMFMediaStream2*>(this);
    }
    return nullptr;
}

STDMETHODIMP MediaStream::GetMediaSource(IMFMediaSource** source) noexcept {
    if (source == nullptr) {
        return E_POINTER;
    }
    *source = nullptr;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
    }
    *source = source_->get().detach();
    return *source != nullptr ? S_OK : MF_E_SHUTDOWN;
}

STDMETHODIMP MediaStream::GetStreamDescriptor(IMFStreamDescriptor** descriptor) noexcept {
    if (descriptor == nullptr) {
        return E_POINTER;
    }
    *descriptor = this->descriptor().detach();
    return *descriptor != nullptr ? S_OK : MF_E_SHUTDOWN;
}

STDMETHODIMP MediaStream::RequestSample(IUnknown* token) noexcept {
    return guarded([&]() -> HRESULT {
        ComPtr<IUnknown> held(token);
        {
            const LockGuard guard(lock_);
            if (shut_down_) {
                return MF_E_SHUTDOWN;
            }
            if (state_ != MF_STREAM_STATE_RUNNING) {
                return MF_E_INVALIDREQUEST;
            }
            if (requests_.size() >= kRequestLimit) {
                return MF_E_NOTACCEPTING;
            }
            requests_.push_back(std::move(held));
            events_->counters().requested();
        }
        events_->signal(MFVCAM_EVENT_FRAME_REQUESTED);
        return S_OK;
    });
}

STDMETHODIMP MediaStream::SetStreamState(MF_STREAM_STATE state) noexcept {
    return guarded([&]() -> HRESULT {
        Transition transition;
        const HRESULT hr = transition.begin(this);
        return SUCCEEDED(hr) ? set_state(state) : hr;
    });
}

STDMETHODIMP MediaStream::GetStreamState(MF_STREAM_STATE* state) noexcept {
    if (state == nullptr) {
        return E_POINTER;
    }
    const LockGuard guard(lock_);
    *state = shut_down_ ? MF_STREAM_STATE_STOPPED : state_;
    return shut_down_ ? MF_E_SHUTDOWN : S_OK;
}

HRESULT MediaStream::set_state(MF_STREAM_STATE state) {
    MF_STREAM_STATE current = MF_STREAM_STATE_STOPPED;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
        current = state_;
        const bool pauses = state == MF_STREAM_STATE_PAUSED && current == MF_STREAM_STATE_RUNNING;
        const bool resumes = state == MF_STREAM_STATE_RUNNING && current == MF_STREAM_STATE_PAUSED;
        if (pauses || resumes) {
            state_ = state;
            return S_OK;
        }
    }
    if (state == current) {
        return S_OK;
    }
    HRESULT hr = E_INVALIDARG;
    switch (state) {
        case MF_STREAM_STATE_STOPPED:
            hr = stop(false);
            break;
        case MF_STREAM_STATE_PAUSED:
            return MF_E_INVALID_STATE_TRANSITION;
        case MF_STREAM_STATE_RUNNING: {
            PixelFormat format = PixelFormat::nv12;
            hr = selected_format(&format);
            if (SUCCEEDED(hr)) {
                hr = start(format, false, {});
            }
            break;
        }
        default:
            return E_INVALIDARG;
    }
    actions_->run();
    return hr;
}

HRESULT MediaStream::selected_format(PixelFormat* format) noexcept {
    const auto descriptor = this->descriptor();
    if (!descriptor) {
        return MF_E_SHUTDOWN;
    }
    ComPtr<IMFMediaTypeHandler> handler;
    ComPtr<IMFMediaType> type;
    HRESULT hr = descriptor->GetMediaTypeHandler(handler.put());
    if (SUCCEEDED(hr)) {
        hr = handler->GetCurrentMediaType(type.put());
    }
    return SUCCEEDED(hr) ? parse_media_type(type.get(), format) : hr;
}

MediaStream::Transition::~Transition() {
    if (stream_) {
        const LockGuard guard(stream_->lock_);
        stream_->in_transition_ = false;
    }
}

HRESULT MediaStream::Transition::begin(MediaStream* stream) noexcept {
    const LockGuard guard(stream->lock_);
    if (stream->shut_down_) {
        return MF_E_SHUTDOWN;
    }
    if (stream->in_transition_) {
        return MF_E_INVALID_STATE_TRANSITION;
    }
    stream->in_transition_ = true;
    stream_ = ComPtr<MediaStream>(stream);
    return S_OK;
}

void MediaStream::Run::end() const noexcept {
    if (clock) {
        clock->stop();
    }
    if (pool) {
        pool->close();
    }
}

void MediaStream::append_signal(ActionQueue::Actions& actions, std::uint32_t event_id) const {
    actions.emplace_back([events = events_, event_id] { events->signal(event_id); });
}

void MediaStream::append_event(ActionQueue::Actions& actions, MediaEventType type) const {
    actions.emplace_back([queue = queue_, type] { queue->queue(type); });
}

HRESULT MediaStream::start(PixelFormat format, bool announce, ActionQueue::Actions before) {
    bool running = false;
    bool same_format = false;
    bool format_changed = false;
    {
        const LockGuard guard(lock_);
        running = state_ != MF_STREAM_STATE_STOPPED;
        same_format = format_ == format;
        format_changed = started_before_ && !same_format;
    }
    ActionQueue::Actions actions = std::move(before);
    ActionQueue::Actions stopped;
    append_signal(stopped, MFVCAM_EVENT_STREAM_STOPPED);
    if (announce) {
        append_event(actions, MEStreamStarted);
    }
    if (!running) {
        append_signal(actions, MFVCAM_EVENT_STREAM_STARTED);
    }
    if (format_changed) {
        append_signal(actions, MFVCAM_EVENT_FORMAT_CHANGED);
    }

    Run run;
    if (!running || !same_format) {
        if (running) {
            Run old;
            {
                const LockGuard guard(lock_);
                old = std::exchange(run_, {});
            }
            // Before the new one opens: both may use the pipeline's allocator.
            old.end();
        }
        // Caught here: a stream must not be left running with no clock for want of memory.
        const HRESULT hr = guarded([&] { return open_run(format, &run); });
        if (FAILED(hr)) {
            if (running) {
                abandon_run(std::move(stopped));
            }
            return hr;
        }
    }
    {
        const LockGuard guard(lock_);
        if (!shut_down_) {
            if (run.pool) {
                run_ = std::exchange(run, {});
            }
            state_ = MF_STREAM_STATE_RUNNING;
            format_ = format;
            started_before_ = true;
            actions_->append(std::move(actions));
            return S_OK;
        }
    }
    run.end();
    return MF_E_SHUTDOWN;
}

HRESULT MediaStream::open_run(PixelFormat format, Run* run) {
    ComPtr<IMFVideoSampleAllocator> allocator;
    Run opened;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
        allocator = provided_allocator_;
        opened.id = ++last_run_id_;
    }
    opened.pool = std::make_shared<SamplePool>();
    HRESULT hr = opened.pool->open(allocator.get(), format);
    if (FAILED(hr)) {
        return hr;
    }
    const FrameClock clock(system_time(), kFramesPerSecond);
    hr = DeadlineThread::start(
        clock.deadline(1),
        [link = link_, id = opened.id, clock](std::int64_t now) {
            if (const auto stream = link->get()) {
                stream->tick(id, clock.latest(now));
            }
            return clock.next(system_time());
        },
        &opened.clock);
    if (FAILED(hr)) {
        opened.end();
        return hr;
    }
    *run = std::move(opened);
    return S_OK;
}

void MediaStream::abandon_run(ActionQueue::Actions stopped) noexcept {
    Requests dropped;
    {
        const LockGuard guard(lock_);
        state_ = MF_STREAM_STATE_STOPPED;
        dropped.swap(requests_);
        ++epoch_;
        actions_->append(std::move(stopped));
    }
    actions_->run();
}

HRESULT MediaStream::stop(bool announce) {
    ActionQueue::Actions events;
    ActionQueue::Actions signals;
    if (announce) {
        append_event(events, MEStreamStopped);
    }
    append_signal(signals, MFVCAM_EVENT_STREAM_STOPPED);
    Requests dropped;
    Run run;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return MF_E_SHUTDOWN;
        }
        if (state_ != MF_STREAM_STATE_STOPPED) {
            events.splice(events.end(), signals);
        }
        state_ = MF_STREAM_STATE_STOPPED;
        dropped.swap(requests_);
        ++epoch_;
        run = std::exchange(run_, {});
        actions_->append(std::move(events));
    }
    run.end();
    return S_OK;
}

void MediaStream::tick(std::uint64_t run, std::int64_t time) noexcept {
    guarded([&] {
        deliver(run, time);
        return S_OK;
    });
}

void MediaStream::deliver(std::uint64_t run, std::int64_t time) {
    Request request;
    std::shared_ptr<SamplePool> pool;
    std::uint64_t frame_number = 0;
    if (!take_request(run, &request, &pool, &frame_number)) {
        return;
    }
    ComPtr<IMFSample> sample;
    HRESULT hr = pool->take(frame_number, &sample);
    if (SUCCEEDED(hr)) {
        hr = stamp(sample.get(), time, request.token.get());
    }
    ActionQueue::Actions actions;
    if (SUCCEEDED(hr)) {
        actions.emplace_back(
            [stream = ComPtr<MediaStream>(this), sample] { stream->deliver_sample(sample.get()); });
    } else if (hr != MF_E_SAMPLEALLOCATOR_EMPTY) {
        actions.emplace_back([queue = queue_, hr] { queue->queue(MEError, hr); });
    }
    bool appended = false;
    if (!actions.empty()) {
        const LockGuard guard(lock_);
        if (run_.id == run && state_ == MF_STREAM_STATE_RUNNING) {
            if (SUCCEEDED(hr)) {
                frame_number_ = frame_number;
            }
            actions_->append(std::move(actions));
            appended = true;
        }
    }
    if (appended) {
        actions_->run();
    } else {
        give_back(std::move(request));
    }
}

bool MediaStream::take_request(std::uint64_t run, Request* request,
                               std::shared_ptr<SamplePool>* pool, std::uint64_t* frame_number) {
    const LockGuard guard(lock_);
    if (run_.id != run || state_ != MF_STREAM_STATE_RUNNING || requests_.empty()) {
        return false;
    }
    request->token = std::move(requests_.front());
    request->epoch = epoch_;
    requests_.pop_front();
    *pool = run_.pool;
    *frame_number = frame_number_ + 1;
    return true;
}

// For the next tick: paused meanwhile, another format, or the consumer holds all samples.
void MediaStream::give_back(Request request) {
    const LockGuard guard(lock_);
    if (request.epoch == epoch_) {
        requests_.push_front(std::move(request.token));
    }
}

void MediaStream::deliver_sample(IMFSample* sample) noexcept {
    // Counted first: whoever the event or the signal wakes finds the frame counted.
    events_->counters().delivered();
    if (FAILED(queue_->queue_unknown(MEMediaSample, sample))) {
        events_->counters().not_delivered();
        return;
    }
    events_->signal(MFVCAM_EVENT_FRAME_DELIVERED);
}

HRESULT MediaStream::set_allocator(IUnknown* allocator) noexcept {
    if (allocator == nullptr) {
        return E_POINTER;
    }
    HRESULT hr = S_OK;
    auto wanted = ComPtr<IUnknown>(allocator).as<IMFVideoSampleAllocator>(&hr);
    if (FAILED(hr)) {
        return hr;
    }
    const LockGuard guard(lock_);
    if (shut_down_) {
        return MF_E_SHUTDOWN;
    }
    if (state_ != MF_STREAM_STATE_STOPPED || in_transition_) {
        return MF_E_INVALIDREQUEST;
    }
    wanted.swap(provided_allocator_);
    return S_OK;
}

HRESULT MediaStream::get_attributes(IMFAttributes** attributes) noexcept {
    const LockGuard guard(lock_);
    attributes_.copy_to(attributes);
    return shut_down_ ? MF_E_SHUTDOWN : S_OK;
}

ComPtr<IMFStreamDescriptor> MediaStream::descriptor() noexcept {
    const LockGuard guard(lock_);
    return descriptor_;
}

void MediaStream::shut_down() noexcept {
    Requests dropped;
    Run run;
    ComPtr<IMFVideoSampleAllocator> allocator;
    ComPtr<IMFAttributes> attributes;
    ComPtr<IMFStreamDescriptor> descriptor;
    bool running = false;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return;
        }
        shut_down_ = true;
        running = std::exchange(state_, MF_STREAM_STATE_STOPPED) != MF_STREAM_STATE_STOPPED;
        dropped.swap(requests_);
        ++epoch_;
        run = std::exchange(run_, {});
        allocator.swap(provided_allocator_);
        attributes.swap(attributes_);
        descriptor.swap(descriptor_);
    }
    run.end();
    queue_->shut_down();
    if (running) {
        events_->signal(MFVCAM_EVENT_STREAM_STOPPED);
    }
}

}  // namespace mfvcam::source
