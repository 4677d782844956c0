// The last line of a COM method: no C++ exception crosses it.
#pragma once

#include <windows.h>

#include <new>
#include <utility>

namespace mfvcam::source {

template <typename Body>
HRESULT guarded(Body&& body) noexcept {
    try {
        return std::forward<Body>(body)();
    } catch (const std::bad_alloc&) {
        return E_OUTOFMEMORY;
    } catch (...) {
        return E_FAIL;
    }
}

}  // namespace mfvcam::source
