// A Frame Server for one test program and the programs it starts: those that run beside it would
// have the same cameras.
#pragma once

#include <windows.h>

namespace mfvcam::tests {

// Before the first camera. Registers our media source, too, for the Frame Server to find.
HRESULT use_own_frame_server();

}  // namespace mfvcam::tests
