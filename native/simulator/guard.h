// The wall every COM method with anything that can throw stands behind.
#pragma once

#include <windows.h>

#include <new>

namespace mfvcam::simulator {

template <class Body>
HRESULT guarded(const Body& body) noexcept {
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return E_OUTOFMEMORY;
    } catch (...) {
        return E_UNEXPECTED;
    }
}

}  // namespace mfvcam::simulator
