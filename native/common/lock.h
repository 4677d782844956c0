// Slim reader/writer lock and its scopes: without a destructor, so it may be a global of a DLL.
// Never held while something outside is called or waited for that could wait for it in turn; where
// one is held in such a call at all, a comment there says why that cannot be.
#pragma once

#include <windows.h>

namespace mfvcam {

class Lock {
 public:
    Lock() noexcept = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    [[nodiscard]] SRWLOCK* get() noexcept { return &lock_; }

 private:
    SRWLOCK lock_ = SRWLOCK_INIT;
};

class [[nodiscard]] LockGuard {
 public:
    explicit LockGuard(Lock& lock) noexcept : lock_(lock.get()) { AcquireSRWLockExclusive(lock_); }
    ~LockGuard() { ReleaseSRWLockExclusive(lock_); }
    LockGuard(const LockGuard&) = delete;
    LockGuard& operator=(const LockGuard&) = delete;

 private:
    SRWLOCK* lock_;
};

class [[nodiscard]] SharedLockGuard {
 public:
    explicit SharedLockGuard(Lock& lock) noexcept : lock_(lock.get()) {
        AcquireSRWLockShared(lock_);
    }
    ~SharedLockGuard() { ReleaseSRWLockShared(lock_); }
    SharedLockGuard(const SharedLockGuard&) = delete;
    SharedLockGuard& operator=(const SharedLockGuard&) = delete;

 private:
    SRWLOCK* lock_;
};

}  // namespace mfvcam
