// The class id's registry entries.
#pragma once

#include <windows.h>

namespace mfvcam::source {

// Under HKEY_LOCAL_MACHINE: the camera services run under other accounts than the installing user.
HRESULT register_class();
HRESULT unregister_class() noexcept;

}  // namespace mfvcam::source
