#include "wait_pool.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "guard.h"
#include "ledger.h"
#include "lock.h"

namespace mfvcam {

namespace {

// One place is for the event that says that the waits have changed.
constexpr std::size_t kMostWaits = MAXIMUM_WAIT_OBJECTS - 1;
constexpr SIZE_T kStackSize = 0x10000;

constinit Lock pool_lock;
// Never freed: threads may call until the process is gone.
constinit std::vector<WaitThread*>* threads_with_room = nullptr;
constinit std::size_t thread_count = 0;

}  // namespace

// All members but the constants of its making are under pool_lock.
class WaitThread {
 public:
    // One with room, made if there is none.
    static HRESULT find(WaitThread** found);

    void add(PooledWait* wait) noexcept;
    void remove(PooledWait* wait) noexcept;
    void change() noexcept {
        ++wanted_;
        SetEvent(changed_.get());
    }

 private:
    static DWORD WINAPI entry(void* self);
    void run() noexcept;
    // The waits that are armed, from next_ on. 0: nobody needs this thread any more, and this may
    // be gone.
    std::size_t collect(std::array<HANDLE, MAXIMUM_WAIT_OBJECTS>& objects,
                        std::array<PooledWait*, kMostWaits>& waits) noexcept;
    // Ends a wait that had its signal, or that cannot be waited for.
    void disarm(PooledWait* wait) noexcept;
    void serve(PooledWait* wait) noexcept;

    OwnedHandle changed_;  // auto reset
    std::array<PooledWait*, kMostWaits> waits_{};
    std::size_t count_ = 0;
    std::size_t next_ = 0;      // after the last one served, so that none starves behind it
    std::uint64_t wanted_ = 0;  // changes asked for
    std::uint64_t done_ = 0;    // changes that the thread knows of
    std::size_t removers_ = 0;  // threads inside remove()
    bool left_ = false;         // the thread is gone: the last remover deletes this
    CONDITION_VARIABLE known_ = CONDITION_VARIABLE_INIT;
};

HRESULT WaitThread::find(WaitThread** found) {
    if (threads_with_room == nullptr) {
        threads_with_room = new std::vector<WaitThread*>();
    }
    if (!threads_with_room->empty()) {
        *found = threads_with_room->back();
        return S_OK;
    }
    auto thread = std::make_unique<WaitThread>();
    // Room for all that there are: giving a place back must not fail.
    threads_with_room->reserve(thread_count + 1);
    thread->changed_ = OwnedHandle(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    if (!thread->changed_) {
        return hresult_from_last_error();
    }
    // It cannot begin before pool_lock is free.
    HANDLE handle = CreateThread(nullptr, kStackSize, entry, thread.get(),
                                 STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
    if (handle == nullptr) {
        return hresult_from_last_error();
    }
    CloseHandle(handle);
    ++thread_count;
    *found = thread.release();
    threads_with_room->push_back(*found);
    return S_OK;
}

void WaitThread::add(PooledWait* wait) noexcept {
    waits_[count_++] = wait;
    if (count_ == kMostWaits) {
        std::erase(*threads_with_room, this);
    }
}

// NOLINTNEXTLINE(bugprone-exception-escape): the one push_back has its room already.
void WaitThread::remove(PooledWait* wait) noexcept {
    if (count_ == kMostWaits) {
        threads_with_room->push_back(this);
    }
    *std::find(waits_.begin(), waits_.begin() + static_cast<std::ptrdiff_t>(count_), wait) =
        waits_[count_ - 1];
    --count_;
    change();
    const std::uint64_t mine = wanted_;
    ++removers_;
    while (done_ < mine) {
        SleepConditionVariableSRW(&known_, pool_lock.get(), INFINITE, 0);
    }
    if (--removers_ == 0 && left_) {
        delete this;
    }
}

DWORD WINAPI WaitThread::entry(void* self) {
    static_cast<WaitThread*>(self)->run();
    return 0;
}

void WaitThread::run() noexcept {
    std::array<HANDLE, MAXIMUM_WAIT_OBJECTS> objects{};
    std::array<PooledWait*, kMostWaits> waits{};
    while (const std::size_t count = collect(objects, waits)) {
        const DWORD result =
            WaitForMultipleObjects(static_cast<DWORD>(count), objects.data(), FALSE, INFINITE);
        if (result > WAIT_OBJECT_0 && result < WAIT_OBJECT_0 + count) {
            serve(waits[result - WAIT_OBJECT_0 - 1]);
        } else if (result == WAIT_FAILED) {
            // By an object that is none: the others shall not suffer.
            for (std::size_t i = 1; i < count; ++i) {
                const DWORD single = WaitForSingleObject(objects[i], 0);
                if (single == WAIT_OBJECT_0) {
                    serve(waits[i - 1]);
                } else if (single == WAIT_FAILED) {
                    disarm(waits[i - 1]);
                }
            }
        }
    }
}

void WaitThread::disarm(PooledWait* wait) noexcept {
    const LockGuard guard(pool_lock);
    wait->armed_ = false;
    next_ = static_cast<std::size_t>(std::ranges::find(waits_, wait) - waits_.begin()) + 1;
}

void WaitThread::serve(PooledWait* wait) noexcept {
    disarm(wait);
    // Still there: remove() waits until the next collect().
    wait->signalled();
}

std::size_t WaitThread::collect(std::array<HANDLE, MAXIMUM_WAIT_OBJECTS>& objects,
                                std::array<PooledWait*, kMostWaits>& waits) noexcept {
    const LockGuard guard(pool_lock);
    done_ = wanted_;
    WakeAllConditionVariable(&known_);
    if (count_ == 0) {
        // Before remove() returns, so that nothing is left of what its caller made.
        std::erase(*threads_with_room, this);
        --thread_count;
        changed_ = OwnedHandle();
        left_ = true;
        return 0;
    }
    std::size_t armed = 0;
    objects[0] = changed_.get();
    for (std::size_t i = 0; i < count_; ++i) {
        PooledWait* const wait = waits_[(next_ + i) % count_];
        if (wait->armed_) {
            waits[armed++] = wait;
            objects[armed] = wait->object_;
        }
    }
    return armed + 1;
}

HRESULT PooledWait::add(HANDLE object) {
    const LockGuard guard(pool_lock);
    WaitThread* thread = nullptr;
    const HRESULT hr = WaitThread::find(&thread);
    if (SUCCEEDED(hr)) {
        thread_ = thread;
        object_ = object;
        thread->add(this);
    }
    return hr;
}

void PooledWait::arm() noexcept {
    const LockGuard guard(pool_lock);
    armed_ = true;
    thread_->change();
}

void PooledWait::remove() noexcept {
    const LockGuard guard(pool_lock);
    if (thread_ != nullptr) {
        thread_->remove(this);
        thread_ = nullptr;
    }
}

}  // namespace mfvcam
