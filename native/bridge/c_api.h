// How every function of mfvcam.h reaches the object behind a handle.
#pragma once

#include <windows.h>

#include "guard.h"
#include "handle_table.h"

namespace mfvcam {

// Runs call(object) on the object behind a handle, as a call in flight.
template <class T, class F>
HRESULT with(mfvcam_handle handle, F&& call) noexcept {
    const Lease<T> lease = handles::lease<T>(handle);
    if (!lease) {
        return E_HANDLE;
    }
    return guarded([&] { return call(*lease.operator->()); });
}

template <class T>
void clear(T* out) noexcept {
    if (out != nullptr) {
        *out = T{};
    }
}

}  // namespace mfvcam
