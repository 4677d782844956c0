// A thread that sleeps until a deadline, calls, and is told the next one.
#pragma once

#include <windows.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>

#include "lock.h"

namespace mfvcam::source {

// Nobody ever waits for the thread to end, so stop() may be called from anywhere, the thread's own
// callback included. The thread keeps the DLL loaded until it has left it.
class DeadlineThread {
 public:
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

    // Gets the time (system_time), returns the next deadline or kNever. Throws nothing.
    using Callback = std::function<std::int64_t(std::int64_t now)>;

    static HRESULT start(std::int64_t deadline, Callback callback,
                         std::shared_ptr<DeadlineThread>* thread);

    ~DeadlineThread();
    DeadlineThread(const DeadlineThread&) = delete;
    DeadlineThread& operator=(const DeadlineThread&) = delete;

    // Calls back now, whatever the deadline.
    void wake() noexcept;
    // No call begins after this one returns, though one may be under way.
    void stop() noexcept;

 private:
    DeadlineThread(std::int64_t deadline, Callback callback)
        : deadline_(deadline), callback_(std::move(callback)) {}

    HRESULT create_handles() noexcept;
    void run() noexcept;
    void sleep_until(std::int64_t deadline) noexcept;
    static DWORD WINAPI thread_main(void* context) noexcept;

    Lock lock_;
    std::int64_t deadline_;
    bool woken_ = false;
    bool stopped_ = false;
    Callback callback_;
    HANDLE wake_ = nullptr;
    HANDLE timer_ = nullptr;
};

}  // namespace mfvcam::source
