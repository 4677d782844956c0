// The Frame Server's monitor: a process that activates each camera's media source once, before the
// Frame Server does, and never starts it, as Windows' second camera service.
#pragma once

#include <windows.h>

#include <memory>
#include <string>

#include "camera_key.h"
#include "host.h"
#include "media_data.h"

namespace mfvcam::simulator::monitor {

// What the monitor has of a started camera, until this is destroyed.
struct Watched {
    std::shared_ptr<CameraHold> hold;
    std::shared_ptr<HostedSource> source;
    DWORD process_id = 0;
};

// From now on the cameras of this process are monitored. Once, and first.
void use(const std::wstring& server);

// Brings a camera's media source to life in the monitor. Nothing, where there is none.
HRESULT watch(const CameraKey& key, const Bytes& attributes, Watched& watched) noexcept;

}  // namespace mfvcam::simulator::monitor
