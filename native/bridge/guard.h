// Nothing thrown leaves mfvcam.dll: whatever of it can throw runs in guarded().
#pragma once

#include <windows.h>

#include <new>

namespace mfvcam {

template <class F>
HRESULT guarded(F&& function) noexcept {
    try {
        return function();
    } catch (const std::bad_alloc&) {
        return E_OUTOFMEMORY;
    } catch (...) {
        return E_UNEXPECTED;
    }
}

inline HRESULT hresult_from_last_error() noexcept {
    const DWORD error = GetLastError();
    return error == ERROR_SUCCESS ? E_FAIL : HRESULT_FROM_WIN32(error);
}

}  // namespace mfvcam
