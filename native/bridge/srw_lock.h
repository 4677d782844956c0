// Slim reader/writer lock with scoped holders: no destructor, so it may be a global of a DLL.
#pragma once

#include <windows.h>

namespace mfvcam {

class SrwLock {
 public:
    void lock() noexcept { AcquireSRWLockExclusive(&lock_); }
    void unlock() noexcept { ReleaseSRWLockExclusive(&lock_); }
    void lock_shared() noexcept { AcquireSRWLockShared(&lock_); }
    void unlock_shared() noexcept { ReleaseSRWLockShared(&lock_); }

 private:
    SRWLOCK lock_ = SRWLOCK_INIT;
};

class ExclusiveLock {
 public:
    explicit ExclusiveLock(SrwLock& lock) noexcept : lock_(lock) { lock_.lock(); }
    ~ExclusiveLock() { lock_.unlock(); }
    ExclusiveLock(const ExclusiveLock&) = delete;
    ExclusiveLock& operator=(const ExclusiveLock&) = delete;

 private:
    SrwLock& lock_;
};

class SharedLock {
 public:
    explicit SharedLock(SrwLock& lock) noexcept : lock_(lock) { lock_.lock_shared(); }
    ~SharedLock() { lock_.unlock_shared(); }
    SharedLock(const SharedLock&) = delete;
    SharedLock& operator=(const SharedLock&) = delete;

 private:
    SrwLock& lock_;
};

}  // namespace mfvcam
