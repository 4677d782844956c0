#include "signal_object.h"

#include "guard.h"
#include "kernel_object.h"

namespace mfvcam {

namespace {

HRESULT duplicate_handle(HANDLE handle, DWORD access, DWORD options, OwnedHandle& result) noexcept {
    HANDLE duplicate = nullptr;
    if (DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &duplicate, access, FALSE,
                        options) == FALSE) {
        return hresult_from_last_error();
    }
    result = OwnedHandle(duplicate);
    return S_OK;
}

}  // namespace

HRESULT SignalObject::duplicate(HANDLE given, Type type, SignalObject& result) noexcept {
    if (given == nullptr) {
        return E_HANDLE;
    }
    static_assert(EVENT_MODIFY_STATE == SEMAPHORE_MODIFY_STATE);
    constexpr DWORD kNeeded = EVENT_MODIFY_STATE | SYNCHRONIZE;
    constexpr DWORD kQueryState = 0x0001;  // EVENT_QUERY_STATE, SEMAPHORE_QUERY_STATE
    // Whether an event is a manual-reset one is asked by the duplicate: the caller may close his
    // HANDLE meanwhile, and the right to ask can be had without his.
    HRESULT hr = duplicate_handle(given, kNeeded | kQueryState, 0, result.handle_);
    if (hr == E_ACCESSDENIED) {
        hr = duplicate_handle(given, kNeeded, 0, result.handle_);
    }
    if (FAILED(hr)) {
        return hr;
    }
    result.type_ = type;
    // Signalling anything else would fail in the camera, where nobody can be told.
    if (!may_be(result.get(), type == Type::event ? L"Event" : L"Semaphore")) {
        return E_HANDLE;
    }
    result.keeps_signals_ = type == Type::event && is_manual_reset(result.get());
    return S_OK;
}

HRESULT SignalObject::copy_to(SignalObject& result) const noexcept {
    result.type_ = type_;
    result.keeps_signals_ = keeps_signals_;
    return duplicate_handle(get(), 0, DUPLICATE_SAME_ACCESS, result.handle_);
}

void SignalObject::give_back() const noexcept {
    if (type_ == Type::semaphore) {
        ReleaseSemaphore(handle_.get(), 1, nullptr);
    } else if (!keeps_signals_) {
        SetEvent(handle_.get());
    }
}

}  // namespace mfvcam
