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
    std::wstring friendly_name;
    GUID class_id{};
    std::vector<GUID> categories;  // sorted, each once

    bool operator==(const CameraKey& other) const noexcept;

    // The parameters of MFCreateVirtualCamera, checked.
    static HRESULT make(MFVirtualCameraType type, MFVirtualCameraLifetime lifetime,
                        MFVirtualCameraAccess access, LPCWSTR friendly_name, LPCWSTR source_id,
                        const GUID* categories, ULONG category_count, CameraKey& key);

    [[nodiscard]] std::wstring symbolic_link() const;
    // As people see it: the pipeline marks the camera as a virtual one.
    [[nodiscard]] std::wstring display_name() const;
};

}  // namespace mfvcam::simulator
