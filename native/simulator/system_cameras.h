// The System cameras of a Frame Server, in the registry, so that they outlive it. Where nothing was
// restored - in a program's own process - nothing is kept.
#pragma once

#include <string>

#include "camera_key.h"
#include "media_data.h"

namespace mfvcam::simulator::system_cameras {

// Brings those to life that were kept under this name, each by a thread of its own, and keeps them
// there from now on. Once, and first. A camera whose media source fails is there, and stopped.
HRESULT restore(const std::wstring& server);

// Of cameras of another lifetime: nothing.
void save(const CameraKey& key, const Bytes& attributes, bool started);
void erase(const CameraKey& key);

}  // namespace mfvcam::simulator::system_cameras
