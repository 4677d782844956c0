#include "frame_section.h"

#include <mfapi.h>

#include <cstdint>
#include <cstring>

#include "com_ptr.h"
#include "guard.h"

namespace mfvcam::simulator {

FrameSection::~FrameSection() {
    if (data_ != nullptr) {
        UnmapViewOfFile(data_);
    }
}

HRESULT FrameSection::make(std::size_t size, HANDLE process, HANDLE& theirs) noexcept {
    const auto wide = static_cast<std::uint64_t>(size);
    section_.reset(CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE,
                                      static_cast<DWORD>(wide >> 32U), static_cast<DWORD>(wide),
                                      nullptr));
    HRESULT hr = section_ ? view(FILE_MAP_WRITE, size) : hresult_from_last_error();
    if (SUCCEEDED(hr) && DuplicateHandle(GetCurrentProcess(), section_.get(), process, &theirs,
                                         FILE_MAP_READ, FALSE, 0) == FALSE) {
        hr = hresult_from_last_error();
    }
    return hr;
}

HRESULT FrameSection::open(HANDLE section, std::size_t size) noexcept {
    section_.reset(section);
    return view(FILE_MAP_READ, size);
}

HRESULT FrameSection::view(DWORD access, std::size_t size) noexcept {
    if (data_ != nullptr) {
        UnmapViewOfFile(data_);
    }
    data_ = static_cast<BYTE*>(MapViewOfFile(section_.get(), access, 0, 0, size));
    size_ = data_ != nullptr ? size : 0;
    return data_ != nullptr ? S_OK : hresult_from_last_error();
}

HRESULT read_frame(IMFSample* sample, Bytes& frame) {
    DWORD count = 0;
    HRESULT hr = sample->GetBufferCount(&count);
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        ComPtr<IMFMediaBuffer> buffer;
        BYTE* data = nullptr;
        DWORD length = 0;
        hr = sample->GetBufferByIndex(index, buffer.put());
        if (SUCCEEDED(hr)) {
            hr = buffer->Lock(&data, nullptr, &length);
        }
        if (SUCCEEDED(hr)) {
            hr = guarded([&] {
                frame.insert(frame.end(), data, data + length);
                return S_OK;
            });
            buffer->Unlock();
        }
    }
    return hr;
}

HRESULT make_frame(const BYTE* frame, DWORD length, IMFSample* sample) noexcept {
    ComPtr<IMFMediaBuffer> buffer;
    BYTE* data = nullptr;
    HRESULT hr = MFCreateMemoryBuffer(length, buffer.put());
    if (SUCCEEDED(hr)) {
        hr = buffer->Lock(&data, nullptr, nullptr);
    }
    if (FAILED(hr)) {
        return hr;
    }
    std::memcpy(data, frame, length);
    buffer->Unlock();
    hr = buffer->SetCurrentLength(length);
    return SUCCEEDED(hr) ? sample->AddBuffer(buffer.get()) : hr;
}

}  // namespace mfvcam::simulator
