#include "signal_object.h"

#include "guard.h"
#include "kernel_object.h"

namespace mfvcam {

HRESULT SignalObject::duplicate(HANDLE given, Type type, SignalObject& result) noexcept {
    if (given == nullptr) {
        return E_HANDLE;
    }
    static_assert(EVENT_MODIFY_STATE == SEMAPHORE_MODIFY_STATE);
    HANDLE duplicate = nullptr;
    if (DuplicateHandle(GetCurrentProcess(), given, GetCurrentProcess(), &duplicate,
                        EVENT_MODIFY_STATE | SYNCHRONIZE, FALSE, 0) == FALSE) {
        return hresult_from_last_error();
    }
    result.handle_ = OwnedHandle(duplicate);
    result.type_ = type;
    // Signalling anything else would fail in the camera, where nobody can be told.
    if (!may_be(duplicate, type == Type::event ? L"Event" : L"Semaphore")) {
        return E_HANDLE;
    }
    // By the caller's HANDLE, which has more rights than the duplicate.
    result.keeps_signals_ = type == Type::event && is_manual_reset(given);
    return S_OK;
}

void SignalObject::give_back() const noexcept {
    if (type_ == Type::semaphore) {
        ReleaseSemaphore(handle_.get(), 1, nullptr);
    } else if (!keeps_signals_) {
        SetEvent(handle_.get());
    }
}

}  // namespace mfvcam
