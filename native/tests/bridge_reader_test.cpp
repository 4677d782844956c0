// The sample reader on the real media source, which the fake camera hands out.
#include <mfapi.h>
#include <objbase.h>
#include <test_picture.h>

#include <atomic>
#include <thread>
#include <vector>

#include "../abi/mfmediasource_abi.h"
#include "../source/ks_abi.h"
#include "bridge_test.h"
#include "test_files.h"

namespace mfvcam::tests {

namespace {

constexpr UINT32 nv12_size = 640 * 480 * 3 / 2;

// Hangs on a sample and goes with it.
class SampleMark final : public Unknown<IUnknown> {
 public:
    SampleMark() { ++fake().samples_alive; }

 private:
    ~SampleMark() override {
        note_apartment();
        --fake().samples_alive;
    }
};

// Makes one sample; who asks for more hears that there is none left.
class OneSampleAllocator final : public Unknown<IMFVideoSampleAllocator> {
 public:
    // Only while the sample lives.
    ULONG references_to_sample() {
        IMFSample* const sample = sample_;
        sample->AddRef();
        return sample->Release();
    }

    HRESULT STDMETHODCALLTYPE SetDirectXManager(IUnknown* /*manager*/) override { return S_OK; }
    HRESULT STDMETHODCALLTYPE UninitializeSampleAllocator() override { return S_OK; }
    HRESULT STDMETHODCALLTYPE InitializeSampleAllocator(DWORD /*count*/,
                                                        IMFMediaType* /*type*/) override {
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE AllocateSample(IMFSample** sample) override {
        if (sample_ != nullptr) {
            return MF_E_SAMPLEALLOCATOR_EMPTY;
        }
        ComPtr<IMFSample> made;
        ComPtr<IMFMediaBuffer> buffer;
        ComPtr<SampleMark> mark;
        mark.attach(new SampleMark);
        HRESULT hr = MFCreateSample(made.put());
        if (SUCCEEDED(hr)) {
            hr = MFCreateMemoryBuffer(nv12_size, buffer.put());
        }
        if (SUCCEEDED(hr)) {
            hr = made->AddBuffer(buffer.get());
        }
        if (SUCCEEDED(hr)) {
            hr = made->SetUnknown(some_set, mark.get());
        }
        if (SUCCEEDED(hr)) {
            sample_ = made.get();
            made.copy_to(sample);
        }
        return hr;
    }

 private:
    std::atomic<IMFSample*> sample_{nullptr};
};

class ReaderTest : public BridgeTest {
 protected:
    void SetUp() override {
        BridgeTest::SetUp();
        // The reader needs Media Foundation started, which the first camera does.
        camera_ = started_camera();
        take_new_source();
    }

    void TearDown() override {
        EXPECT_EQ(mfvcam_release(source_), S_OK);
        mfvcam_release(camera_);
        fake().media_source->Shutdown();
        BridgeTest::TearDown();
    }

    // A media source serves one reader.
    void take_new_source() {
        if (source_ != 0) {
            EXPECT_EQ(mfvcam_release(source_), S_OK);
            fake().media_source->Shutdown();
        }
        fake().media_source = activate();
        ASSERT_TRUE(fake().media_source);
        ASSERT_EQ(mfvcam_get_media_source(camera_, &source_), S_OK);
    }

    mfvcam_handle open(const GUID& subtype = MFVideoFormat_NV12) {
        mfvcam_handle reader = 0;
        EXPECT_EQ(mfvcam_open_reader(source_, &subtype, &format_, &reader), S_OK);
        return reader;
    }

    HRESULT read(mfvcam_handle reader, UINT32 timeout = long_wait, HANDLE cancel = nullptr) {
        buffer_.resize(format_.frame_size);
        return mfvcam_read_sample(reader, timeout, cancel, buffer_.data(), format_.frame_size,
                                  &sample_);
    }

    // What the source shows in its n-th frame.
    static std::vector<BYTE> picture(UINT64 number) {
        constexpr auto format = source::PixelFormat::nv12;
        std::vector<BYTE> pixels(source::picture_size(format));
        source::draw_test_picture(
            format, number,
            {pixels.data(), static_cast<std::ptrdiff_t>(source::picture_row_size(format))});
        return pixels;
    }

    // Frames that the source was asked for.
    static UINT64 requests() {
        KSPROPERTY property{};
        property.Set = MFVCAM_PROPERTY_SET;
        property.Id = MFVCAM_PROPERTY_COUNTERS;
        property.Flags = KSPROPERTY_TYPE_GET;
        mfvcam_source_counters counters{};
        ULONG returned = 0;
        EXPECT_EQ(fake().media_source.as<IKsControl>()->KsProperty(
                      &property, sizeof(property), &counters, sizeof(counters), &returned),
                  S_OK);
        return counters.requests;
    }

    mfvcam_handle camera_ = 0;
    mfvcam_handle source_ = 0;
    mfvcam_format format_{};
    mfvcam_sample sample_{};
    std::vector<BYTE> buffer_;

 private:
    static ComPtr<IMFMediaSource> activate() {
        const HMODULE module = LoadLibraryW(source_path().c_str());
        using GetClassObject = HRESULT(STDAPICALLTYPE*)(REFCLSID, REFIID, void**);
        const auto get_class_object = reinterpret_cast<GetClassObject>(
            reinterpret_cast<void*>(GetProcAddress(module, "DllGetClassObject")));
        ComPtr<IMFMediaSource> source;
        ComPtr<IClassFactory> factory;
        ComPtr<IMFActivate> activate;
        if (get_class_object != nullptr &&
            SUCCEEDED(get_class_object(some_source, __uuidof(IClassFactory), factory.put_void())) &&
            SUCCEEDED(
                factory->CreateInstance(nullptr, __uuidof(IMFActivate), activate.put_void()))) {
            activate->ActivateObject(__uuidof(IMFMediaSource), source.put_void());
        }
        return source;
    }
};

TEST_F(ReaderTest, WhoOpensTheSourceRenewsRegistrationsAtOnceAndItsInitialisationNoMore) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    ASSERT_TRUE(eventually([] { return fake().properties == 1 && ledger_now().calls == 0; }));
    EXPECT_EQ(fake().sync_created, 1);
    mfvcam_handle source = 0;
    ASSERT_EQ(mfvcam_get_media_source(camera_, &source), S_OK);
    EXPECT_EQ(fake().sync_created, 2) << "frames may flow before the event comes";
    const int asks = fake().instance_asks;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(eventually([&] { return fake().instance_asks > asks && ledger_now().calls == 0; }));
    EXPECT_EQ(fake().sync_created, 2);
    EXPECT_EQ(mfvcam_release(source), S_OK);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(ReaderTest, ReadsPackedFramesInBothFormats) {
    for (const GUID& subtype : {MFVideoFormat_NV12, MFVideoFormat_RGB32}) {
        take_new_source();
        const mfvcam_handle reader = open(subtype);
        EXPECT_EQ(format_.width, 640U);
        EXPECT_EQ(format_.height, 480U);
        EXPECT_EQ(format_.frame_rate_numerator, 30U * format_.frame_rate_denominator);
        EXPECT_EQ(format_.frame_size, subtype == MFVideoFormat_NV12 ? nv12_size : 640U * 480U * 4U);
        INT64 last = 0;
        std::vector<BYTE> last_picture;
        for (int i = 0; i < 5; ++i) {
            ASSERT_EQ(read(reader), S_OK);
            EXPECT_EQ(sample_.size, format_.frame_size);
            EXPECT_GT(sample_.time, last);
            EXPECT_GT(sample_.duration, 0);
            EXPECT_NE(buffer_, last_picture);
            last = sample_.time;
            last_picture = buffer_;
        }
        EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
    }
}

TEST_F(ReaderTest, UnknownFormatIsRefusedAndTheSourceStillUsable) {
    mfvcam_handle reader = 42;
    EXPECT_EQ(mfvcam_open_reader(source_, &some_set, &format_, &reader), MF_E_INVALIDMEDIATYPE);
    EXPECT_EQ(reader, 0U);
    reader = open();
    EXPECT_EQ(read(reader), S_OK);
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
}

TEST_F(ReaderTest, OneReaderForASource) {
    mfvcam_handle reader = open();
    mfvcam_handle second = 42;
    EXPECT_EQ(mfvcam_open_reader(source_, &MFVideoFormat_NV12, &format_, &second),
              MFVCAM_E_SOURCE_TAKEN);
    EXPECT_EQ(second, 0U);
    format_.frame_size = nv12_size;
    EXPECT_EQ(read(reader), S_OK);
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
    // Closing has shut the source down.
    EXPECT_EQ(mfvcam_open_reader(source_, &MFVideoFormat_NV12, &format_, &second), MF_E_SHUTDOWN);
    take_new_source();
    reader = open();
    EXPECT_EQ(read(reader), S_OK);
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
}

TEST_F(ReaderTest, FrameIsKeptForABiggerBuffer) {
    const mfvcam_handle reader = open();
    EXPECT_EQ(mfvcam_read_sample(reader, long_wait, nullptr, nullptr, 0, &sample_),
              HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER));
    EXPECT_EQ(sample_.size, nv12_size);
    // It is there already: no time is needed.
    EXPECT_EQ(read(reader, 0), S_OK);
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
}

TEST_F(ReaderTest, TimesOutAndCancelsWithoutLosingTheFrame) {
    const mfvcam_handle reader = open();
    const Event cancel(true);
    cancel.set();
    UINT64 frames = 0;
    // Each frame is the one after the last, and no frame is asked for twice.
    const auto count_frame = [&] {
        ++frames;
        EXPECT_EQ(buffer_, picture(frames)) << frames;
        EXPECT_EQ(requests(), frames);
    };
    ASSERT_EQ(read(reader), S_OK);
    count_frame();
    for (const HRESULT wanted : {S_FALSE, HRESULT_FROM_WIN32(ERROR_CANCELLED)}) {
        HRESULT result = S_OK;
        // On a slow machine a frame may be there sooner than it is asked for.
        for (int tries = 0; tries < 100 && result == S_OK; ++tries) {
            result = wanted == S_FALSE ? read(reader, 0) : read(reader, INFINITE, cancel.get());
            if (result == S_OK) {
                count_frame();
            }
        }
        EXPECT_EQ(result, wanted);
        // The frame under way; the source reader asks for it on a thread of its own.
        EXPECT_TRUE(eventually([&] { return requests() == frames + 1; }));
    }
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(read(reader), S_OK);
        count_frame();
    }
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
}

TEST_F(ReaderTest, ReadEndsByCloseAndByTheCamerasEnd) {
    // Nobody delivers: a read of a source that is stopped under the reader.
    mfvcam_handle reader = open();
    ASSERT_EQ(read(reader), S_OK);
    EXPECT_EQ(fake().media_source->Stop(), S_OK);
    HRESULT result = E_FAIL;
    std::thread closing([&] { result = read(reader, INFINITE); });
    EXPECT_TRUE(a_call_is_inside());
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
    closing.join();
    EXPECT_TRUE(FAILED(result)) << std::hex << result;

    take_new_source();
    reader = open();
    ASSERT_EQ(read(reader), S_OK);
    std::thread ending([&] {
        do {
            result = read(reader, INFINITE);
        } while (result == S_OK);
    });
    EXPECT_TRUE(a_call_is_inside());
    EXPECT_EQ(mfvcam_shutdown(camera_), S_OK);
    ending.join();
    EXPECT_EQ(result, MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
}

// Its last reference gives the sample back to its allocator: a COM call as any other.
TEST_F(ReaderTest, SamplesAreReleasedInTheMultithreadedApartment) {
    for (const bool is_read : {true, false}) {
        take_new_source();
        ComPtr<OneSampleAllocator> allocator;
        allocator.attach(new OneSampleAllocator);
        ASSERT_EQ(fake().media_source.as<IMFSampleAllocatorControl>()->SetDefaultAllocator(
                      0, allocator.get()),
                  S_OK);
        std::thread caller([&] {
            ASSERT_EQ(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED), S_OK);
            const mfvcam_handle reader = open();
            ASSERT_EQ(mfvcam_read_sample(reader, long_wait, nullptr, nullptr, 0, &sample_),
                      HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER));
            // Media Foundation's threads have let go of it: the bridge's reference is the last.
            EXPECT_TRUE(eventually([&] { return allocator->references_to_sample() == 1; }));
            EXPECT_EQ(fake().samples_alive, 1);
            if (is_read) {
                EXPECT_EQ(read(reader, 0), S_OK);
                EXPECT_EQ(fake().samples_alive, 0);
            }
            EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
            EXPECT_EQ(fake().samples_alive, 0);
            CoUninitialize();
        });
        caller.join();
        EXPECT_EQ(fake().calls_from_single_threaded_apartments, 0);
    }
}

TEST_F(ReaderTest, OneReadAtATime) {
    const mfvcam_handle reader = open();
    const Event cancel(true);
    ASSERT_EQ(read(reader), S_OK);
    EXPECT_EQ(fake().media_source->Stop(), S_OK);
    HRESULT result = E_FAIL;
    std::thread first([&] { result = read(reader, INFINITE, cancel.get()); });
    EXPECT_TRUE(a_call_is_inside());
    mfvcam_sample sample{};
    EXPECT_TRUE(eventually([&] {
        return mfvcam_read_sample(reader, 0, nullptr, nullptr, 0, &sample) == MFVCAM_E_READER_BUSY;
    }));
    cancel.set();
    first.join();
    EXPECT_EQ(result, HRESULT_FROM_WIN32(ERROR_CANCELLED));
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
}

TEST_F(ReaderTest, SourceHandleMayGoBeforeTheReader) {
    const mfvcam_handle reader = open();
    EXPECT_EQ(mfvcam_release(source_), S_OK);
    EXPECT_EQ(read(reader), S_OK);
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
    ASSERT_EQ(mfvcam_get_media_source(camera_, &source_), S_OK);
}

TEST_F(ReaderTest, OpenedReadAndClosedManyTimes) {
    for (int round = 0; round < 30; ++round) {
        take_new_source();
        const mfvcam_handle reader = open();
        ASSERT_EQ(read(reader), S_OK);
        ASSERT_EQ(mfvcam_close_reader(reader), S_OK);
        ASSERT_EQ(ledger_now().readers, 0U);
    }
}

TEST_F(ReaderTest, APlainPointerIsTheSourceUntilTheCamerasEnd) {
    void* pointer = nullptr;
    ASSERT_EQ(mfvcam_get_com_pointer(source_, &pointer), S_OK);
    EXPECT_EQ(pointer, fake().media_source.get());
    EXPECT_EQ(mfvcam_release_com_pointer(pointer), S_OK);
    EXPECT_EQ(mfvcam_shutdown(camera_), S_OK);
    EXPECT_EQ(mfvcam_get_com_pointer(source_, &pointer), MF_E_SHUTDOWN);
    EXPECT_EQ(pointer, nullptr);
}

}  // namespace

}  // namespace mfvcam::tests
