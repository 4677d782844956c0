// Waiting on kernel handles: what ends a wait, and in which order of precedence.
#pragma once

#include <windows.h>

namespace mfvcam {

// The end of a timeout in milliseconds; INFINITE has none.
class Deadline {
 public:
    explicit Deadline(UINT32 timeout) noexcept;

    // Milliseconds left, rounded up; INFINITE, or 0 when it has passed.
    [[nodiscard]] UINT32 left() const noexcept;

 private:
    bool infinite_;
    INT64 time_;  // system_time()
};

enum class WaitEnd : unsigned char { signalled, ended, cancelled, timed_out, failed };

/*
 * Waits for signal, ended or cancel (may be null), in this order of precedence: a consumed
 * auto-reset signal is never lost to an end that came at the same time. Never times out early, as
 * the system's own wait may, by a tick. The code of a failure is left in GetLastError.
 */
WaitEnd wait_for(HANDLE signal, HANDLE ended, HANDLE cancel, const Deadline& deadline) noexcept;

// What a call that waited returns. First thing after the wait, for GetLastError. ended is
// MF_E_SHUTDOWN, unless the caller knows the reason.
HRESULT hresult_of(WaitEnd end) noexcept;

}  // namespace mfvcam
