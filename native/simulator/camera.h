// A camera as the system knows it. Every camera object made with its parameters opens this one.
#pragma once

#include <windows.h>

#include <memory>
#include <vector>

#include "camera_key.h"
#include "camera_source.h"
#include "host.h"
#include "lock.h"
#include "monitor.h"
#include "turns.h"

namespace mfvcam::simulator {

class Camera final : public CameraListener, public std::enable_shared_from_this<Camera> {
 public:
    explicit Camera(CameraKey key) : key_(std::move(key)) {}
    // One that another process has had, and is stopped now. restarts: until restart() has been
    // called, those who ask for it wait.
    static std::shared_ptr<Camera> restored(const CameraKey& key, const Bytes& attributes,
                                            bool restarts);
    void restart() noexcept;
    void await_restart() noexcept;

    [[nodiscard]] const CameraKey& key() const noexcept { return key_; }
    [[nodiscard]] CameraState state() noexcept;

    // S_FALSE: has been removed, and never starts again.
    HRESULT start(const Bytes& attributes) noexcept;
    void stop() noexcept;
    void remove() noexcept;
    // As if its media source had died: it stays, with what is left of that, until it is stopped.
    void invalidate() noexcept;

    void add(std::shared_ptr<CameraListener> listener);
    void drop(const CameraListener* listener) noexcept;

    // Of the media source.
    void on_event(const EventData& event) noexcept override;
    void on_removed() noexcept override {}

 private:
    enum class State { kNew, kStarted, kStopped, kRemoved };

    // False if it has been removed before.
    bool end(State state) noexcept;

    const CameraKey key_;
    Turns transitions_;  // start, stop and remove follow each other; nothing else waits for them
    Lock lock_;
    State state_ = State::kNew;
    bool restarts_ = false;
    CONDITION_VARIABLE restarted_ = CONDITION_VARIABLE_INIT;
    bool tells_removal_ = false;  // to the listeners there were; to others at once
    bool removal_told_ = false;
    std::shared_ptr<CameraSource> source_;
    monitor::Watched watched_;
    Bytes attributes_;  // given to the source
    std::vector<std::shared_ptr<CameraListener>> listeners_;
};

}  // namespace mfvcam::simulator
