// The static mfsensorgroup for toolchains without the Windows 11 SDK: its two functions, looked up
// late in the provider.
#include "late_binding.h"
#include "mfvirtualcamera_abi.h"
#include "provider.h"

namespace {

template <class F>
HRESULT look_up(const char* name, F* function) noexcept {
    HRESULT hr = E_UNEXPECTED;
    *function = mfvcam::function_at<F>(mfvcam::provider::symbol(name, &hr));
    return hr;
}

}  // namespace

HRESULT STDAPICALLTYPE MFCreateVirtualCamera(MFVirtualCameraType type,
                                             MFVirtualCameraLifetime lifetime,
                                             MFVirtualCameraAccess access, LPCWSTR friendlyName,
                                             LPCWSTR sourceId, const GUID* categories,
                                             ULONG categoryCount,
                                             IMFVirtualCamera** virtualCamera) {
    decltype(&::MFCreateVirtualCamera) function = nullptr;
    const HRESULT hr = look_up("MFCreateVirtualCamera", &function);
    return FAILED(hr) ? hr
                      : function(type, lifetime, access, friendlyName, sourceId, categories,
                                 categoryCount, virtualCamera);
}

HRESULT STDAPICALLTYPE MFIsVirtualCameraTypeSupported(MFVirtualCameraType type, BOOL* supported) {
    decltype(&::MFIsVirtualCameraTypeSupported) function = nullptr;
    const HRESULT hr = look_up("MFIsVirtualCameraTypeSupported", &function);
    return FAILED(hr) ? hr : function(type, supported);
}
