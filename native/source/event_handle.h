// A client's event or semaphore: a duplicate made while the client's call lasts.
#pragma once

#include <windows.h>

#include <memory>

#include "event_registry.h"

namespace mfvcam::source {

class HandleTarget : public SignalTarget {
 public:
    ~HandleTarget() override;
    HandleTarget(const HandleTarget&) = delete;
    HandleTarget& operator=(const HandleTarget&) = delete;

    bool is_named_by(std::uintptr_t handle) const noexcept override;

 protected:
    explicit HandleTarget(HANDLE owned) noexcept;
    HANDLE handle() const noexcept { return handle_; }

 private:
    using Compare = decltype(&::CompareObjectHandles);

    HANDLE handle_;
    Compare compare_;
};

class EventHandle final : public HandleTarget {
 public:
    // E_HANDLE if it is not a handle, or one of something that is not an event.
    static HRESULT duplicate(HANDLE client_handle, std::shared_ptr<SignalTarget>* target);

    explicit EventHandle(HANDLE owned) noexcept : HandleTarget(owned) {}

    bool signal() noexcept override;
};

class SemaphoreHandle final : public HandleTarget {
 public:
    // E_HANDLE if it is not a handle, or one of something that is not a semaphore. The adjustment
    // is positive.
    static HRESULT duplicate(HANDLE client_handle, LONG adjustment,
                             std::shared_ptr<SignalTarget>* target);

    SemaphoreHandle(HANDLE owned, LONG adjustment) noexcept
        : HandleTarget(owned), adjustment_(adjustment) {}

    // False at the semaphore's maximum, too.
    bool signal() noexcept override;

 private:
    LONG adjustment_;
};

}  // namespace mfvcam::source
