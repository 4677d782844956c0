// Brings a media source to life the way the Frame Server does: class id, activate object, source.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include "com_ptr.h"

namespace mfvcam::simulator {

// attributes: given to the activate object first.
HRESULT activate_source(const GUID& class_id, IMFAttributes* attributes,
                        ComPtr<IMFActivate>& activate, ComPtr<IMFMediaSource>& source) noexcept;

}  // namespace mfvcam::simulator
