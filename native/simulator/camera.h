// A camera as the system knows it. Every camera object made with its parameters opens this one.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <memory>
#include <vector>

#include "camera_key.h"
#include "com_ptr.h"
#include "host.h"
#include "lock.h"
#include "start_callback.h"

namespace mfvcam::simulator {

class Camera final : public HostListener, public std::enable_shared_from_this<Camera> {
 public:
    explicit Camera(CameraKey key) : key_(std::move(key)) {}
    ~Camera() override;

    [[nodiscard]] const CameraKey& key() const noexcept { return key_; }
    // Started at least once, and not removed.
    [[nodiscard]] bool exists() noexcept;
    [[nodiscard]] bool removed() noexcept;
    // While started; else null.
    [[nodiscard]] std::shared_ptr<HostedSource> source() noexcept;

    // S_FALSE: has been removed, and never starts again.
    HRESULT start(const Activation& activation) noexcept;
    void stop() noexcept;
    void remove() noexcept;

    void add(ComPtr<StartCallback> callback);
    // Those of one camera object.
    void drop_callbacks(const void* owner) noexcept;

    void on_event(IMFMediaEvent* event) noexcept override;

 private:
    enum class State { kNew, kStarted, kStopped, kRemoved };

    // Start, stop and remove of one camera follow each other. Nothing else waits for them, and no
    // lock is held while they call the media source.
    class Transition {
     public:
        explicit Transition(Camera& camera) noexcept;
        ~Transition();
        Transition(const Transition&) = delete;
        Transition& operator=(const Transition&) = delete;

     private:
        Camera& camera_;
    };

    void end(State state) noexcept;
    ComPtr<StartCallback> take_callback(const void* owner, bool any) noexcept;

    const CameraKey key_;
    Lock lock_;
    CONDITION_VARIABLE idle_ = CONDITION_VARIABLE_INIT;
    bool busy_ = false;
    State state_ = State::kNew;
    std::shared_ptr<HostedSource> source_;
    std::vector<ComPtr<StartCallback>> callbacks_;
};

}  // namespace mfvcam::simulator
