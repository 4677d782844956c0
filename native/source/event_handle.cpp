#include "event_handle.h"

#include <winternl.h>

#include <array>
#include <cstring>
#include <string_view>

namespace mfvcam::source {
namespace {

// False only for certain: what cannot be asked may be an event.
bool may_be_event(HANDLE handle) noexcept {
    constexpr auto object_type_information = static_cast<OBJECT_INFORMATION_CLASS>(2);
    alignas(UNICODE_STRING) std::array<char, 1024> buffer;
    const NTSTATUS status =
        NtQueryObject(handle, object_type_information, buffer.data(), buffer.size(), nullptr);
    if (status < 0) {
        return true;
    }
    // The type's name is the first member of PUBLIC_OBJECT_TYPE_INFORMATION.
    UNICODE_STRING name;
    std::memcpy(&name, buffer.data(), sizeof(name));
    return std::wstring_view(name.Buffer, name.Length / sizeof(wchar_t)) == L"Event";
}

}  // namespace

HRESULT EventHandle::duplicate(HANDLE client_handle, std::shared_ptr<SignalTarget>* target) {
    target->reset();
    const HANDLE process = GetCurrentProcess();
    if (client_handle == nullptr) {
        return E_HANDLE;
    }
    HANDLE copy = nullptr;
    if (DuplicateHandle(process, client_handle, process, &copy, EVENT_MODIFY_STATE, FALSE, 0) ==
        FALSE) {
        return HRESULT_FROM_WIN32(GetLastError());
    }
    std::unique_ptr<EventHandle> owner;
    try {
        owner = std::make_unique<EventHandle>(copy);
    } catch (...) {
        CloseHandle(copy);
        throw;
    }
    if (!may_be_event(copy)) {
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
