#include "handle_slope.h"

#include <gtest/gtest.h>
#include <windows.h>

#include "process_handles.h"

namespace mfvcam::tests {

std::size_t handle_count() {
    const std::size_t count = process_handle_count();
    EXPECT_NE(count, 0U);
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
