// Samples taken from a video sample allocator and filled with the test picture.
#pragma once

#include <windows.h>

#include <mfidl.h>
#include <mfobjects.h>

#include <atomic>
#include <cstdint>

#include "com_ptr.h"
#include "test_picture.h"

namespace mfvcam::source {

class SamplePool {
 public:
    SamplePool() noexcept = default;
    ~SamplePool() { close(); }
    SamplePool(const SamplePool&) = delete;
    SamplePool& operator=(const SamplePool&) = delete;

    // With the pipeline's allocator, or one of our own if that is null. Once, before all else.
    HRESULT open(IMFVideoSampleAllocator* provided, PixelFormat format) noexcept;
    // MF_E_SAMPLEALLOCATOR_EMPTY while the consumer holds all of them.
    HRESULT take(std::uint64_t frame_number, ComPtr<IMFSample>* sample) noexcept;
    // May be called while another thread takes; that one fails, or gets the last sample.
    void close() noexcept;

 private:
    ComPtr<IMFVideoSampleAllocator> allocator_;
    PixelFormat format_ = PixelFormat::nv12;
    std::atomic<bool> open_{false};
};

}  // namespace mfvcam::source
