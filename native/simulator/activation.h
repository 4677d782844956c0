// Brings a media source to life the way the Frame Server does: class id, activate object, source.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include "com_ptr.h"
#include "host.h"

namespace mfvcam::simulator {

HRESULT activate_source(const Activation& activation, ComPtr<IMFActivate>& activate,
                        ComPtr<IMFMediaSource>& source) noexcept;

}  // namespace mfvcam::simulator
