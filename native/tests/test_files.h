// Where the files under test are: beside or above the program that tests them.
#pragma once

#include <windows.h>

#include <string>

namespace mfvcam::tests {

// With a backslash at the end.
std::wstring program_folder();
std::wstring bridge_path();
std::wstring simulator_path();
std::wstring source_path();

// An export of the DLL there, which is loaded for good; null if it has none such.
template <class Function>
Function function_of(const std::wstring& path, const char* name) {
    const HMODULE module = LoadLibraryW(path.c_str());
    return reinterpret_cast<Function>(reinterpret_cast<void*>(GetProcAddress(module, name)));
}

}  // namespace mfvcam::tests
