#include "test_files.h"

#include <windows.h>

#include <vector>

namespace mfvcam::tests {
namespace {

std::wstring folder_of(const std::wstring& path) {
    return path.substr(0, path.rfind(L'\\'));
}

std::wstring program() {
    std::vector<wchar_t> buffer(0x8000);
    const DWORD length =
        GetModuleFileNameW(nullptr, buffer.data(), static_cast<DWORD>(buffer.size()));
    return {buffer.data(), length};
}

std::wstring bin_folder() {
    return folder_of(folder_of(program())) + L"\\bin\\";
}

}  // namespace

std::wstring program_folder() {
    return folder_of(program()) + L"\\";
}

std::wstring bridge_path() {
    return bin_folder() + TEXT(MFVCAM_BRIDGE_DLL);
}

std::wstring simulator_path() {
    return bin_folder() + L"simulator\\" TEXT(MFVCAM_SIMULATOR_DLL);
}

std::wstring source_path() {
    return bin_folder() + TEXT(MFVCAM_SOURCE_DLL);
}

}  // namespace mfvcam::tests
