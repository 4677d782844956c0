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
using mfvcam::simulator::CameraKey;
using mfvcam::simulator::guarded;
using mfvcam::simulator::VirtualCamera;
namespace choices = mfvcam::simulator::choices;

// Work queues may still call into this DLL after the last object has gone.
void stayLoaded() noexcept {
    HMODULE module = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       reinterpret_cast<LPCWSTR>(&stayLoaded), &module);
}

}  // namespace

HRESULT STDAPICALLTYPE MFCreateVirtualCamera(MFVirtualCameraType type,
                                             MFVirtualCameraLifetime lifetime,
                                             MFVirtualCameraAccess access, LPCWSTR friendlyName,
                                             LPCWSTR sourceId, const GUID* categories,
                                             ULONG categoryCount,
                                             IMFVirtualCamera** virtualCamera) {
    if (virtualCamera == nullptr) {
        return E_POINTER;
    }
    *virtualCamera = nullptr;
    return guarded([&] {
        CameraKey key;
        HRESULT hr = CameraKey::make(type, lifetime, access, friendlyName, sourceId, categories,
                                     categoryCount, key);
        if (FAILED(hr)) {
            return hr;
        }
        stayLoaded();
        ComPtr<IMFVirtualCamera> camera;
        hr = VirtualCamera::make(key, camera);
        if (SUCCEEDED(hr)) {
            *virtualCamera = camera.detach();
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
