// What the process needs before the first COM call, taken lazily, once, and never given back.
#pragma once

#include <windows.h>

#include <mfapi.h>
#include <mfidl.h>
#include <mfreadwrite.h>

namespace mfvcam {

// Media Foundation's functions, looked up late: editions of Windows without it must still load
// mfvcam.dll.
struct MediaFoundation {
    decltype(&::MFCreateAttributes) create_attributes;
    decltype(&::MFCreateSourceReaderFromMediaSource) create_source_reader;
};

// mfvcam.dll stays loaded until the process ends.
HRESULT pin_module() noexcept;

/*
 * Multithreaded apartment for the process (a cookie; no thread is CoInitialized), MFStartup, and
 * mfvcam.dll pinned, since work of ours may be under way on threads of Windows at any time.
 */
HRESULT ensure_runtime() noexcept;

// After ensure_runtime() succeeded.
const MediaFoundation& media_foundation() noexcept;

}  // namespace mfvcam
