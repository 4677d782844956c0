// What hanging_source.dll and the tests that use it share.
#pragma once

#include <windows.h>

#include <string>

#include "environment.h"

namespace mfvcam::tests {

struct HangingClass {
    static constexpr const wchar_t* kId = L"{0E6B3D2A-6A52-4E0D-9D0B-5B6E3C8C1A77}";
    static constexpr const wchar_t* kFile = L"hanging_source.dll";
    // Set by the class when somebody asks for it, and what it then waits for.
    static constexpr const wchar_t* kArrived = L"arrived";
    static constexpr const wchar_t* kGo = L"go";

    static std::wstring event_name(const wchar_t* name) {
        return L"mfvcam-hanging-" + environment_variable(L"MFVCAM_SIMULATOR_SERVER") + L"-" + name;
    }
};

}  // namespace mfvcam::tests
