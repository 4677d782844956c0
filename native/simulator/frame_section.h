// The shared memory in which frames pass from the Frame Server to a program, one after the other.
#pragma once

#include <windows.h>

#include "media_data.h"
#include "owned_handle.h"

namespace mfvcam::simulator {

// A view of a section; nothing if none.
class FrameSection {
 public:
    FrameSection() noexcept = default;
    ~FrameSection();
    FrameSection(const FrameSection&) = delete;
    FrameSection& operator=(const FrameSection&) = delete;

    // A new section of at least this size, and a HANDLE to it for another process.
    HRESULT make(std::size_t size, HANDLE process, HANDLE& theirs) noexcept;
    // Opens it there: takes the HANDLE over.
    HRESULT open(HANDLE section, std::size_t size) noexcept;

    [[nodiscard]] BYTE* data() const noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
    HRESULT view(DWORD access, std::size_t size) noexcept;

    OwnedHandle section_;
    BYTE* data_ = nullptr;
    std::size_t size_ = 0;
};

// The bytes of a sample, all buffers one after the other.
HRESULT read_frame(IMFSample* sample, Bytes& frame);
HRESULT make_frame(const BYTE* frame, DWORD length, IMFSample* sample) noexcept;

}  // namespace mfvcam::simulator
