// The GUIDs of mfvcam.h as constants.
#pragma once

#include <mfvcam.h>

namespace mfvcam::source {

inline constexpr GUID kClassId = MFVCAM_SOURCE_CLSID;
inline constexpr GUID kEventSet = MFVCAM_EVENT_SET;
inline constexpr GUID kPropertySet = MFVCAM_PROPERTY_SET;

}  // namespace mfvcam::source
