// What the COUNTERS property tells.
#pragma once

#include <mfvcam.h>

#include <atomic>
#include <cstdint>

#include "lock.h"

namespace mfvcam::source {

class Counters {
 public:
    void requested() noexcept {
        const LockGuard guard(lock_);
        ++values_.requests;
    }
    void delivered() noexcept {
        const LockGuard guard(lock_);
        ++values_.deliveries;
    }
    void not_delivered() noexcept {
        const LockGuard guard(lock_);
        --values_.deliveries;
    }
    // Before the signal, so that whoever it wakes reads it.
    void signalling(std::uint32_t event_id, std::int64_t now) noexcept {
        const LockGuard guard(lock_);
        ++values_.signals[event_id];
        values_.last_signal_time[event_id] = now;
    }
    void not_signalled(std::uint32_t event_id) noexcept {
        const LockGuard guard(lock_);
        --values_.signals[event_id];
    }
    mfvcam_source_counters get() noexcept {
        const LockGuard guard(lock_);
        return values_;
    }

 private:
    static std::uint32_t next_instance() noexcept {
        static constinit std::atomic<std::uint32_t> last{0};
        return ++last;
    }

    Lock lock_;
    mfvcam_source_counters values_ = {
        sizeof(mfvcam_source_counters), MFVCAM_EVENT_COUNT, 0, 0, {}, {},
        GetCurrentProcessId(),          next_instance()};
};

}  // namespace mfvcam::source
