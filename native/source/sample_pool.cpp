#include "sample_pool.h"

#include <mfapi.h>
#include <mferror.h>

#include "video_format.h"

namespace mfvcam::source {
namespace {

// Frames that may be with the consumer at once.
constexpr DWORD kPoolSize = 10;

// Whether every row of the picture lies within the buffer's memory.
bool fits(PixelFormat format, const BYTE* first_row, LONG pitch, const BYTE* start,
          DWORD length) noexcept {
    const auto row_size = static_cast<LONGLONG>(picture_row_size(format));
    const LONGLONG offset = first_row - start;
    const LONGLONG last_row = offset + LONGLONG{pitch} * (picture_rows(format) - 1);
    return (pitch < 0 ? -LONGLONG{pitch} : pitch) >= row_size && offset >= 0 && last_row >= 0 &&
           offset + row_size <= length && last_row + row_size <= length;
}

HRESULT draw_2d(IMF2DBuffer2* buffer, PixelFormat format, std::uint64_t frame_number) noexcept {
    BYTE* first_row = nullptr;
    LONG pitch = 0;
    BYTE* start = nullptr;
    DWORD length = 0;
    HRESULT hr =
        buffer->Lock2DSize(MF2DBuffer_LockFlags_Write, &first_row, &pitch, &start, &length);
    if (FAILED(hr)) {
        return hr;
    }
    if (first_row != nullptr && start != nullptr && fits(format, first_row, pitch, start, length)) {
        draw_test_picture(format, frame_number, {first_row, pitch});
    } else {
        hr = MF_E_BUFFERTOOSMALL;
    }
    const HRESULT unlocked = buffer->Unlock2D();
    return FAILED(hr) ? hr : unlocked;
}

HRESULT draw_linear(IMFMediaBuffer* buffer, PixelFormat format,
                    std::uint64_t frame_number) noexcept {
    BYTE* start = nullptr;
    DWORD length = 0;
    HRESULT hr = buffer->Lock(&start, &length, nullptr);
    if (FAILED(hr)) {
        return hr;
    }
    const auto pitch = static_cast<LONG>(picture_row_size(format));
    if (start != nullptr && fits(format, start, pitch, start, length)) {
        draw_test_picture(format, frame_number, {start, pitch});
    } else {
        hr = MF_E_BUFFERTOOSMALL;
    }
    const HRESULT unlocked = buffer->Unlock();
    return FAILED(hr) ? hr : unlocked;
}

HRESULT draw(IMFMediaBuffer* buffer, PixelFormat format, std::uint64_t frame_number) noexcept {
    const ComPtr<IMFMediaBuffer> linear(buffer);
    auto length = static_cast<DWORD>(picture_size(format));
    HRESULT hr = S_OK;
    if (const auto planes = linear.as<IMF2DBuffer2>()) {
        hr = draw_2d(planes.get(), format, frame_number);
        if (SUCCEEDED(hr)) {
            hr = planes->GetContiguousLength(&length);
        }
    } else {
        hr = draw_linear(buffer, format, frame_number);
    }
    return FAILED(hr) ? hr : buffer->SetCurrentLength(length);
}

}  // namespace

HRESULT SamplePool::open(IMFVideoSampleAllocator* provided, PixelFormat format) noexcept {
    ComPtr<IMFVideoSampleAllocator> allocator(provided);
    HRESULT hr = S_OK;
    if (!allocator) {
        hr =
            MFCreateVideoSampleAllocatorEx(__uuidof(IMFVideoSampleAllocator), allocator.put_void());
    }
    ComPtr<IMFMediaType> type;
    if (SUCCEEDED(hr)) {
        hr = create_media_type(format, &type);
    }
    if (SUCCEEDED(hr)) {
        hr = allocator->InitializeSampleAllocator(kPoolSize, type.get());
    }
    if (SUCCEEDED(hr)) {
        allocator_ = std::move(allocator);
        format_ = format;
        open_ = true;
    }
    return hr;
}

HRESULT SamplePool::take(std::uint64_t frame_number, ComPtr<IMFSample>* sample) noexcept {
    ComPtr<IMFSample> taken;
    HRESULT hr = allocator_->AllocateSample(taken.put());
    if (SUCCEEDED(hr) && !taken) {
        hr = E_UNEXPECTED;
    }
    ComPtr<IMFMediaBuffer> buffer;
    if (SUCCEEDED(hr)) {
        hr = taken->GetBufferByIndex(0, buffer.put());
    }
    if (SUCCEEDED(hr)) {
        hr = buffer ? draw(buffer.get(), format_, frame_number) : E_UNEXPECTED;
    }
    if (SUCCEEDED(hr)) {
        *sample = std::move(taken);
    }
    return hr;
}

void SamplePool::close() noexcept {
    // The allocator itself stays: a taker may be inside it.
    if (open_.exchange(false)) {
        allocator_->UninitializeSampleAllocator();
    }
}

}  // namespace mfvcam::source
