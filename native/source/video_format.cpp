#include "video_format.h"

#include <mfapi.h>
#include <mferror.h>

namespace mfvcam::source {
namespace {

const GUID& subtype_of(PixelFormat format) noexcept {
    return format == PixelFormat::nv12 ? MFVideoFormat_NV12 : MFVideoFormat_RGB32;
}

constexpr UINT64 pack(UINT32 high, UINT32 low) noexcept {
    return static_cast<UINT64>(high) << 32 | low;
}

}  // namespace

HRESULT create_media_type(PixelFormat format, ComPtr<IMFMediaType>* type) noexcept {
    ComPtr<IMFMediaType> made;
    HRESULT hr = MFCreateMediaType(made.put());
    const auto set = [&](HRESULT result) { hr = FAILED(hr) ? hr : result; };
    if (FAILED(hr)) {
        return hr;
    }
    const auto size = static_cast<UINT32>(picture_size(format));
    set(made->SetGUID(MF_MT_MAJOR_TYPE, MFMediaType_Video));
    set(made->SetGUID(MF_MT_SUBTYPE, subtype_of(format)));
    set(made->SetUINT64(MF_MT_FRAME_SIZE, pack(kPictureWidth, kPictureHeight)));
    set(made->SetUINT64(MF_MT_FRAME_RATE, pack(kFramesPerSecond, 1)));
    set(made->SetUINT64(MF_MT_PIXEL_ASPECT_RATIO, pack(1, 1)));
    set(made->SetUINT32(MF_MT_INTERLACE_MODE, MFVideoInterlace_Progressive));
    set(made->SetUINT32(MF_MT_ALL_SAMPLES_INDEPENDENT, TRUE));
    set(made->SetUINT32(MF_MT_FIXED_SIZE_SAMPLES, TRUE));
    set(made->SetUINT32(MF_MT_SAMPLE_SIZE, size));
    set(made->SetUINT32(MF_MT_DEFAULT_STRIDE, static_cast<UINT32>(picture_row_size(format))));
    set(made->SetUINT32(MF_MT_AVG_BITRATE, size * 8 * kFramesPerSecond));
    if (SUCCEEDED(hr)) {
        *type = std::move(made);
    }
    return hr;
}

HRESULT parse_media_type(IMFMediaType* type, PixelFormat* format) noexcept {
    GUID major = {};
    GUID subtype = {};
    UINT64 size = 0;
    if (FAILED(type->GetGUID(MF_MT_MAJOR_TYPE, &major)) || major != MFMediaType_Video ||
        FAILED(type->GetGUID(MF_MT_SUBTYPE, &subtype)) ||
        FAILED(type->GetUINT64(MF_MT_FRAME_SIZE, &size)) ||
        size != pack(kPictureWidth, kPictureHeight)) {
        return MF_E_INVALIDMEDIATYPE;
    }
    UINT64 rate = 0;
    if (SUCCEEDED(type->GetUINT64(MF_MT_FRAME_RATE, &rate)) &&
        (rate & 0xFFFFFFFF) * kFramesPerSecond != rate >> 32) {
        return MF_E_INVALIDMEDIATYPE;
    }
    for (const PixelFormat ours : kPixelFormats) {
        if (subtype == subtype_of(ours)) {
            *format = ours;
            return S_OK;
        }
    }
    return MF_E_INVALIDMEDIATYPE;
}

}  // namespace mfvcam::source
