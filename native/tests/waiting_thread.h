// A thread that calls something that waits, and whether it has got as far as that.
#pragma once

#include <windows.h>

#include <functional>
#include <thread>

namespace mfvcam::tests {

class WaitingThread {
 public:
    explicit WaitingThread(const std::function<void()>& call);
    ~WaitingThread();
    WaitingThread(const WaitingThread&) = delete;
    WaitingThread& operator=(const WaitingThread&) = delete;

    // Until it is in the kernel's wait for several objects: whatever the call looks at before it
    // sleeps, it has looked at. False if it has not come to that after so many milliseconds.
    [[nodiscard]] bool is_inside_its_wait(DWORD patience) const;
    void join() { thread_.join(); }

 private:
    HANDLE handle_ = nullptr;  // of the thread itself: std::thread's may be another library's
    std::thread thread_;
};

}  // namespace mfvcam::tests
