// Frames as a consumer gets them: through Media Foundation's source reader.
#include <mfapi.h>
#include <mferror.h>
#include <mfidl.h>

// After mfidl.h, which it needs and does not include.
#include <mfreadwrite.h>
#include <test_picture.h>

#include <cstring>
#include <vector>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

constexpr int kFrames = 30;
constexpr LONGLONG kFrameTime = 333'333;
constexpr auto kFirstStream = static_cast<DWORD>(MF_SOURCE_READER_FIRST_VIDEO_STREAM);

// NOLINTNEXTLINE(misc-multiple-inheritance): GoogleTest's way to give a fixture a parameter
class ReaderTest : public SourceTest, public testing::WithParamInterface<source::PixelFormat> {
 protected:
    void open() {
        ASSERT_EQ(MFCreateSourceReaderFromMediaSource(source.get(), nullptr, reader.put()), S_OK);
        ComPtr<IMFMediaType> type;
        ASSERT_EQ(MFCreateMediaType(type.put()), S_OK);
        ASSERT_EQ(type->SetGUID(MF_MT_MAJOR_TYPE, MFMediaType_Video), S_OK);
        ASSERT_EQ(type->SetGUID(MF_MT_SUBTYPE, GetParam() == source::PixelFormat::nv12
                                                   ? MFVideoFormat_NV12
                                                   : MFVideoFormat_RGB32),
                  S_OK);
        ASSERT_EQ(reader->SetCurrentMediaType(kFirstStream, nullptr, type.get()), S_OK);
    }
    void read() {
        DWORD index = 0;
        DWORD flags = 0;
        ASSERT_EQ(reader->ReadSample(kFirstStream, 0, &index, &flags, &time, sample.put()), S_OK);
        ASSERT_EQ(flags & ~static_cast<DWORD>(MF_SOURCE_READERF_CURRENTMEDIATYPECHANGED), 0u);
        ASSERT_TRUE(sample);
    }
    std::vector<std::uint8_t> pixels() {
        ComPtr<IMFMediaBuffer> buffer;
        EXPECT_EQ(sample->ConvertToContiguousBuffer(buffer.put()), S_OK);
        BYTE* data = nullptr;
        DWORD length = 0;
        EXPECT_EQ(buffer->Lock(&data, nullptr, &length), S_OK);
        std::vector<std::uint8_t> copy(data, data + length);
        EXPECT_EQ(buffer->Unlock(), S_OK);
        return copy;
    }
    void TearDown() override {
        sample.reset();
        if (reader) {
            EXPECT_EQ(reader->Flush(kFirstStream), S_OK);
            reader.reset();
        }
        SourceTest::TearDown();
    }

    ComPtr<IMFSourceReader> reader;
    ComPtr<IMFSample> sample;
    LONGLONG time = 0;
};
INSTANTIATE_TEST_SUITE_P(Formats, ReaderTest,
                         testing::Values(source::PixelFormat::nv12, source::PixelFormat::rgb32));

TEST_P(ReaderTest, ReadsFramesAtTheClocksPaceEachTheNextPicture) {
    open();
    LONGLONG last = 0;
    std::int64_t first_arrival = 0;
    std::vector<std::uint8_t> expected(source::picture_size(GetParam()));
    for (int i = 1; i <= kFrames; ++i) {
        read();
        const std::int64_t arrival = system_time();
        EXPECT_LE(time, arrival);
        if (i == 1) {
            first_arrival = arrival;
        } else {
            EXPECT_GE(time - last, kFrameTime) << "frame " << i;
        }
        last = time;
        LONGLONG duration = 0;
        EXPECT_EQ(sample->GetSampleDuration(&duration), S_OK);
        EXPECT_EQ(duration, kFrameTime);
        source::draw_test_picture(
            GetParam(), static_cast<std::uint64_t>(i),
            {expected.data(), static_cast<std::ptrdiff_t>(source::picture_row_size(GetParam()))});
        ASSERT_EQ(pixels(), expected) << "frame " << i;
    }
    EXPECT_GE(system_time() - first_arrival, (kFrames - 2) * kFrameTime) << "faster than the clock";
    const auto values = counters(control.get());
    EXPECT_EQ(values.requests, static_cast<UINT64>(kFrames));
    EXPECT_EQ(values.deliveries, static_cast<UINT64>(kFrames));
    EXPECT_EQ(values.signals[MFVCAM_EVENT_FRAME_DELIVERED], 0u) << "nobody registered";
}

TEST_P(ReaderTest, WakesOncePerDeliveredFrameAndTheCountersAgree) {
    const Event delivered;
    const Event requested;
    KSEVENTDATA delivered_data = event_data(delivered.get());
    KSEVENTDATA requested_data = event_data(requested.get());
    ASSERT_EQ(
        enable(control.get(), MFVCAM_EVENT_FRAME_DELIVERED, KSEVENT_TYPE_ENABLE, &delivered_data),
        S_OK);
    ASSERT_EQ(
        enable(control.get(), MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &requested_data),
        S_OK);
    open();
    for (UINT64 i = 1; i <= kFrames; ++i) {
        const std::int64_t asked = system_time();
        read();
        ASSERT_TRUE(delivered.wait());
        const std::int64_t woken = system_time();
        // Read by whoever was woken: already counted.
        const auto values = counters(control.get());
        ASSERT_EQ(values.deliveries, i);
        ASSERT_EQ(values.signals[MFVCAM_EVENT_FRAME_DELIVERED], i);
        ASSERT_EQ(values.signals[MFVCAM_EVENT_FRAME_REQUESTED], i);
        ASSERT_EQ(values.requests, i);
        EXPECT_GE(values.last_signal_time[MFVCAM_EVENT_FRAME_DELIVERED], asked);
        EXPECT_LE(values.last_signal_time[MFVCAM_EVENT_FRAME_DELIVERED], woken);
        EXPECT_TRUE(requested.wait(0));
        EXPECT_FALSE(delivered.wait(0)) << "one wake-up a frame";
    }
    ASSERT_EQ(disable(control.get(), &delivered_data), S_OK);
    read();
    EXPECT_EQ(counters(control.get()).signals[MFVCAM_EVENT_FRAME_DELIVERED],
              static_cast<UINT64>(kFrames));
    EXPECT_FALSE(delivered.wait(0));
}

}  // namespace
}  // namespace mfvcam::source_test
