// The source's one video stream.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <cstdint>
#include <deque>
#include <memory>

#include "../abi/mfmediasource_abi.h"
#include "action_queue.h"
#include "deadline_thread.h"
#include "event_queue.h"
#include "forwarded_events.h"
#include "frame_clock.h"
#include "ks_events.h"
#include "module_object.h"
#include "sample_pool.h"

namespace mfvcam::source {

class MediaSource;

class MediaStream final
    : public ModuleObject<MediaStream,
                          ForwardedEvents<IMFMediaStream2, std::shared_ptr<EventQueue>>> {
 public:
    static constexpr DWORD kIdentifier = 0;

    // Throws std::bad_alloc.
    static HRESULT create(std::shared_ptr<WeakLink<MediaSource>> source,
                          std::shared_ptr<KsEvents> events, std::shared_ptr<ActionQueue> actions,
                          ComPtr<MediaStream>* stream);

    MediaStream(std::shared_ptr<WeakLink<MediaSource>> source, std::shared_ptr<KsEvents> events,
                std::shared_ptr<ActionQueue> actions);
    ~MediaStream();

    void* find_interface(REFIID iid) noexcept;

    // IMFMediaStream
    STDMETHODIMP GetMediaSource(IMFMediaSource** source) noexcept override;
    STDMETHODIMP GetStreamDescriptor(IMFStreamDescriptor** descriptor) noexcept override;
    STDMETHODIMP RequestSample(IUnknown* token) noexcept override;
    // IMFMediaStream2
    STDMETHODIMP SetStreamState(MF_STREAM_STATE state) noexcept override;
    STDMETHODIMP GetStreamState(MF_STREAM_STATE* state) noexcept override;

    // For the source. One change of state at a time: a Transition excludes every other but
    // shut_down, which may come at any moment. It holds no lock.
    class Transition {
     public:
        Transition() noexcept = default;
        ~Transition();
        Transition(const Transition&) = delete;
        Transition& operator=(const Transition&) = delete;
        // MF_E_INVALID_STATE_TRANSITION while another one is under way.
        HRESULT begin(MediaStream* stream) noexcept;

     private:
        ComPtr<MediaStream> stream_;
    };

    // Within a Transition. What follows from the change is appended to the action queue, after
    // `before`; the caller runs it.
    HRESULT start(PixelFormat format, bool announce, ActionQueue::Actions before);
    HRESULT stop(bool announce);

    HRESULT set_allocator(IUnknown* allocator) noexcept;
    HRESULT get_attributes(IMFAttributes** attributes) noexcept;
    ComPtr<IMFStreamDescriptor> descriptor() noexcept;
    void shut_down() noexcept;

 private:
    using Requests = std::deque<ComPtr<IUnknown>>;

    // What one run of the stream, from start to stop in one format, needs.
    struct Run {
        std::uint64_t id = 0;  // tells the ticks of this run from those of another
        std::shared_ptr<DeadlineThread> clock;
        std::shared_ptr<SamplePool> pool;

        void end() const noexcept;
    };
    struct Request {
        ComPtr<IUnknown> token;
        std::uint64_t epoch = 0;
    };

    HRESULT initialize();
    HRESULT set_state(MF_STREAM_STATE state);
    HRESULT open_run(PixelFormat format, Run* run);
    HRESULT selected_format(PixelFormat* format) noexcept;
    void abandon_run(ActionQueue::Actions stopped) noexcept;
    void tick(std::uint64_t run, std::int64_t time) noexcept;
    void deliver(std::uint64_t run, std::int64_t time);
    bool take_request(std::uint64_t run, Request* request, std::shared_ptr<SamplePool>* pool,
                      std::uint64_t* frame_number);
    void give_back(Request request);
    void deliver_sample(IMFSample* sample) noexcept;
    void append_signal(ActionQueue::Actions& actions, std::uint32_t event_id) const;
    void append_event(ActionQueue::Actions& actions, MediaEventType type) const;

    const std::shared_ptr<WeakLink<MediaSource>> source_;
    const std::shared_ptr<KsEvents> events_;
    const std::shared_ptr<ActionQueue> actions_;
    const std::shared_ptr<WeakLink<MediaStream>> link_;

    Lock lock_;
    bool shut_down_ = false;
    bool in_transition_ = false;
    MF_STREAM_STATE state_ = MF_STREAM_STATE_STOPPED;
    PixelFormat format_ = PixelFormat::nv12;
    bool started_before_ = false;
    Run run_;
    std::uint64_t last_run_id_ = 0;
    std::uint64_t frame_number_ = 0;
    Requests requests_;
    std::uint64_t epoch_ = 0;  // ends when requests are discarded
    ComPtr<IMFVideoSampleAllocator> provided_allocator_;
    ComPtr<IMFAttributes> attributes_;
    ComPtr<IMFStreamDescriptor> descriptor_;
};

}  // namespace mfvcam::source
