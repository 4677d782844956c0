// What the machine is, as opposed to what this process was built for.
#pragma once

#include <windows.h>

namespace mfvcam {

// IMAGE_FILE_MACHINE_AMD64, _ARM64 or _I386, or _UNKNOWN for any other.
USHORT native_machine() noexcept;

}  // namespace mfvcam
