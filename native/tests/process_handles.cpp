#include "process_handles.h"

#include <gtest/gtest.h>
#include <windows.h>

#include <winternl.h>

#include <cstring>
#include <vector>

namespace mfvcam::tests {

std::size_t handle_count() {
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
    using QuerySystemInformation = NTSTATUS(NTAPI*)(ULONG, void*, ULONG, ULONG*);
    const auto query = reinterpret_cast<QuerySystemInformation>(reinterpret_cast<void*>(
        GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation")));
    constexpr ULONG extended_handle_information = 64;  // not in winternl.h's enumeration
    std::vector<char> buffer(1 << 20);
    constexpr NTSTATUS length_mismatch = -0x3FFFFFFC;  // 0xC0000004
    NTSTATUS status = 0;
    while ((status = query(extended_handle_information, buffer.data(),
                           static_cast<ULONG>(buffer.size()), nullptr)) == length_mismatch &&
           buffer.size() < std::size_t{1} << 28) {
        buffer.resize(buffer.size() * 2);
    }
    EXPECT_GE(status, 0);
    ULONG_PTR total = 0;
    std::memcpy(&total, buffer.data(), sizeof(total));
    std::size_t count = 0;
    for (ULONG_PTR i = 0; i < total; ++i) {
        Entry entry;
        std::memcpy(&entry, buffer.data() + 2 * sizeof(ULONG_PTR) + i * sizeof(entry),
                    sizeof(entry));
        count += entry.process == GetCurrentProcessId() ? 1U : 0U;
    }
    return count;
}

void expect_handles_do_not_add_up(const std::function<void()>& round,
                                  const std::function<bool()>& settled) {
    constexpr int warm_up = 20;
    constexpr int rounds = 200;
    const auto count_after = [&](int times) {
        for (int i = 0; i < times; ++i) {
            round();
        }
        constexpr DWORD patience = 20'000;
        const ULONGLONG end = GetTickCount64() + patience;
        while (!settled() && GetTickCount64() < end) {
            Sleep(1);
        }
        EXPECT_TRUE(settled());
        return handle_count();
    };
    const std::size_t warm = count_after(warm_up);
    const std::size_t after = count_after(rounds);
    EXPECT_LT(after, warm + rounds / 10) << "from " << warm;
}

}  // namespace mfvcam::tests
