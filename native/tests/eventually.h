// Waiting for what comes in its own time.
#pragma once

#include <windows.h>

namespace mfvcam::tests {

// Whether the condition comes to hold within so many milliseconds.
template <typename Condition>
bool eventually(Condition condition, DWORD patience) {
    const ULONGLONG end = GetTickCount64() + patience;
    while (!condition()) {
        if (GetTickCount64() > end) {
            return false;
        }
        Sleep(1);
    }
    return true;
}

}  // namespace mfvcam::tests
