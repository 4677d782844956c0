// The two functions of mfsensorgroup.dll that concern virtual cameras.
#include <windows.h>

#include "camera_key.h"
#include "choices.h"
#include "com_ptr.h"
#include "guard.h"
#include "mfvirtualcamera_abi.h"
#include "virtual_camera.h"

namespace {

using mfvcam::ComPtr;
using mfvcam::guarded;
using mfvcam::simulator::CameraKey;
using mfvcam::simulator::VirtualCamera;
namespace choices = mfvcam::simulator::choices;

// Work queues may still call into this DLL after the last object has gone.
void stay_loaded() noexcept {
    HMODULE module = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       reinterpret_cast<LPCWSTR>(&stay_loaded), &module);
}

}  // namespace

HRESULT STDAPICALLTYPE MFCreateVirtualCamera(MFVirtualCameraType type,
                                             MFVirtualCameraLifetime lifetime,
                                             MFVirtualCameraAccess access, LPCWSTR friendly_name,
                                             LPCWSTR source_id, const GUID* categories,
                                             ULONG category_count,
                                             IMFVirtualCamera** virtual_camera) {
    if (virtual_camera == nullptr) {
        return E_POINTER;
    }
    *virtual_camera = nullptr;
    return guarded([&] {
        CameraKey key;
        HRESULT hr = CameraKey::make(type, lifetime, access, friendly_name, source_id, categories,
                                     category_count, key);
        if (FAILED(hr)) {
            return hr;
        }
        stay_loaded();
        ComPtr<IMFVirtualCamera> camera;
        hr = VirtualCamera::make(key, camera);
        if (SUCCEEDED(hr)) {
            *virtual_camera = camera.detach();
        }
        return hr;
    });
}

HRESULT STDAPICALLTYPE MFIsVirtualCameraTypeSupported(MFVirtualCameraType type, BOOL* supported) {
    if (supported == nullptr) {
        return E_POINTER;
    }
    *supported = FALSE;
    if (type != MFVirtualCameraType_SoftwareCameraSource) {
        return choices::kUnknownTypeAsked;
    }
    *supported = TRUE;
    return S_OK;
}
