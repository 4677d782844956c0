// How many handles a process has open.
#pragma once

#include <windows.h>

#include <winternl.h>

#include <cstddef>
#include <cstring>
#include <vector>

#include "late_binding.h"

namespace mfvcam {

// Of this process. GetProcessHandleCount is 0 under Wine, where handles are given out from the
// lowest free one: each is tried.
inline std::size_t process_handle_count() noexcept {
    DWORD told = 0;
    if (GetProcessHandleCount(GetCurrentProcess(), &told) != FALSE && told != 0) {
        return told;
    }
    constexpr ULONG_PTR step = 4;
    constexpr ULONG_PTR most_free = 1024 * step;  // between two that are open
    std::size_t count = 0;
    ULONG_PTR last = 0;
    for (ULONG_PTR value = step; value <= last + most_free; value += step) {
        DWORD flags = 0;
        if (GetHandleInformation(reinterpret_cast<HANDLE>(value), &flags) != FALSE) {
            ++count;
            last = value;
        }
    }
    return count;
}

// Of any process; 0 if the system does not tell. The list of all handles there are, which crashes
// Wine's server where another process starts or ends at that moment. Throws std::bad_alloc.
inline std::size_t process_handle_count(DWORD process_id) {
    struct Entry {
        void* object;
        ULONG_PTR process;
        ULONG_PTR handle;
        ULONG access;
        USHORT trace;
        USHORT type;
        ULONG attributes;
        ULONG reserved;
    };
    using NtQuerySystemInformation = NTSTATUS(NTAPI*)(ULONG, void*, ULONG, ULONG*);
    const auto query = find_function<NtQuerySystemInformation>(GetModuleHandleW(L"ntdll.dll"),
                                                               "NtQuerySystemInformation");
    if (query == nullptr) {
        return 0;
    }
    constexpr ULONG extended_handle_information = 64;  // not in winternl.h's enumeration
    constexpr NTSTATUS length_mismatch = -0x3FFFFFFC;  // 0xC0000004
    constexpr std::size_t most = std::size_t{1} << 28;
    std::vector<char> buffer(std::size_t{1} << 20);
    NTSTATUS status = 0;
    while ((status = query(extended_handle_information, buffer.data(),
                           static_cast<ULONG>(buffer.size()), nullptr)) == length_mismatch &&
           buffer.size() < most) {
        buffer.resize(buffer.size() * 2);
    }
    if (status < 0) {
        return 0;
    }
    ULONG_PTR total = 0;
    std::memcpy(&total, buffer.data(), sizeof(total));
    std::size_t count = 0;
    for (ULONG_PTR i = 0; i < total; ++i) {
        Entry entry;
        std::memcpy(&entry, buffer.data() + 2 * sizeof(ULONG_PTR) + i * sizeof(entry),
                    sizeof(entry));
        count += entry.process == process_id ? 1U : 0U;
    }
    return count;
}

}  // namespace mfvcam
