// A slim reader-writer lock used exclusively. Never held while calling, queueing or signalling out.
#pragma once

#include <windows.h>

namespace mfvcam::source {

class Lock {
 public:
    Lock() noexcept = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    void acquire() noexcept { AcquireSRWLockExclusive(&lock_); }
    void release() noexcept { ReleaseSRWLockExclusive(&lock_); }

 private:
    SRWLOCK lock_ = SRWLOCK_INIT;
};

class [[nodiscard]] LockGuard {
 public:
    explicit LockGuard(Lock& lock) noexcept : lock_(lock) { lock_.acquire(); }
    ~LockGuard() { lock_.release(); }
    LockGuard(const LockGuard&) = delete;
    LockGuard& operator=(const LockGuard&) = delete;

 private:
    Lock& lock_;
};

}  // namespace mfvcam::source
