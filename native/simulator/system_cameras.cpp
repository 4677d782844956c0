#include "system_cameras.h"

#include <utility>
#include <vector>

#include "background_thread.h"
#include "camera_registry.h"
#include "wire.h"

namespace mfvcam::simulator::system_cameras {
namespace {

struct Kept {
    CameraKey key;
    Bytes attributes;
    bool started = false;
};

// Open from restore() to the end of the process.
HKEY kept_in = nullptr;

HRESULT open_key(const std::wstring& server) {
    const std::wstring path = L"Software\\mfvcam\\simulator\\" + server;
    return HRESULT_FROM_WIN32(RegCreateKeyExW(HKEY_CURRENT_USER, path.c_str(), 0, nullptr, 0,
                                              KEY_QUERY_VALUE | KEY_SET_VALUE, nullptr, &kept_in,
                                              nullptr));
}

// False: there is no such value.
bool read(DWORD index, std::wstring& name, Bytes& value) {
    constexpr DWORD kLongestName = 16'383;
    name.resize(kLongestName + 1);
    auto length = static_cast<DWORD>(name.size());
    DWORD size = 0;
    if (RegEnumValueW(kept_in, index, name.data(), &length, nullptr, nullptr, nullptr, &size) !=
        ERROR_SUCCESS) {
        return false;
    }
    name.resize(length);
    value.resize(size);
    return RegQueryValueExW(kept_in, name.c_str(), nullptr, nullptr, value.data(), &size) ==
           ERROR_SUCCESS;
}

// Of another build, or damaged: not there.
void parse(const Bytes& value, std::vector<Kept>& all) {
    try {
        Kept kept;
        Reader reader(value);
        reader.get(kept.key);
        reader.get(kept.attributes);
        kept.started = reader.get_flag();
        if (kept.key.lifetime == MFVirtualCameraLifetime_System) {
            all.push_back(std::move(kept));
        }
    } catch (const MalformedMessage&) {
        return;
    }
}

}  // namespace

HRESULT restore(const std::wstring& server) {
    const HRESULT hr = open_key(server);
    if (FAILED(hr)) {
        return hr;
    }
    std::vector<Kept> all;
    std::wstring name;
    Bytes value;
    for (DWORD index = 0; read(index, name, value); ++index) {
        parse(value, all);
    }
    for (const Kept& kept : all) {
        const std::shared_ptr<Camera> camera =
            Camera::restored(kept.key, kept.attributes, kept.started);
        CameraRegistry::instance().add(camera);
        // A media source that hangs is to hold up those of its camera alone.
        if (kept.started && FAILED(run_in_background([camera] { camera->restart(); }))) {
            camera->restart();
        }
    }
    return S_OK;
}

void save(const CameraKey& key, const Bytes& attributes, bool started) {
    if (kept_in == nullptr || key.lifetime != MFVirtualCameraLifetime_System) {
        return;
    }
    Writer value;
    value.put(key);
    value.put(attributes);
    value.put(static_cast<BYTE>(started));
    RegSetValueExW(kept_in, key.symbolic_link().c_str(), 0, REG_BINARY, value.bytes().data(),
                   static_cast<DWORD>(value.bytes().size()));
}

void erase(const CameraKey& key) {
    if (kept_in != nullptr) {
        RegDeleteValueW(kept_in, key.symbolic_link().c_str());
    }
}

}  // namespace mfvcam::simulator::system_cameras
