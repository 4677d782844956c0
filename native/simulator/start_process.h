// CreateProcessW, under Wine too.
#pragma once

#include <windows.h>

#include <string>

#include "guard.h"

namespace mfvcam::simulator {

inline HRESULT start_process(const std::wstring& command, DWORD flags,
                             PROCESS_INFORMATION& started) {
    std::wstring line = command;  // CreateProcessW may write to it
    STARTUPINFOW startup{};
    startup.cb = sizeof(startup);
    // A busy Wine refuses one in some thousands of processes, and takes it the next time.
    constexpr int kTries = 3;
    for (int tries = 1;; ++tries) {
        if (CreateProcessW(nullptr, line.data(), nullptr, nullptr, FALSE, flags, nullptr, nullptr,
                           &startup, &started) != FALSE) {
            return S_OK;
        }
        if (GetLastError() != ERROR_INTERNAL_ERROR || tries == kTries) {
            return hresult_from_last_error();
        }
    }
}

}  // namespace mfvcam::simulator
