// The one DLL that MFCreateVirtualCamera is taken from: Windows' mfsensorgroup.dll, or a
// simulator's if asked for in time.
#pragma once

#include <windows.h>

namespace mfvcam::provider {

// Before first use only.
HRESULT use(const wchar_t* path) noexcept;

// Loads the provider if need be, which settles it, and looks for both functions: S_OK means that
// they can be called.
HRESULT probe() noexcept;

// An export of the provider; null and the error in last_error if there is none. For
// mfsensorgroup.cpp alone.
FARPROC symbol(const char* name, HRESULT* last_error) noexcept;

}  // namespace mfvcam::provider
