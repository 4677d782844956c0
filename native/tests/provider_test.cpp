// The provider module: where it comes from, and what is said where there is none. A process can
// settle it only once, so this is one test that goes through it in order.
#include <gtest/gtest.h>

#include "mfvcam.h"
#include "test_files.h"

namespace {

std::wstring system_file(const wchar_t* name) {
    std::wstring folder(MAX_PATH, L'\0');
    folder.resize(GetSystemDirectoryW(folder.data(), MAX_PATH));
    return folder + L"\\" + name;
}

TEST(ProviderTest, IsChosenOnceBeforeItsFirstUse) {
    EXPECT_EQ(mfvcam_use_provider(nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_use_provider(L""), E_INVALIDARG);
    EXPECT_EQ(mfvcam_use_provider(L"mfsensorgroup.dll"), E_INVALIDARG);
    EXPECT_EQ(mfvcam_use_provider(L"..\\mfsensorgroup.dll"), E_INVALIDARG);
    EXPECT_EQ(mfvcam_use_provider(L"C:mfsensorgroup.dll"), E_INVALIDARG);
    EXPECT_EQ(mfvcam_use_provider(L"C:\\no such folder\\mfsensorgroup.dll"),
              HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND));
    EXPECT_EQ(mfvcam_use_provider(system_file(L"kernel32.dll").c_str()),
              HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND));

    const bool windows_has_it =
        GetFileAttributesW(system_file(L"mfsensorgroup.dll").c_str()) != INVALID_FILE_ATTRIBUTES;
    if (windows_has_it) {
        GTEST_SKIP() << "the rest needs a Windows without mfsensorgroup.dll";
    }
    // Not there: said, and not settled by it.
    EXPECT_EQ(mfvcam_is_supported(), HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND));
    constexpr GUID source = MFVCAM_SOURCE_CLSID;
    mfvcam_handle camera = 42;
    EXPECT_EQ(mfvcam_create_virtual_camera(0, 0, 0, L"x", &source, nullptr, 0, 0, &camera),
              HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND));
    EXPECT_EQ(camera, 0U);

    EXPECT_EQ(mfvcam_use_provider(mfvcam::tests::simulator_path().c_str()), S_OK);
    EXPECT_EQ(mfvcam_use_provider(mfvcam::tests::simulator_path().c_str()), S_OK);
    EXPECT_EQ(mfvcam_use_provider(system_file(L"kernel32.dll").c_str()), MFVCAM_E_PROVIDER_IN_USE);
    EXPECT_EQ(mfvcam_is_supported(), S_OK);
    EXPECT_EQ(mfvcam_use_provider(L"C:\\other\\mfsensorgroup.dll"), MFVCAM_E_PROVIDER_IN_USE);
    ASSERT_EQ(mfvcam_create_virtual_camera(0, 0, 0, L"x", &source, nullptr, 0, 0, &camera), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

}  // namespace
