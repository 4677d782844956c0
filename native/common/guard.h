// Nothing thrown crosses a C or COM boundary: whatever behind one can throw runs in guarded().
#pragma once

#include <windows.h>

#include <new>
#include <utility>

namespace mfvcam {

template <typename Body>
HRESULT guarded(Body&& body) noexcept {
    try {
        return std::forward<Body>(body)();
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
