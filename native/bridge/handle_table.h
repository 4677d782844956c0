// Handles: an index and a generation, so that a stale or made-up one is told and never followed.
#pragma once

#include "guard.h"
#include "mfvcam.h"
#include "object.h"

namespace mfvcam::handles {

// The table takes its own reference. Throws std::bad_alloc.
mfvcam_handle insert(Object* object);

// The same as an HRESULT: *handle is the new handle, or 0.
template <class T>
HRESULT publish(const Ref<T>& object, mfvcam_handle* handle) noexcept {
    return guarded([&] {
        *handle = insert(object.get());
        return S_OK;
    });
}

// Empty for a handle that is stale or of another kind.
Ref<Object> find(mfvcam_handle handle, Kind kind) noexcept;
Ref<Object> find(mfvcam_handle handle) noexcept;

// Makes the handle stale; the object is the caller's to close.
Ref<Object> remove(mfvcam_handle handle) noexcept;

template <class T>
Lease<T> lease(mfvcam_handle handle) noexcept {
    Ref<Object> object = find(handle, T::object_kind);
    return Lease<T>(Ref<T>::adopt(static_cast<T*>(object.detach())));
}

}  // namespace mfvcam::handles
