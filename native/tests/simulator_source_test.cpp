// The simulator over mfvcam's real media source: the main job, without Java.
#include <windows.h>

#include <mfidl.h>

#include <mferror.h>
#include <mfreadwrite.h>
#include <objbase.h>

#include "mfvcam.h"
#include "simulator_fixture.h"
#include "test_files.h"

namespace mfvcam::simulator_test {
namespace {

constexpr GUID kClassId = MFVCAM_SOURCE_CLSID;
constexpr GUID kEventSet = MFVCAM_EVENT_SET;
constexpr GUID kPropertySet = MFVCAM_PROPERTY_SET;

class SimulatorSource : public SimulatorTest {
 protected:
    using GetClassObject = HRESULT(STDAPICALLTYPE*)(REFCLSID, REFIID, void**);

    void SetUp() override {
        SimulatorTest::SetUp();
        // As COM does it, but without the registry.
        HMODULE const module = LoadLibraryW(tests::source_path().c_str());
        ASSERT_NE(nullptr, module) << "LoadLibrary: " << GetLastError();
        const auto getClassObject = reinterpret_cast<GetClassObject>(
            reinterpret_cast<void*>(GetProcAddress(module, "DllGetClassObject")));
        ASSERT_NE(nullptr, getClassObject);
        ComPtr<IUnknown> factory;
        ASSERT_HR(S_OK, getClassObject(kClassId, __uuidof(IUnknown), factory.put_void()));
        ASSERT_HR(S_OK, CoRegisterClassObject(kClassId, factory.get(), CLSCTX_INPROC_SERVER,
                                              REGCLS_MULTIPLEUSE, &cookie_));
        Parameters parameters;
        parameters.classId = L"{85C66A41-1204-4B25-944C-A615B61808B2}";
        camera_ = started(parameters);
    }
    void TearDown() override {
        camera_.reset();
        CoRevokeClassObject(cookie_);
        SimulatorTest::TearDown();
    }

    ComPtr<IMFCameraSyncObject> waitFor(ULONG event, HANDLE handle) {
        ComPtr<IMFCameraSyncObject> syncObject;
        EXPECT_HR(S_OK, camera_->CreateSyncEvent(kEventSet, event, KSEVENT_TYPE_ENABLE, handle,
                                                 syncObject.put()));
        return syncObject;
    }
    mfvcam_source_counters counters() {
        mfvcam_source_counters counters{};
        ULONG written = 0;
        EXPECT_HR(S_OK, camera_->SendCameraProperty(kPropertySet, MFVCAM_PROPERTY_COUNTERS,
                                                    KSPROPERTY_TYPE_GET, nullptr, 0, &counters,
                                                    sizeof(counters), &written));
        EXPECT_EQ(sizeof(counters), written);
        return counters;
    }

    ComPtr<IMFVirtualCamera> camera_;
    DWORD cookie_ = 0;
};

TEST_F(SimulatorSource, PingWakesAndIsCounted) {
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const ComPtr<IMFCameraSyncObject> syncObject = waitFor(MFVCAM_EVENT_PING, event.get());
    ASSERT_TRUE(syncObject);
    EXPECT_HR(S_OK, syncObject->WaitOnSignal(kPatience));
    EXPECT_LE(1U, counters().signals[MFVCAM_EVENT_PING]);
}

TEST_F(SimulatorSource, EachFrameReadWakesAWaiterForClientAfterClient) {
    constexpr UINT64 kFrames = 10;
    const Handle signal(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const ComPtr<IMFCameraSyncObject> delivered =
        waitFor(MFVCAM_EVENT_FRAME_DELIVERED, signal.get());
    ASSERT_TRUE(delivered);
    for (UINT64 client = 1; client <= 3; ++client) {
        ComPtr<IMFMediaSource> source;
        ASSERT_HR(S_OK, camera_->GetMediaSource(source.put()));
        ASSERT_HR(S_OK, start(source.get()));
        ComPtr<IMFMediaEvent> event;
        ASSERT_HR(S_OK, source->GetEvent(0, event.put()));
        PROPVARIANT value;
        PropVariantInit(&value);
        ASSERT_HR(S_OK, event->GetValue(&value));
        ASSERT_EQ(VT_UNKNOWN, value.vt);
        const ComPtr<IMFMediaStream> stream = ComPtr<IUnknown>(value.punkVal).as<IMFMediaStream>();
        PropVariantClear(&value);
        ASSERT_TRUE(stream);
        for (UINT64 frame = 0; frame < kFrames; ++frame) {
            ASSERT_HR(S_OK, stream->RequestSample(nullptr));
            EXPECT_HR(S_OK, delivered->WaitOnSignal(kPatience));
            MediaEventType type = MEUnknown;
            while (type != MEMediaSample) {
                ASSERT_HR(S_OK, stream->GetEvent(0, event.put()));
                ASSERT_HR(S_OK, event->GetType(&type));
            }
        }
        EXPECT_HR(S_OK, source->Shutdown());
        EXPECT_EQ(client * kFrames, counters().deliveries);
        EXPECT_EQ(client * kFrames, counters().signals[MFVCAM_EVENT_FRAME_DELIVERED]);
    }
}

TEST_F(SimulatorSource, ASourceReaderReadsFromTheClientSource) {
    ComPtr<IMFMediaSource> source;
    ASSERT_HR(S_OK, camera_->GetMediaSource(source.put()));
    ComPtr<IMFSourceReader> reader;
    ASSERT_HR(S_OK, MFCreateSourceReaderFromMediaSource(source.get(), nullptr, reader.put()));
    for (int frame = 0; frame < 5; ++frame) {
        DWORD flags = 0;
        LONGLONG time = 0;
        ComPtr<IMFSample> sample;
        ASSERT_HR(S_OK, reader->ReadSample(static_cast<DWORD>(MF_SOURCE_READER_FIRST_VIDEO_STREAM),
                                           0, nullptr, &flags, &time, sample.put()));
        EXPECT_EQ(0U, flags & MF_SOURCE_READERF_ERROR);
        EXPECT_TRUE(sample);
    }
    EXPECT_LE(5U, counters().deliveries);
    EXPECT_HR(S_OK, reader->Flush(static_cast<DWORD>(MF_SOURCE_READER_ALL_STREAMS)));
    reader.reset();
    // The reader has done it.
    EXPECT_HR(MF_E_SHUTDOWN, source->Shutdown());
}

}  // namespace
}  // namespace mfvcam::simulator_test
