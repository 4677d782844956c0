// The neutral decisions of ks_request.h held against Windows' own headers, and its codes for them.
#pragma once

#include <windows.h>

#include <bit>
#include <cstddef>

#include "ks_abi.h"
#include "ks_request.h"

namespace mfvcam::source {

static_assert(sizeof(KSEVENT) == kKsIdentifierSize && sizeof(KSPROPERTY) == kKsIdentifierSize);
static_assert(sizeof(KSEVENTDATA) == kKsEventDataSize);
static_assert(offsetof(KSEVENTDATA, EventHandle.Event) == sizeof(void*));
static_assert(offsetof(KSEVENTDATA, SemaphoreHandle.Semaphore) == sizeof(void*));
static_assert(offsetof(KSEVENTDATA, SemaphoreHandle.Adjustment) == 2 * sizeof(void*) + 4);
static_assert(KSEVENTF_EVENT_HANDLE == kKsNotifyEvent);
static_assert(KSEVENTF_SEMAPHORE_HANDLE == kKsNotifySemaphore);

constexpr KsSet ks_set(const GUID& guid) noexcept {
    return std::bit_cast<KsSet>(guid);
}

// S_OK to proceed.
constexpr HRESULT ks_result(KsAnswer answer) noexcept {
    switch (answer) {
        case KsAnswer::proceed:
        case KsAnswer::supported:
            return S_OK;
        case KsAnswer::null_pointer:
            return E_POINTER;
        case KsAnswer::invalid_argument:
            return E_INVALIDARG;
        case KsAnswer::unknown_set:
            return HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
        case KsAnswer::unknown_id:
            return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
        case KsAnswer::more_data:
            return HRESULT_FROM_WIN32(ERROR_MORE_DATA);
        case KsAnswer::insufficient_buffer:
            return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    }
    return E_UNEXPECTED;
}

}  // namespace mfvcam::source
