#include "own_frame_server.h"

#include <string>

#include "test_files.h"

namespace mfvcam::tests {

HRESULT use_own_frame_server() {
    constexpr const wchar_t* variable = L"MFVCAM_SIMULATOR_SERVER";
    // A program started by a test has the test's.
    if (GetEnvironmentVariableW(variable, nullptr, 0) == 0) {
        const std::wstring name = L"test-" + std::to_wstring(GetCurrentProcessId());
        SetEnvironmentVariableW(variable, name.c_str());
    }
    const HMODULE source = LoadLibraryW(source_path().c_str());
    const auto register_server = reinterpret_cast<HRESULT(STDAPICALLTYPE*)()>(
        reinterpret_cast<void*>(GetProcAddress(source, "DllRegisterServer")));
    return register_server != nullptr ? register_server() : E_NOINTERFACE;
}

}  // namespace mfvcam::tests
