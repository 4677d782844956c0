// The machine's own architecture, against what Windows tells all programs of it.
#include <gtest/gtest.h>
#include <windows.h>

#include <array>
#include <map>
#include <string>

#include "mfvcam.h"

namespace mfvcam::tests {
namespace {

TEST(NativeMachineTest, IsWhatTheSystemsEnvironmentSays) {
    std::array<wchar_t, 32> text{};
    DWORD size = sizeof text;
    ASSERT_EQ(RegGetValueW(HKEY_LOCAL_MACHINE,
                           L"SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment",
                           L"PROCESSOR_ARCHITECTURE", RRF_RT_REG_SZ, nullptr, text.data(), &size),
              ERROR_SUCCESS);
    const std::map<std::wstring, UINT32> machines{{L"AMD64", IMAGE_FILE_MACHINE_AMD64},
                                                  {L"ARM64", IMAGE_FILE_MACHINE_ARM64},
                                                  {L"x86", IMAGE_FILE_MACHINE_I386}};
    EXPECT_EQ(mfvcam_native_machine(), machines.at(text.data()));
}

}  // namespace
}  // namespace mfvcam::tests
