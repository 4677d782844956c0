// Reference counting and QueryInterface for the COM classes of the three DLLs.
#pragma once

#include <windows.h>

#include <unknwn.h>

#include <atomic>
#include <utility>

#include "com_ptr.h"
#include "lock.h"

namespace mfvcam {

// A REFGUID is a pointer to whoever calls through the vtable, and may be null, though the compiler
// believes that a reference never is.
inline bool is_null(const GUID& guid) noexcept {
    const GUID* const volatile pointer = &guid;
    return pointer == nullptr;
}

// Derived has `void* find_interface(REFIID)`: the pointer for an interface, or null.
template <typename Derived, typename... Interfaces>
class ComObject : public Interfaces... {
 public:
    ComObject(const ComObject&) = delete;
    ComObject& operator=(const ComObject&) = delete;

    STDMETHODIMP QueryInterface(REFIID iid, void** object) noexcept override {
        if (object == nullptr) {
            return E_POINTER;
        }
        *object = nullptr;
        if (is_null(iid)) {
            return E_POINTER;
        }
        *object = static_cast<Derived*>(this)->find_interface(iid);
        if (*object == nullptr) {
            return E_NOINTERFACE;
        }
        AddRef();
        return S_OK;
    }

    STDMETHODIMP_(ULONG) AddRef() noexcept override {
        return references_.fetch_add(1, std::memory_order_relaxed) + 1;
    }

    STDMETHODIMP_(ULONG) Release() noexcept override {
        const ULONG left = references_.fetch_sub(1, std::memory_order_acq_rel) - 1;
        if (left == 0) {
            delete static_cast<Derived*>(this);
        }
        return left;
    }

    // A reference from a pointer that holds none; fails once the last one has gone.
    bool try_add_ref() noexcept {
        ULONG count = references_.load(std::memory_order_relaxed);
        while (count != 0) {
            if (references_.compare_exchange_weak(count, count + 1, std::memory_order_relaxed)) {
                return true;
            }
        }
        return false;
    }

 protected:
    ComObject() noexcept = default;
    ~ComObject() = default;

 private:
    std::atomic<ULONG> references_{1};
};

// Throws std::bad_alloc.
template <typename T, typename... Arguments>
ComPtr<T> make_object(Arguments&&... arguments) {
    ComPtr<T> object;
    object.attach(new T(std::forward<Arguments>(arguments)...));
    return object;
}

// A way back to an object that does not keep it alive. The object clears it first thing in its
// destructor.
template <typename T>
class WeakLink {
 public:
    explicit WeakLink(T* object) noexcept : object_(object) {}

    ComPtr<T> get() noexcept {
        const LockGuard guard(lock_);
        ComPtr<T> object;
        if (object_ != nullptr && object_->try_add_ref()) {
            object.attach(object_);
        }
        return object;
    }

    void clear() noexcept {
        const LockGuard guard(lock_);
        object_ = nullptr;
    }

 private:
    Lock lock_;
    T* object_;
};

}  // namespace mfvcam
