#include "registration.h"

#include <combaseapi.h>

#include <string>

#include "ks_identifiers.h"
#include "module.h"

namespace mfvcam::source {
namespace {

constexpr wchar_t kDescription[] = L"mfvcam media source";
constexpr wchar_t kThreadingModel[] = L"Both";

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

// Fixed size, so that unregistering cannot run out of memory.
struct KeyPath {
    wchar_t text[96] = L"SOFTWARE\\Classes\\CLSID\\";
};

KeyPath class_key() noexcept {
    KeyPath path;
    constexpr std::size_t prefix = sizeof(L"SOFTWARE\\Classes\\CLSID\\") / sizeof(wchar_t) - 1;
    StringFromGUID2(kClassId, path.text + prefix,
                    static_cast<int>(sizeof(path.text) / sizeof(wchar_t) - prefix));
    return path;
}

LSTATUS write_class(const std::wstring& path) {
    const std::wstring key_path = class_key().text;
    RegistryKey key;
    RegistryKey server;
    LSTATUS status = key.create(key_path);
    if (status == ERROR_SUCCESS) {
        status = key.set(nullptr, kDescription);
    }
    if (status == ERROR_SUCCESS) {
        status = server.create(key_path + L"\\InprocServer32");
    }
    if (status == ERROR_SUCCESS) {
        status = server.set(nullptr, path);
    }
    if (status == ERROR_SUCCESS) {
        status = server.set(L"ThreadingModel", kThreadingModel);
    }
    return status;
}

}  // namespace

HRESULT register_class() {
    const std::wstring path = module_path();
    if (path.empty()) {
        const DWORD error = GetLastError();
        return error == ERROR_SUCCESS ? E_FAIL : HRESULT_FROM_WIN32(error);
    }
    const LSTATUS status = write_class(path);
    if (status != ERROR_SUCCESS) {
        unregister_class();
        return HRESULT_FROM_WIN32(static_cast<DWORD>(status));
    }
    return S_OK;
}

HRESULT unregister_class() noexcept {
    const LSTATUS status = RegDeleteTreeW(HKEY_LOCAL_MACHINE, class_key().text);
    return status == ERROR_SUCCESS || status == ERROR_FILE_NOT_FOUND
               ? S_OK
               : HRESULT_FROM_WIN32(static_cast<DWORD>(status));
}

}  // namespace mfvcam::source
