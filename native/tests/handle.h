// A HANDLE of a test's own, closed at its end or before.
#pragma once

#include <windows.h>

namespace mfvcam::tests {

class Handle {
 public:
    explicit Handle(HANDLE handle) : handle_(handle) {}
    ~Handle() { close(); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    [[nodiscard]] HANDLE get() const { return handle_; }
    void close() {
        if (handle_ != nullptr) {
            CloseHandle(handle_);
            handle_ = nullptr;
        }
    }

 private:
    HANDLE handle_;
};

class Event : public Handle {
 public:
    explicit Event(bool manual_reset = false)
        : Handle(CreateEventW(nullptr, manual_reset ? TRUE : FALSE, FALSE, nullptr)) {}

    void set() const { SetEvent(get()); }
};

}  // namespace mfvcam::tests
