// A stand-in for Windows' mfsensorgroup.dll: it makes profiles and remembers what it was told.
#pragma once

#include <windows.h>

namespace mfvcam::tests {

struct FakeSensorGroup {
    // What the next calls answer.
    HRESULT create_collection;
    HRESULT create_profile;
    HRESULT add_filter;
    HRESULT add_profile;
    // What was asked for last.
    GUID type;
    UINT32 index;
    bool constrained;
    UINT32 stream;
    wchar_t filter[64];
    // Objects alive, and profiles in collections.
    LONG alive;
    LONG added;
};

// The export fake_sensor_group.
using FakeSensorGroupFunction = FakeSensorGroup* (*)();

}  // namespace mfvcam::tests
