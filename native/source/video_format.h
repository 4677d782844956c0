// The formats the source offers.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <array>

#include "com_ptr.h"
#include "test_picture.h"

namespace mfvcam::source {

inline constexpr UINT32 kFramesPerSecond = 30;
inline constexpr std::array kPixelFormats = {PixelFormat::nv12, PixelFormat::rgb32};

HRESULT create_media_type(PixelFormat format, ComPtr<IMFMediaType>* type) noexcept;

// Which of ours a type of somebody else's means; MF_E_INVALIDMEDIATYPE if none.
HRESULT parse_media_type(IMFMediaType* type, PixelFormat* format) noexcept;

}  // namespace mfvcam::source
