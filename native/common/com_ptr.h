// A reference to a COM object, counted. Throws nothing.
#pragma once

#include <windows.h>

#include <unknwn.h>

#include <cstddef>
#include <utility>

namespace mfvcam {

template <typename T>
class ComPtr {
 public:
    ComPtr() noexcept = default;
    ComPtr(std::nullptr_t) noexcept {}
    // Shares: adds a reference. attach() takes over one that exists.
    explicit ComPtr(T* pointer) noexcept : pointer_(pointer) { add_ref(); }
    ComPtr(const ComPtr& other) noexcept : pointer_(other.pointer_) { add_ref(); }
    ComPtr(ComPtr&& other) noexcept : pointer_(other.detach()) {}
    ~ComPtr() { release(); }

    // NOLINTNEXTLINE(bugprone-unhandled-self-assignment,cert-oop54-cpp): it swaps with a copy
    ComPtr& operator=(const ComPtr& other) noexcept {
        ComPtr(other).swap(*this);
        return *this;
    }
    ComPtr& operator=(ComPtr&& other) noexcept {
        ComPtr(std::move(other)).swap(*this);
        return *this;
    }
    ComPtr& operator=(std::nullptr_t) noexcept {
        reset();
        return *this;
    }

    T* get() const noexcept { return pointer_; }
    T* operator->() const noexcept { return pointer_; }
    T& operator*() const noexcept { return *pointer_; }
    explicit operator bool() const noexcept { return pointer_ != nullptr; }

    // For out-parameters: lets go of what is held first.
    T** put() noexcept {
        reset();
        return &pointer_;
    }
    void** put_void() noexcept { return reinterpret_cast<void**>(put()); }

    void attach(T* pointer) noexcept {
        release();
        pointer_ = pointer;
    }
    [[nodiscard]] T* detach() noexcept { return std::exchange(pointer_, nullptr); }
    void reset() noexcept { ComPtr().swap(*this); }
    void swap(ComPtr& other) noexcept { std::swap(pointer_, other.pointer_); }

    // Fills an out-parameter of the caller's with a reference of its own.
    void copy_to(T** out) const noexcept {
        *out = pointer_;
        add_ref();
    }

    // Empty when the object lacks the interface; result, if wanted, says why.
    template <typename U>
    [[nodiscard]] ComPtr<U> as(HRESULT* result = nullptr) const noexcept {
        ComPtr<U> other;
        HRESULT hr = pointer_ != nullptr ? pointer_->QueryInterface(__uuidof(U), other.put_void())
                                         : E_POINTER;
        if (SUCCEEDED(hr) && !other) {
            hr = E_NOINTERFACE;
        }
        if (result != nullptr) {
            *result = hr;
        }
        return other;
    }

 private:
    void add_ref() const noexcept {
        if (pointer_ != nullptr) {
            pointer_->AddRef();
        }
    }
    void release() noexcept {
        // Emptied first: the object's last words may come back to whoever holds this pointer.
        if (T* old = std::exchange(pointer_, nullptr); old != nullptr) {
            old->Release();
        }
    }

    T* pointer_ = nullptr;
};

}  // namespace mfvcam
