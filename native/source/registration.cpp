#include "registration.h"

#include <combaseapi.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "guard.h"
#include "ks_identifiers.h"
#include "module.h"

namespace mfvcam::source {
namespace {

constexpr std::wstring_view kClasses = L"SOFTWARE\\Classes\\CLSID\\";

class RegistryKey {
 public:
    RegistryKey() noexcept = default;
    ~RegistryKey() {
        if (key_ != nullptr) {
            RegCloseKey(key_);
        }
    }
    RegistryKey(const RegistryKey&) = delete;
    RegistryKey& operator=(const RegistryKey&) = delete;

    LSTATUS create(const std::wstring& path) noexcept {
        return RegCreateKeyExW(HKEY_LOCAL_MACHINE, path.c_str(), 0, nullptr, 0, KEY_WRITE, nullptr,
                               &key_, nullptr);
    }
    LSTATUS set(const wchar_t* name, const std::wstring& value) noexcept {
        return RegSetValueExW(key_, name, 0, REG_SZ, reinterpret_cast<const BYTE*>(value.c_str()),
                              static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t)));
    }

 private:
    HKEY key_ = nullptr;
};

// Of this DLL; empty with the last error set.
std::wstring module_path() {
    const HMODULE module = Module::reference();
    std::wstring path;
    if (module != nullptr) {
        DWORD length = MAX_PATH;
        do {
            path.resize(std::size_t{length} * 2);
            length = GetModuleFileNameW(module, path.data(), static_cast<DWORD>(path.size()));
        } while (length == path.size() && length <= 0xFFFF);
        path.resize(length == path.size() ? 0 : length);
        const DWORD error = GetLastError();
        FreeLibrary(module);
        SetLastError(error);
    }
    return path;
}

// A fixed size and a terminating zero: unregistering cannot run out of memory.
using KeyPath = std::array<wchar_t, 96>;

KeyPath class_key() noexcept {
    KeyPath path = {};
    std::ranges::copy(kClasses, path.begin());
    StringFromGUID2(kClassId, path.data() + kClasses.size(),
                    static_cast<int>(path.size() - kClasses.size()));
    return path;
}

LSTATUS write_class(const std::wstring& path) {
    const std::wstring key_path = class_key().data();
    RegistryKey key;
    RegistryKey server;
    LSTATUS status = key.create(key_path);
    if (status == ERROR_SUCCESS) {
        status = key.set(nullptr, L"mfvcam media source");
    }
    if (status == ERROR_SUCCESS) {
        status = server.create(key_path + L"\\InprocServer32");
    }
    if (status == ERROR_SUCCESS) {
        status = server.set(nullptr, path);
    }
    if (status == ERROR_SUCCESS) {
        status = server.set(L"ThreadingModel", L"Both");
    }
    return status;
}

}  // namespace

HRESULT register_class() {
    const std::wstring path = module_path();
    if (path.empty()) {
        return hresult_from_last_error();
    }
    const LSTATUS status = write_class(path);
    if (status != ERROR_SUCCESS) {
        unregister_class();
        return HRESULT_FROM_WIN32(static_cast<DWORD>(status));
    }
    return S_OK;
}

HRESULT unregister_class() noexcept {
    const LSTATUS status = RegDeleteTreeW(HKEY_LOCAL_MACHINE, class_key().data());
    return status == ERROR_SUCCESS || status == ERROR_FILE_NOT_FOUND
               ? S_OK
               : HRESULT_FROM_WIN32(static_cast<DWORD>(status));
}

}  // namespace mfvcam::source
