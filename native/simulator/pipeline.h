// One instance of a media source, and those who read from it: it runs while anybody wants frames,
// and a sample goes to all who have asked for one.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <map>
#include <memory>
#include <vector>

#include "com_ptr.h"
#include "event_pump.h"
#include "host.h"
#include "lock.h"

namespace mfvcam::simulator {

class PipelineConsumer;

class Pipeline final : public EventSink, public std::enable_shared_from_this<Pipeline> {
 public:
    // listener: told of MEError and CUSTOM_EVENT of the source, and of what consumers make it do.
    static std::shared_ptr<Pipeline> make(const ComPtr<IMFMediaSource>& source,
                                          const std::weak_ptr<CameraListener>& listener);

    HRESULT open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                          SourceData& description, std::shared_ptr<Consumer>& consumer);
    // S_OK, or why it has ended.
    [[nodiscard]] HRESULT state() noexcept;
    // Ends the source and all consumers, which are told the reason. Once.
    void shutdown(HRESULT reason) noexcept;

    bool on_event(EventPump& pump, IMFMediaEvent* event) noexcept override;
    void on_end(EventPump& pump, HRESULT reason) noexcept override;

    // For consumers.
    HRESULT start(PipelineConsumer& consumer, const std::vector<Selection>& selections);
    HRESULT stop(PipelineConsumer& consumer, bool closing) noexcept;
    // asked: how many samples the consumer waits for.
    HRESULT request_sample(DWORD stream, unsigned asked);
    void close(PipelineConsumer& consumer) noexcept;

 private:
    using Types = std::map<DWORD, Bytes>;  // by stream
    using Consumers = std::vector<std::shared_ptr<PipelineConsumer>>;

    struct Stream {
        ComPtr<IUnknown> identity;
        ComPtr<IMFMediaStream> instance;
        ComPtr<EventPump> pump;
        bool announced = false;  // since the last Start
        unsigned requests = 0;   // that the instance has not answered
    };
    // Start and Stop follow each other; no lock is held while they call the source and wait for it.
    class Transition {
     public:
        explicit Transition(Pipeline& pipeline) noexcept;
        ~Transition();
        Transition(const Transition&) = delete;
        Transition& operator=(const Transition&) = delete;

     private:
        Pipeline& pipeline_;
    };
    enum class Awaited { kNothing, kStart, kStop };

    // What started consumers want, but this one.
    Types wanted_by_others(const PipelineConsumer& consumer);
    HRESULT run(const Types& types);
    HRESULT halt() noexcept;
    void await(Awaited what) noexcept;
    HRESULT awaited() noexcept;
    [[nodiscard]] bool has_come() noexcept;
    void on_source_event(IMFMediaEvent* event);
    void on_stream(IMFMediaEvent* event);
    void on_stream_event(EventPump& pump, IMFMediaEvent* event);
    Consumers consumers() noexcept;
    void tell(const EventData& event) noexcept;

    ComPtr<IMFMediaSource> source_;
    ComPtr<EventPump> pump_;
    std::weak_ptr<CameraListener> listener_;

    Lock lock_;
    CONDITION_VARIABLE changed_ = CONDITION_VARIABLE_INIT;
    bool busy_ = false;  // a transition
    Awaited awaited_ = Awaited::kNothing;
    bool come_ = false;          // MESourceStarted or MESourceStopped, as awaited
    HRESULT failure_ = S_OK;     // of what is awaited
    HRESULT events_end_ = S_OK;  // why the source gives no events
    HRESULT state_ = S_OK;       // once shut down, the reason
    Types running_;              // what the source was started with
    std::vector<std::weak_ptr<PipelineConsumer>> consumers_;
    std::map<DWORD, Stream> streams_;
};

// What it is told comes in the order of the calls and events that caused it, and ends with close.
class PipelineConsumer final : public Consumer,
                               public std::enable_shared_from_this<PipelineConsumer> {
 public:
    PipelineConsumer(std::shared_ptr<Pipeline> pipeline,
                     std::shared_ptr<ConsumerListener> listener) noexcept
        : pipeline_(std::move(pipeline)), listener_(std::move(listener)) {}
    ~PipelineConsumer() override;

    HRESULT start(const std::vector<Selection>& selections) noexcept override;
    HRESULT stop() noexcept override;
    HRESULT request_sample(DWORD stream) noexcept override;
    void close() noexcept override;

    // For the pipeline.
    [[nodiscard]] bool started() noexcept;
    void add_types(std::map<DWORD, Bytes>& types);
    // False if it has been closed.
    bool begin(const std::vector<Selection>& selections);
    // False if it was not started.
    bool end_streams() noexcept;
    void tell(const EventData& event) noexcept;
    void tell_stream(DWORD stream, const EventData& event) noexcept;
    void give(DWORD stream, IMFSample* sample) noexcept;
    void end(HRESULT reason) noexcept;

 private:
    struct Want {
        Bytes type;
        unsigned requests = 0;
    };

    const std::shared_ptr<Pipeline> pipeline_;
    const std::shared_ptr<ConsumerListener> listener_;
    // Held while the listener is told, which calls nothing here: so nothing overtakes.
    Lock lock_;
    bool closed_ = false;
    bool ended_ = false;
    bool started_ = false;
    std::map<DWORD, Want> streams_;  // while started
};

}  // namespace mfvcam::simulator
