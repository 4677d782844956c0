// The clock of frames, signals and waits: QueryPerformanceCounter in units of 100 ns.
#pragma once

#include <windows.h>

#include <cstdint>

namespace mfvcam {

inline constexpr std::int64_t kSecond = 10'000'000;
inline constexpr std::int64_t kMillisecond = kSecond / 1000;

inline std::int64_t system_time() noexcept {
    LARGE_INTEGER frequency;
    LARGE_INTEGER counter;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    // Whole seconds and the rest apart, so that nothing overflows.
    const std::int64_t whole = counter.QuadPart / frequency.QuadPart;
    const std::int64_t rest = counter.QuadPart % frequency.QuadPart;
    return (whole * kSecond) + (rest * kSecond / frequency.QuadPart);
}

}  // namespace mfvcam
