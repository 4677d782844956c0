// What tells one camera from another: the parameters of MFCreateVirtualCamera.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <string>
#include <vector>

#include "mfvirtualcamera_abi.h"

namespace mfvcam::simulator {

struct CameraKey {
    MFVirtualCameraType type{};
    MFVirtualCameraLifetime lifetime{};
    MFVirtualCameraAccess access{};
    std::wstring friendlyName;
    GUID classId{};
    std::vector<GUID> categories;  // sorted, each once

    bool operator==(const CameraKey& other) const noexcept;

    // The parameters of MFCreateVirtualCamera, checked.
    static HRESULT make(MFVirtualCameraType type, MFVirtualCameraLifetime lifetime,
                        MFVirtualCameraAccess access, LPCWSTR friendlyName, LPCWSTR sourceId,
                        const GUID* categories, ULONG categoryCount, CameraKey& key);

    [[nodiscard]] std::wstring symbolicLink() const;
    // As people see it: the pipeline marks the camera as a virtual one.
    [[nodiscard]] std::wstring displayName() const;
};

}  // namespace mfvcam::simulator
