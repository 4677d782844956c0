// The reference count of every COM class here, and what a foreign C caller can do to a reference.
#pragma once

#include <windows.h>

#include <unknwn.h>

#include <atomic>

namespace mfvcam::simulator {

class ReferenceCount {
 public:
    ULONG add() noexcept { return count_.fetch_add(1, std::memory_order_relaxed) + 1; }
    // 0: the object is the caller's to delete.
    ULONG drop() noexcept { return count_.fetch_sub(1, std::memory_order_acq_rel) - 1; }
    // A reference from a pointer that holds none; refused once the last one has gone.
    bool tryAdd() noexcept {
        ULONG count = count_.load(std::memory_order_relaxed);
        while (count != 0) {
            if (count_.compare_exchange_weak(count, count + 1, std::memory_order_acq_rel)) {
                return true;
            }
        }
        return false;
    }

 private:
    std::atomic<ULONG> count_{1};
};

// A REFGUID is a pointer to whoever calls through the plain vtable, and may be null; the compiler
// believes a reference never is.
inline bool isNull(const GUID& guid) noexcept {
    const GUID* volatile pointer = &guid;
    return pointer == nullptr;
}

}  // namespace mfvcam::simulator
