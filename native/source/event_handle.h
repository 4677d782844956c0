// A client's event: a duplicate made while the client's call lasts.
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

}  // namespace mfvcam::source
