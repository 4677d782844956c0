// Functions that may be missing: looked up when needed, never imported.
#pragma once

#include <windows.h>

namespace mfvcam {

template <class F>
F function_at(FARPROC address) noexcept {
    // By way of void*: GCC warns of the direct cast between function types.
    // NOLINTNEXTLINE(bugprone-casting-through-void)
    return reinterpret_cast<F>(reinterpret_cast<void*>(address));
}

// Null if the module has no such export.
template <class F>
F find_function(HMODULE module, const char* name) noexcept {
    return function_at<F>(GetProcAddress(module, name));
}

}  // namespace mfvcam
