#include "wait.h"

#include <mferror.h>

#include <array>

#include "guard.h"
#include "system_time.h"

namespace mfvcam {

Deadline::Deadline(UINT32 timeout) noexcept
    : infinite_(timeout == INFINITE), time_(system_time() + (INT64{timeout} * kMillisecond)) {}

UINT32 Deadline::left() const noexcept {
    if (infinite_) {
        return INFINITE;
    }
    const INT64 rest = time_ - system_time();
    return rest <= 0 ? 0 : static_cast<UINT32>((rest + kMillisecond - 1) / kMillisecond);
}

WaitEnd wait_for(HANDLE signal, HANDLE ended, HANDLE cancel, const Deadline& deadline) noexcept {
    const std::array<HANDLE, 3> handles = {signal, ended, cancel};
    const DWORD count = cancel != nullptr ? 3 : 2;
    for (;;) {
        const UINT32 left = deadline.left();
        switch (WaitForMultipleObjects(count, handles.data(), FALSE, left)) {
            case WAIT_OBJECT_0:
                return WaitEnd::signalled;
            case WAIT_OBJECT_0 + 1:
                return WaitEnd::ended;
            case WAIT_OBJECT_0 + 2:
                return WaitEnd::cancelled;
            case WAIT_TIMEOUT:
                if (left == 0) {
                    return WaitEnd::timed_out;
                }
                break;
            default:
                return WaitEnd::failed;
        }
    }
}

HRESULT hresult_of(WaitEnd end) noexcept {
    switch (end) {
        case WaitEnd::signalled:
            return S_OK;
        case WaitEnd::ended:
            return MF_E_SHUTDOWN;
        case WaitEnd::cancelled:
            return HRESULT_FROM_WIN32(ERROR_CANCELLED);
        case WaitEnd::timed_out:
            return S_FALSE;
        default:
            return hresult_from_last_error();
    }
}

}  // namespace mfvcam
