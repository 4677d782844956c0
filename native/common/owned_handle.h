// A HANDLE that is closed with its owner.
#pragma once

#include <windows.h>

#include <utility>

namespace mfvcam {

class OwnedHandle {
 public:
    OwnedHandle() noexcept = default;
    explicit OwnedHandle(HANDLE handle) noexcept : handle_(handle) {}
    ~OwnedHandle() { reset(); }
    OwnedHandle(OwnedHandle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    OwnedHandle& operator=(OwnedHandle&& other) noexcept {
        reset(std::exchange(other.handle_, nullptr));
        return *this;
    }
    OwnedHandle(const OwnedHandle&) = delete;
    OwnedHandle& operator=(const OwnedHandle&) = delete;

    explicit operator bool() const noexcept { return handle_ != nullptr; }
    [[nodiscard]] HANDLE get() const noexcept { return handle_; }
    void reset(HANDLE handle = nullptr) noexcept {
        if (handle_ != nullptr) {
            CloseHandle(handle_);
        }
        handle_ = handle;
    }
    // For what fills one in.
    [[nodiscard]] HANDLE* put() noexcept {
        reset();
        return &handle_;
    }

 private:
    HANDLE handle_ = nullptr;
};

}  // namespace mfvcam
