// A pipeline's sample allocator that fails or gives what it should not.
#include <mfapi.h>
#include <mferror.h>

#include <atomic>

#include "com_object.h"
#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

class FakeAllocator final : public ComObject<FakeAllocator, IMFVideoSampleAllocator> {
 public:
    void* find_interface(REFIID iid) noexcept {
        return iid == __uuidof(IUnknown) || iid == __uuidof(IMFVideoSampleAllocator) ? this
                                                                                     : nullptr;
    }
    STDMETHODIMP SetDirectXManager(IUnknown*) noexcept override { return E_NOTIMPL; }
    STDMETHODIMP UninitializeSampleAllocator() noexcept override {
        --open;
        return S_OK;
    }
    STDMETHODIMP InitializeSampleAllocator(DWORD, IMFMediaType*) noexcept override {
        const HRESULT hr = initialize;
        open += SUCCEEDED(hr) ? 1 : 0;
        return hr;
    }
    STDMETHODIMP AllocateSample(IMFSample** sample) noexcept override {
        *sample = nullptr;
        HRESULT hr = allocate;
        if (FAILED(hr) || !with_sample) {
            return hr;
        }
        hr = MFCreateSample(sample);
        ComPtr<IMFMediaBuffer> buffer;
        if (SUCCEEDED(hr) && buffer_length != 0) {
            hr = MFCreateMemoryBuffer(buffer_length, buffer.put());
            if (SUCCEEDED(hr)) {
                hr = (*sample)->AddBuffer(buffer.get());
            }
        }
        return hr;
    }

    std::atomic<HRESULT> initialize{S_OK};
    std::atomic<HRESULT> allocate{S_OK};
    std::atomic<bool> with_sample{true};
    std::atomic<DWORD> buffer_length{0};
    std::atomic<int> open{0};
};

class AllocatorTest : public SourceTest {
 protected:
    void SetUp() override {
        SourceTest::SetUp();
        allocator = make_object<FakeAllocator>();
        ASSERT_EQ(source.as<IMFSampleAllocatorControl>()->SetDefaultAllocator(0, allocator.get()),
                  S_OK);
    }
    // What MEError says to a request.
    HRESULT error() {
        EXPECT_EQ(stream->RequestSample(nullptr), S_OK);
        const auto event = next_event(stream.get());
        MediaEventType type = MEUnknown;
        HRESULT status = S_OK;
        if (event) {
            EXPECT_EQ(event->GetType(&type), S_OK);
            EXPECT_EQ(event->GetStatus(&status), S_OK);
        }
        EXPECT_EQ(type, static_cast<MediaEventType>(MEError));
        return status;
    }
    MF_STREAM_STATE state() {
        auto value = MF_STREAM_STATE_PAUSED;
        EXPECT_EQ(stream->GetStreamState(&value), S_OK);
        return value;
    }

    ComPtr<FakeAllocator> allocator;
};

TEST_F(AllocatorTest, ItsRefusalIsStartsAnswerAndNothingRuns) {
    allocator->initialize = E_ACCESSDENIED;
    EXPECT_EQ(start(source.get(), MFVideoFormat_NV12), E_ACCESSDENIED);
    EXPECT_TRUE(no_event(source.get()));
    EXPECT_EQ(source->Stop(), MF_E_INVALID_STATE_TRANSITION);
    allocator->initialize = S_OK;
    start_streaming(MFVideoFormat_NV12);
    EXPECT_EQ(allocator->open, 1);
}

TEST_F(AllocatorTest, ItsRefusalOfANewFormatStopsTheStream) {
    start_streaming(MFVideoFormat_NV12);
    const Event stopped;
    KSEVENTDATA data = event_data(stopped.get());
    ASSERT_EQ(enable(control.get(), MFVCAM_EVENT_STREAM_STOPPED, KSEVENT_TYPE_ENABLE, &data), S_OK);
    allocator->initialize = E_ACCESSDENIED;
    EXPECT_EQ(start(source.get(), MFVideoFormat_RGB32), E_ACCESSDENIED);
    EXPECT_TRUE(stopped.wait(0));
    EXPECT_EQ(state(), MF_STREAM_STATE_STOPPED);
    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_INVALIDREQUEST);
    EXPECT_EQ(allocator->open, 0);
    allocator->initialize = S_OK;
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_RUNNING), S_OK);
}

TEST_F(AllocatorTest, WhatItGivesIsCheckedBeforeAPictureIsDrawn) {
    start_streaming(MFVideoFormat_NV12);
    allocator->allocate = E_ACCESSDENIED;
    EXPECT_EQ(error(), E_ACCESSDENIED);
    allocator->allocate = S_OK;
    allocator->with_sample = false;
    EXPECT_EQ(error(), E_UNEXPECTED) << "no sample, though S_OK";
    allocator->with_sample = true;
    EXPECT_TRUE(FAILED(error())) << "a sample with no buffer";
    constexpr DWORD picture = 640 * 480 * 3 / 2;
    for (const DWORD length : {1UL, picture - 1}) {
        allocator->buffer_length = length;
        EXPECT_EQ(error(), MF_E_BUFFERTOOSMALL) << length;
    }
    EXPECT_EQ(counters(control.get()).deliveries, 0u);
    allocator->buffer_length = picture;
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    EXPECT_EQ(next_event_type(stream.get()), static_cast<MediaEventType>(MEMediaSample));
}

TEST_F(AllocatorTest, IsGivenBackByStopAndByShutdown) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(source->Stop(), S_OK);
    EXPECT_EQ(allocator->open, 0);
    ASSERT_EQ(start(source.get(), MFVideoFormat_NV12), S_OK);
    ASSERT_EQ(start(source.get(), MFVideoFormat_RGB32), S_OK);
    EXPECT_EQ(allocator->open, 1) << "the old run's end, before the new one's beginning";
    ASSERT_EQ(source->Shutdown(), S_OK);
    EXPECT_EQ(allocator->open, 0);
    EXPECT_TRUE(eventually([&] {
        allocator->AddRef();
        return allocator->Release() == 1;
    })) << "it is still held";
}

}  // namespace
}  // namespace mfvcam::source_test
