// The IMFAsyncResult that a Start callback is invoked with, and how the event hangs off it.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include "com_ptr.h"

namespace mfvcam::simulator {

HRESULT make_event_result(IMFMediaEvent* event, IMFAsyncCallback* callback,
                          ComPtr<IMFAsyncResult>& result);

}  // namespace mfvcam::simulator
