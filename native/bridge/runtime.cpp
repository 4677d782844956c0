#include "runtime.h"

#include <combaseapi.h>
#include <mfapi.h>

#include "guard.h"
#include "late_binding.h"
#include "lock.h"

namespace mfvcam {

namespace {

constinit Lock runtime_lock;
constinit bool ready = false;
constinit CO_MTA_USAGE_COOKIE mta_cookie = nullptr;
constinit MediaFoundation functions = {};

template <class F>
HRESULT look_up(HMODULE module, const char* name, F& function) noexcept {
    function = find_function<F>(module, name);
    return function != nullptr ? S_OK : hresult_from_last_error();
}

HRESULT start_media_foundation() noexcept {
    const HMODULE platform = LoadLibraryExW(L"mfplat.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (platform == nullptr) {
        return hresult_from_last_error();
    }
    const HMODULE read_write =
        LoadLibraryExW(L"mfreadwrite.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (read_write == nullptr) {
        return hresult_from_last_error();
    }
    decltype(&::MFStartup) startup = nullptr;
    HRESULT hr = look_up(platform, "MFStartup", startup);
    if (SUCCEEDED(hr)) {
        hr = look_up(platform, "MFCreateAttributes", functions.create_attributes);
    }
    if (SUCCEEDED(hr)) {
        hr = look_up(read_write, "MFCreateSourceReaderFromMediaSource",
                     functions.create_source_reader);
    }
    // Source readers share one work queue. Wine deadlocks where the last of them goes on a thread
    // of that queue, which is then to end while it runs: a reference that is never given back keeps
    // it.
    decltype(&::MFLockSharedWorkQueue) lock_shared_work_queue = nullptr;
    if (SUCCEEDED(hr)) {
        hr = look_up(platform, "MFLockSharedWorkQueue", lock_shared_work_queue);
    }
    if (SUCCEEDED(hr)) {
        hr = startup(MF_VERSION, MFSTARTUP_FULL);
    }
    DWORD queue = 0;
    return SUCCEEDED(hr) ? lock_shared_work_queue(L"", 0, nullptr, &queue) : hr;
}

}  // namespace

HRESULT pin_module() noexcept {
    HMODULE self = nullptr;
    return GetModuleHandleExW(
               GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
               reinterpret_cast<LPCWSTR>(&ready), &self) != FALSE
               ? S_OK
               : hresult_from_last_error();
}

HRESULT ensure_runtime() noexcept {
    {
        const SharedLockGuard guard(runtime_lock);
        if (ready) {
            return S_OK;
        }
    }
    const LockGuard guard(runtime_lock);
    if (ready) {
        return S_OK;
    }
    HRESULT hr = pin_module();
    if (SUCCEEDED(hr) && mta_cookie == nullptr) {
        hr = CoIncrementMTAUsage(&mta_cookie);
    }
    if (SUCCEEDED(hr)) {
        hr = start_media_foundation();
    }
    ready = SUCCEEDED(hr);
    return hr;
}

const MediaFoundation& media_foundation() noexcept {
    return functions;
}

}  // namespace mfvcam
