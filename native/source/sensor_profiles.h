// The camera's profiles, by which Windows chooses among its media types; what makes them is in a
// DLL that not every Windows has.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <string>

namespace mfvcam::source {

// Windows' own mfsensorgroup.dll, whether it is there or not. Empty if Windows does not say.
std::wstring system_sensor_group();

// Sets MF_DEVICEMFT_SENSORPROFILE_COLLECTION, with the profiles that the DLL with this full path
// makes; nothing if it is not there or makes none.
HRESULT publish_sensor_profiles(const wchar_t* dll, IMFAttributes* attributes) noexcept;

}  // namespace mfvcam::source
