// What kind of kernel object a HANDLE names.
#pragma once

#include <windows.h>

#include <winternl.h>

#include <array>
#include <string_view>

#include "late_binding.h"

namespace mfvcam {

// type is the object manager's name of it: "Event", "Semaphore". False only for certain: what
// cannot be asked may be one.
inline bool may_be(HANDLE handle, std::wstring_view type) noexcept {
    const auto query =
        find_function<decltype(&::NtQueryObject)>(GetModuleHandleW(L"ntdll.dll"), "NtQueryObject");
    struct {
        PUBLIC_OBJECT_TYPE_INFORMATION information;
        std::array<wchar_t, 64> name;
    } answer{};
    constexpr auto type_information = static_cast<OBJECT_INFORMATION_CLASS>(2);
    if (query == nullptr || query(handle, type_information, &answer, sizeof(answer), nullptr) < 0) {
        return true;
    }
    const UNICODE_STRING& name = answer.information.TypeName;
    return std::wstring_view(name.Buffer, name.Length / sizeof(wchar_t)) == type;
}

// Whether an event stays set until it is reset. False also if the HANDLE lacks EVENT_QUERY_STATE.
inline bool is_manual_reset(HANDLE event) noexcept {
    // EVENT_BASIC_INFORMATION, which winternl.h lacks. EventType 0 is NotificationEvent.
    struct {
        LONG type;
        LONG state;
    } answer{-1, 0};
    using NtQueryEvent = NTSTATUS(NTAPI*)(HANDLE, int, void*, ULONG, ULONG*);
    const auto query = find_function<NtQueryEvent>(GetModuleHandleW(L"ntdll.dll"), "NtQueryEvent");
    return query != nullptr && query(event, 0, &answer, sizeof(answer), nullptr) >= 0 &&
           answer.type == 0;
}

}  // namespace mfvcam
