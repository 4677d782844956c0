// Slim reader/writer locks as scopes. Nothing here is ever held while something outside is called.
#pragma once

#include <windows.h>

namespace mfvcam::simulator {

class Lock {
 public:
    Lock() noexcept = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    [[nodiscard]] SRWLOCK* get() noexcept { return &lock_; }

 private:
    SRWLOCK lock_ = SRWLOCK_INIT;
};

class LockScope {
 public:
    explicit LockScope(Lock& lock) noexcept : lock_(lock.get()) { AcquireSRWLockExclusive(lock_); }
    ~LockScope() { ReleaseSRWLockExclusive(lock_); }
    LockScope(const LockScope&) = delete;
    LockScope& operator=(const LockScope&) = delete;

 private:
    SRWLOCK* lock_;
};

}  // namespace mfvcam::simulator
