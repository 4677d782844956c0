// Waits for many kernel objects on few threads. The system's own pool can lose a signal that it has
// consumed when a wait is taken back at that moment; here whoever was consumed for hears of it.
#pragma once

#include <windows.h>

namespace mfvcam {

class WaitThread;

// One kernel object of the pool's, waited for once whenever it is armed.
class PooledWait {
 public:
    PooledWait(const PooledWait&) = delete;
    PooledWait& operator=(const PooledWait&) = delete;

    // Throws std::bad_alloc. object must stay open until removed.
    HRESULT add(HANDLE object);
    // Waits for the object, once. Between add and remove.
    void arm() noexcept;
    // When it returns, the object is waited for no more, and signalled() has returned if it was
    // called. Not from signalled().
    void remove() noexcept;

 protected:
    PooledWait() noexcept = default;
    ~PooledWait() = default;

    // The object was signalled, and consumed. On a thread of the pool, which waits meanwhile for
    // nothing else; holds no lock.
    virtual void signalled() noexcept = 0;

 private:
    friend class WaitThread;

    WaitThread* thread_ = nullptr;
    HANDLE object_ = nullptr;
    bool armed_ = false;
};

}  // namespace mfvcam
