#include "event_handle.h"

#include "guard.h"
#include "kernel_object.h"

namespace mfvcam::source {

HRESULT EventHandle::duplicate(HANDLE client_handle, std::shared_ptr<SignalTarget>* target) {
    target->reset();
    const HANDLE process = GetCurrentProcess();
    if (client_handle == nullptr) {
        return E_HANDLE;
    }
    HANDLE copy = nullptr;
    if (DuplicateHandle(process, client_handle, process, &copy, EVENT_MODIFY_STATE, FALSE, 0) ==
        FALSE) {
        return hresult_from_last_error();
    }
    std::unique_ptr<EventHandle> owner;
    try {
        owner = std::make_unique<EventHandle>(copy);
    } catch (...) {
        CloseHandle(copy);
        throw;
    }
    if (!may_be(copy, L"Event")) {
        return E_HANDLE;
    }
    *target = std::move(owner);
    return S_OK;
}

EventHandle::~EventHandle() {
    CloseHandle(handle_);
}

bool EventHandle::signal() noexcept {
    return SetEvent(handle_) != FALSE;
}

}  // namespace mfvcam::source
