#include "provider.h"

#include <array>
#include <cwchar>
#include <memory>
#include <string>
#include <utility>

#include "guard.h"
#include "lock.h"
#include "mfvcam.h"

namespace mfvcam::provider {

namespace {

constinit Lock provider_lock;
constinit HMODULE module = nullptr;
constinit bool in_use = false;
// The path asked for, never freed; null for Windows' own.
constinit const std::wstring* chosen_path = nullptr;

bool is_full_path(const wchar_t* path) noexcept {
    const auto is_separator = [](wchar_t c) { return c == L'\\' || c == L'/'; };
    const wchar_t drive = path[0];
    if ((drive >= L'A' && drive <= L'Z') || (drive >= L'a' && drive <= L'z')) {
        return path[1] == L':' && is_separator(path[2]);
    }
    return path[0] == L'\\' && path[1] == L'\\';
}

FARPROC find_export(HMODULE from, const char* name) noexcept {
    FARPROC address = GetProcAddress(from, name);
#if defined(_M_IX86) || defined(__i386__)
    // Whether Windows exports the plain names on x86 is not documented; the decorated ones cost
    // nothing to try.
    if (address == nullptr) {
        const std::string plain = name;
        const std::string decorated =
            "_" + plain + (plain == "MFCreateVirtualCamera" ? "@32" : "@8");
        address = GetProcAddress(from, decorated.c_str());
    }
#endif
    return address;
}

HRESULT check_exports(HMODULE candidate) noexcept {
    for (const char* name : {"MFCreateVirtualCamera", "MFIsVirtualCameraTypeSupported"}) {
        if (find_export(candidate, name) == nullptr) {
            return HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND);
        }
    }
    return S_OK;
}

HRESULT load(const wchar_t* path, HMODULE& loaded) noexcept {
    loaded = LoadLibraryExW(path, nullptr,
                            LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    return loaded != nullptr ? S_OK : hresult_from_last_error();
}

HRESULT load_windows_own(HMODULE& loaded) {
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT length = GetSystemDirectoryW(folder.data(), MAX_PATH);
    if (length == 0 || length >= MAX_PATH) {
        return hresult_from_last_error();
    }
    return load((std::wstring(folder.data(), length) + L"\\mfsensorgroup.dll").c_str(), loaded);
}

}  // namespace

HRESULT use(const wchar_t* path) noexcept {
    if (path == nullptr) {
        return E_POINTER;
    }
    return guarded([path]() -> HRESULT {
        if (!is_full_path(path)) {
            return E_INVALIDARG;
        }
        const LockGuard guard(provider_lock);
        if (chosen_path != nullptr && _wcsicmp(chosen_path->c_str(), path) == 0) {
            return S_OK;
        }
        if (in_use || chosen_path != nullptr) {
            return MFVCAM_E_PROVIDER_IN_USE;
        }
        auto kept_path = std::make_unique<std::wstring>(path);
        HMODULE loaded = nullptr;
        HRESULT hr = load(path, loaded);
        if (SUCCEEDED(hr)) {
            hr = check_exports(loaded);
            if (FAILED(hr)) {
                FreeLibrary(loaded);
            }
        }
        if (SUCCEEDED(hr)) {
            chosen_path = kept_path.release();
            module = loaded;
        }
        return hr;
    });
}

HRESULT probe() noexcept {
    {
        const SharedLockGuard guard(provider_lock);
        if (in_use) {
            return check_exports(module);
        }
    }
    return guarded([]() -> HRESULT {
        const LockGuard guard(provider_lock);
        if (module == nullptr) {
            const HRESULT hr = load_windows_own(module);
            if (FAILED(hr)) {
                // Not settled: without the DLL a simulator may still be chosen.
                return hr;
            }
        }
        const HRESULT hr = check_exports(module);
        if (FAILED(hr)) {
            FreeLibrary(std::exchange(module, nullptr));
            return hr;
        }
        in_use = true;
        return S_OK;
    });
}

FARPROC symbol(const char* name, HRESULT* last_error) noexcept {
    const HRESULT hr = probe();
    *last_error = hr;
    if (FAILED(hr)) {
        return nullptr;
    }
    const SharedLockGuard guard(provider_lock);
    return find_export(module, name);
}

}  // namespace mfvcam::provider
