// A client's event or semaphore: a duplicate made while the client's call lasts.
#pragma once

#include <windows.h>

#include <memory>

#include "event_registry.h"

namespace mfvcam::source {

class EventHandle final : public SignalTarget {
 public:
    // E_HANDLE if it is not a handle, or one of something that is not an event.
    static HRESULT duplicate(HANDLE client_handle, std::shared_ptr<SignalTarget>* target);

    explicit EventHandle(HANDLE owned) noexcept : handle_(owned) {}
    ~EventHandle() override;
    EventHandle(const EventHandle&) = delete;
    EventHandle& operator=(const EventHandle&) = delete;

    bool signal() noexcept override;

 private:
    HANDLE handle_;
};

class SemaphoreHandle final : public SignalTarget {
 public:
    // E_HANDLE if it is not a handle, or one of something that is not a semaphore. The adjustment
    // is positive.
    static HRESULT duplicate(HANDLE client_handle, LONG adjustment,
                             std::shared_ptr<SignalTarget>* target);

    SemaphoreHandle(HANDLE owned, LONG adjustment) noexcept
        : handle_(owned), adjustment_(adjustment) {}
    ~SemaphoreHandle() override;
    SemaphoreHandle(const SemaphoreHandle&) = delete;
    SemaphoreHandle& operator=(const SemaphoreHandle&) = delete;

    // False at the semaphore's maximum, too.
    bool signal() noexcept override;

 private:
    HANDLE handle_;
    LONG adjustment_;
};

}  // namespace mfvcam::source
