// What regsvr32 does, with HKEY_LOCAL_MACHINE turned to a key of the test's own.
#include <string>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

constexpr wchar_t kScratchKey[] = L"Software\\mfvcam-source-test";
constexpr wchar_t kClassKey[] = L"SOFTWARE\\Classes\\CLSID\\{85C66A41-1204-4B25-944C-A615B61808B2}";

class RegistrationTest : public testing::Test {
 protected:
    void SetUp() override {
        RegDeleteTreeW(HKEY_CURRENT_USER, kScratchKey);
        ASSERT_EQ(RegCreateKeyW(HKEY_CURRENT_USER, kScratchKey, &scratch), ERROR_SUCCESS);
        ASSERT_EQ(RegOverridePredefKey(HKEY_LOCAL_MACHINE, scratch), ERROR_SUCCESS);
    }
    void TearDown() override {
        EXPECT_EQ(RegOverridePredefKey(HKEY_LOCAL_MACHINE, nullptr), ERROR_SUCCESS);
        RegCloseKey(scratch);
        EXPECT_EQ(RegDeleteTreeW(HKEY_CURRENT_USER, kScratchKey), ERROR_SUCCESS);
        EXPECT_EQ(dll_can_unload_now(), S_OK);
    }
    std::wstring value(const std::wstring& key, const wchar_t* name) {
        wchar_t text[0x4000] = {};
        DWORD size = sizeof(text);
        const LSTATUS status =
            RegGetValueW(scratch, key.c_str(), name, RRF_RT_REG_SZ, nullptr, text, &size);
        return status == ERROR_SUCCESS ? text : L"<none>";
    }
    bool exists(const wchar_t* key) {
        HKEY opened = nullptr;
        const bool found = RegOpenKeyW(scratch, key, &opened) == ERROR_SUCCESS;
        if (found) {
            RegCloseKey(opened);
        }
        return found;
    }

    HKEY scratch = nullptr;
};

TEST_F(RegistrationTest, RegistersAndUnregistersWithoutATrace) {
    const auto register_server = source_export<HRESULT(WINAPI*)()>("DllRegisterServer");
    const auto unregister_server = source_export<HRESULT(WINAPI*)()>("DllUnregisterServer");
    ASSERT_FALSE(exists(kClassKey));
    ASSERT_EQ(register_server(), S_OK);
    EXPECT_EQ(register_server(), S_OK) << "again";
    EXPECT_EQ(value(kClassKey, nullptr), L"mfvcam media source");
    const std::wstring server = std::wstring(kClassKey) + L"\\InprocServer32";
    EXPECT_EQ(value(server, L"ThreadingModel"), L"Both");
    wchar_t path[MAX_PATH] = {};
    ASSERT_NE(GetModuleFileNameW(source_dll(), path, MAX_PATH), 0u);
    EXPECT_EQ(value(server, nullptr), path);
    EXPECT_EQ(unregister_server(), S_OK);
    EXPECT_FALSE(exists(kClassKey));
    EXPECT_EQ(unregister_server(), S_OK) << "nothing to do is no failure";
}

}  // namespace
}  // namespace mfvcam::source_test
