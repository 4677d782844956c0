#include "event_handle.h"

#include <string_view>
#include <utility>

#include "guard.h"
#include "kernel_object.h"
#include "late_binding.h"

namespace mfvcam::source {

namespace {

// make owns the duplicate it is given, once it has returned.
template <typename Make>
HRESULT duplicate_handle(HANDLE client_handle, std::wstring_view type, Make make,
                         std::shared_ptr<SignalTarget>* target) {
    target->reset();
    const HANDLE process = GetCurrentProcess();
    if (client_handle == nullptr) {
        return E_HANDLE;
    }
    static_assert(EVENT_MODIFY_STATE == SEMAPHORE_MODIFY_STATE);
    HANDLE copy = nullptr;
    if (DuplicateHandle(process, client_handle, process, &copy, EVENT_MODIFY_STATE, FALSE, 0) ==
        FALSE) {
        return hresult_from_last_error();
    }
    std::unique_ptr<SignalTarget> owner;
    try {
        owner = make(copy);
    } catch (...) {
        CloseHandle(copy);
        throw;
    }
    if (!may_be(copy, type)) {
        return E_HANDLE;
    }
    *target = std::move(owner);
    return S_OK;
}

}  // namespace

// Looked up now: is_named_by must not wait for the loader's lock. Windows 10 and later have it.
HandleTarget::HandleTarget(HANDLE owned) noexcept
    : handle_(owned),
      compare_(
          find_function<Compare>(GetModuleHandleW(L"kernelbase.dll"), "CompareObjectHandles")) {}

HandleTarget::~HandleTarget() {
    CloseHandle(handle_);
}

bool HandleTarget::is_named_by(std::uintptr_t handle) const noexcept {
    return compare_ != nullptr && compare_(handle_, reinterpret_cast<HANDLE>(handle)) != FALSE;
}

HRESULT EventHandle::duplicate(HANDLE client_handle, std::shared_ptr<SignalTarget>* target) {
    return duplicate_handle(
        client_handle, L"Event", [](HANDLE copy) { return std::make_unique<EventHandle>(copy); },
        target);
}

bool EventHandle::signal() noexcept {
    return SetEvent(handle()) != FALSE;
}

HRESULT SemaphoreHandle::duplicate(HANDLE client_handle, LONG adjustment,
                                   std::shared_ptr<SignalTarget>* target) {
    return duplicate_handle(
        client_handle, L"Semaphore",
        [adjustment](HANDLE copy) { return std::make_unique<SemaphoreHandle>(copy, adjustment); },
        target);
}

bool SemaphoreHandle::signal() noexcept {
    return ReleaseSemaphore(handle(), adjustment_, nullptr) != FALSE;
}

}  // namespace mfvcam::source
