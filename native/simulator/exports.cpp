// The two functions of mfsensorgroup.dll that concern virtual cameras, and those of simulator.h.
#include <windows.h>

#include "camera_key.h"
#include "choices.h"
#include "com_ptr.h"
#include "counters.h"
#include "mfvirtualcamera_abi.h"
#include "simulator.h"
#include "switches.h"
#include "trace.h"
#include "virtual_camera.h"

namespace {

using mfvcam::ComPtr;
using mfvcam::simulator::CameraKey;
using mfvcam::simulator::traced;
using mfvcam::simulator::VirtualCamera;
using mfvcam::simulator::switches::Switch;
namespace choices = mfvcam::simulator::choices;
namespace switches = mfvcam::simulator::switches;

// Whether this program may have cameras at all.
HRESULT may_use_cameras() noexcept {
    const HRESULT hr = switches::environment();
    return SUCCEEDED(hr) ? switches::code(Switch::kCameraAccess) : hr;
}

// Work queues may still call into this DLL after the last object has gone.
void stay_loaded() noexcept {
    HMODULE module = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       reinterpret_cast<LPCWSTR>(&stay_loaded), &module);
}

}  // namespace

HRESULT STDAPICALLTYPE MFCreateVirtualCamera(MFVirtualCameraType type,
                                             MFVirtualCameraLifetime lifetime,
                                             MFVirtualCameraAccess access, LPCWSTR friendlyName,
                                             LPCWSTR sourceId, const GUID* categories,
                                             ULONG categoryCount,
                                             IMFVirtualCamera** virtualCamera) {
    return traced(
        nullptr, "MFCreateVirtualCamera",
        [&] {
            if (virtualCamera == nullptr) {
                return E_POINTER;
            }
            *virtualCamera = nullptr;
            HRESULT hr = may_use_cameras();
            if (FAILED(hr)) {
                return hr;
            }
            CameraKey key;
            hr = CameraKey::make(type, lifetime, access, friendlyName, sourceId, categories,
                                 categoryCount, key);
            if (FAILED(hr)) {
                return hr;
            }
            if (switches::code(Switch::kNullObject) == switches::kCreateVirtualCamera) {
                return S_OK;
            }
            stay_loaded();
            ComPtr<IMFVirtualCamera> camera;
            hr = VirtualCamera::make(key, camera);
            if (SUCCEEDED(hr)) {
                *virtualCamera = camera.detach();
            }
            return hr;
        },
        static_cast<int>(type), static_cast<int>(lifetime), static_cast<int>(access), friendlyName,
        sourceId, categories, categoryCount);
}

HRESULT STDAPICALLTYPE MFIsVirtualCameraTypeSupported(MFVirtualCameraType type, BOOL* supported) {
    return traced(
        nullptr, "MFIsVirtualCameraTypeSupported",
        [&] {
            if (supported == nullptr) {
                return E_POINTER;
            }
            *supported = FALSE;
            if (type != MFVirtualCameraType_SoftwareCameraSource) {
                return choices::kUnknownTypeAsked;
            }
            const HRESULT hr = may_use_cameras();
            if (FAILED(hr)) {
                return hr;
            }
            *supported = switches::code(Switch::kTypeSupported) == switches::kYes ? TRUE : FALSE;
            return S_OK;
        },
        static_cast<int>(type));
}

HRESULT __cdecl mfvcam_simulator_set_switch(const char* name, const char* value) {
    return name == nullptr || value == nullptr ? E_POINTER : switches::set(name, value);
}

HRESULT __cdecl mfvcam_simulator_get_switch(const char* name, const char** value) {
    if (name == nullptr || value == nullptr) {
        return E_POINTER;
    }
    const switches::Value* const found = switches::get(name);
    *value = found != nullptr ? found->name : nullptr;
    return found != nullptr ? S_OK : E_INVALIDARG;
}

HRESULT __cdecl mfvcam_simulator_get_counters(mfvcam_simulator_counters* counters) {
    if (counters == nullptr) {
        return E_POINTER;
    }
    *counters = mfvcam::simulator::counted();
    return S_OK;
}
