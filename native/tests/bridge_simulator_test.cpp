// The bridge on the simulator, over our media source: all three DLLs' worth of native code, as Java
// drives it.
#include <gtest/gtest.h>
#include <windows.h>

#include <mfapi.h>
#include <mferror.h>
#include <objbase.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "com_ptr.h"
#include "foreign_client_run.h"
#include "handle.h"
#include "handle_slope.h"
#include "mfvcam.h"
#include "mfvirtualcamera_abi.h"
#include "own_frame_server.h"
#include "simulator.h"
#include "test_files.h"

namespace mfvcam::tests {
namespace {

constexpr GUID kSource = MFVCAM_SOURCE_CLSID;
constexpr GUID kEventSet = MFVCAM_EVENT_SET;
constexpr GUID kPropertySet = MFVCAM_PROPERTY_SET;
constexpr GUID kNoSuchSet = {
    0x11111111, 0x2222, 0x3333, {0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77, 0x77}};
constexpr UINT32 kEnable = 1;
constexpr UINT32 kOneshot = 2;
constexpr UINT32 kGet = 1;
// Long enough for any machine; nothing waits for it to pass.
constexpr UINT32 kPatience = 20'000;

bool nothing_alive() {
    mfvcam_ledger now{};
    mfvcam_get_ledger(&now);
    return now.cameras == 0 && now.sync_objects == 0 && now.media_sources == 0 &&
           now.readers == 0 && now.handles == 0 && now.calls == 0;
}

class BridgeOnSimulator : public testing::Test {
 protected:
    void SetUp() override {
        ASSERT_TRUE(SUCCEEDED(CoInitializeEx(nullptr, COINIT_MULTITHREADED)));
        ASSERT_EQ(mfvcam_use_provider(simulator_path().c_str()), S_OK);
        ASSERT_EQ(use_own_frame_server(), S_OK);
    }

    void TearDown() override {
        const ULONGLONG end = GetTickCount64() + kPatience;
        while (!nothing_alive() && GetTickCount64() < end) {
            // A thread that brought news of a camera may be the last one out.
            Sleep(1);
        }
        EXPECT_TRUE(nothing_alive());
        CoUninitialize();
    }

    static mfvcam_handle open_camera() {
        mfvcam_handle camera = 0;
        EXPECT_EQ(
            mfvcam_create_virtual_camera(0, 0, 0, L"Camera", &kSource, nullptr, 0, 0, &camera),
            S_OK);
        return camera;
    }

    static mfvcam_handle sync(mfvcam_handle camera, UINT32 event, HANDLE handle) {
        mfvcam_handle object = 0;
        EXPECT_EQ(mfvcam_create_sync_event(camera, &kEventSet, event, kEnable, handle, &object),
                  S_OK);
        return object;
    }

    static mfvcam_handle open_reader(mfvcam_handle camera) {
        mfvcam_handle source = 0;
        mfvcam_handle reader = 0;
        mfvcam_format format{};
        EXPECT_EQ(mfvcam_get_media_source(camera, &source), S_OK);
        EXPECT_EQ(mfvcam_open_reader(source, &MFVideoFormat_NV12, &format, &reader), S_OK);
        EXPECT_EQ(mfvcam_release(source), S_OK);
        return reader;
    }

    static HRESULT read(mfvcam_handle reader) {
        std::vector<BYTE> frame(640 * 480 * 3 / 2);
        mfvcam_sample sample{};
        return mfvcam_read_sample(reader, kPatience, nullptr, frame.data(),
                                  static_cast<UINT32>(frame.size()), &sample);
    }

    static mfvcam_source_counters counters(mfvcam_handle camera) {
        mfvcam_source_counters values{};
        UINT32 written = 0;
        EXPECT_EQ(mfvcam_send_camera_property(camera, &kPropertySet, MFVCAM_PROPERTY_COUNTERS, kGet,
                                              nullptr, 0, &values, sizeof(values), &written),
                  S_OK);
        EXPECT_EQ(written, sizeof(values));
        return values;
    }
};

// Who hears of an event is not documented: each plausible answer.
class BridgeOnInstances : public BridgeOnSimulator {
 protected:
    void SetUp() override {
        BridgeOnSimulator::SetUp();
        // The simulator stays loaded with its first camera.
        camera_ = open_camera();
    }
    void TearDown() override {
        set("source-instances", "camera");
        set("ksevent-instance", "streaming");
        set("ksevent-unwatched", "S_OK");
        EXPECT_EQ(mfvcam_release(camera_), S_OK);
        BridgeOnSimulator::TearDown();
    }

    static void set(const char* name, const char* value) {
        const auto function = function_of<decltype(&mfvcam_simulator_set_switch)>(
            simulator_path(), "mfvcam_simulator_set_switch");
        EXPECT_EQ(function(name, value), S_OK);
    }
    // The frames that a reader gets are signalled.
    void expect_frames(mfvcam_handle delivered) const {
        const mfvcam_handle reader = open_reader(camera_);
        const UINT32 instance = counters(camera_).instance;
        // One that the registration does not hear of yet may go before.
        HRESULT woken = S_FALSE;
        for (int frame = 0; frame < 100 && woken == S_FALSE; ++frame) {
            ASSERT_EQ(read(reader), S_OK);
            woken = mfvcam_await(delivered, 100, nullptr);
        }
        EXPECT_EQ(woken, S_OK);
        for (int frame = 0; frame < 3; ++frame) {
            ASSERT_EQ(read(reader), S_OK);
            EXPECT_EQ(mfvcam_await(delivered, kPatience, nullptr), S_OK);
        }
        EXPECT_EQ(counters(camera_).instance, instance);
        EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
    }

    mfvcam_handle camera_ = 0;
};

TEST_F(BridgeOnInstances, WhoeverStreamsIsHeardThoughAnotherWasRegisteredWith) {
    set("source-instances", "activation");
    ASSERT_EQ(mfvcam_start(camera_), S_OK);
    const Event frame;
    const Event second;
    const mfvcam_handle delivered = sync(camera_, MFVCAM_EVENT_FRAME_DELIVERED, frame.get());
    const mfvcam_handle ping = sync(camera_, MFVCAM_EVENT_PING, second.get());
    EXPECT_EQ(mfvcam_await(ping, kPatience, nullptr), S_OK);
    // Each has an instance of its own, and after each the first one is heard again.
    for (int round = 0; round < 3; ++round) {
        expect_frames(delivered);
        while (mfvcam_await(ping, 0, nullptr) == S_OK) {
        }
        EXPECT_EQ(mfvcam_await(ping, kPatience, nullptr), S_OK);
    }
    EXPECT_EQ(mfvcam_release(ping), S_OK);
    EXPECT_EQ(mfvcam_release(delivered), S_OK);
}

TEST_F(BridgeOnInstances, WhereOnlyAWatchedCameraTakesEventsItIsKeptOpenForThem) {
    for (const char* instances : {"camera", "activation"}) {
        set("ksevent-unwatched", "MF_E_INVALIDREQUEST");
        set("source-instances", instances);
        ASSERT_EQ(mfvcam_start(camera_), S_OK);
        const Event frame;
        const Event second;
        const mfvcam_handle ping = sync(camera_, MFVCAM_EVENT_PING, second.get());
        const mfvcam_handle delivered = sync(camera_, MFVCAM_EVENT_FRAME_DELIVERED, frame.get());
        EXPECT_EQ(mfvcam_await(ping, kPatience, nullptr), S_OK) << instances;
        expect_frames(delivered);
        // The one that it is open for.
        EXPECT_EQ(mfvcam_release(ping), S_OK);
        expect_frames(delivered);
        // What the source itself refuses opens nothing.
        mfvcam_handle refused = 0;
        EXPECT_EQ(mfvcam_create_sync_event(camera_, &kNoSuchSet, 0, kEnable, frame.get(), &refused),
                  HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
        ASSERT_EQ(mfvcam_stop(camera_), S_OK);
        ASSERT_EQ(mfvcam_start(camera_), S_OK);
        expect_frames(delivered);
        EXPECT_EQ(mfvcam_release(delivered), S_OK);

        void* pointer = nullptr;
        ASSERT_EQ(mfvcam_get_com_pointer(camera_, &pointer), S_OK);
        ComPtr<IMFCameraSyncObject> unwatched;
        EXPECT_EQ(static_cast<IMFVirtualCamera*>(pointer)->CreateSyncEvent(
                      kEventSet, MFVCAM_EVENT_PING, kEnable, frame.get(), unwatched.put()),
                  MF_E_INVALIDREQUEST)
            << "somebody has it open still";
        EXPECT_EQ(mfvcam_release_com_pointer(pointer), S_OK);
        ASSERT_EQ(mfvcam_stop(camera_), S_OK);
    }
}

TEST_F(BridgeOnInstances, TheMonitorsInstanceAnswersWhereWindowsAsksThat) {
    set("ksevent-instance", "monitor");
    ASSERT_EQ(mfvcam_start(camera_), S_OK);
    const Event event;
    const mfvcam_handle ping = sync(camera_, MFVCAM_EVENT_PING, event.get());
    EXPECT_EQ(mfvcam_await(ping, kPatience, nullptr), S_OK);
    const mfvcam_handle reader = open_reader(camera_);
    EXPECT_EQ(read(reader), S_OK);
    EXPECT_EQ(mfvcam_await(ping, kPatience, nullptr), S_OK);
    EXPECT_EQ(counters(camera_).deliveries, 0U) << "it streams";
    EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
    EXPECT_EQ(mfvcam_release(ping), S_OK);
}

TEST_F(BridgeOnSimulator, WaitsForFramesAndAgainAfterStopAndStart) {
    constexpr UINT64 frames = 5;
    const mfvcam_handle camera = open_camera();
    const Event event;
    ASSERT_EQ(mfvcam_start(camera), S_OK);
    const mfvcam_handle delivered = sync(camera, MFVCAM_EVENT_FRAME_DELIVERED, event.get());
    for (int run = 0; run < 2; ++run) {
        const mfvcam_handle reader = open_reader(camera);
        for (UINT64 frame = 1; frame <= frames; ++frame) {
            ASSERT_EQ(read(reader), S_OK);
            // The second run has a new source: the event was registered again.
            ASSERT_EQ(mfvcam_await(delivered, kPatience, nullptr), S_OK) << "run " << run;
        }
        EXPECT_EQ(counters(camera).deliveries, frames);
        EXPECT_EQ(counters(camera).signals[MFVCAM_EVENT_FRAME_DELIVERED], frames);

        ASSERT_EQ(mfvcam_stop(camera), S_OK);
        EXPECT_EQ(read(reader), MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
        EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
        EXPECT_EQ(mfvcam_await(delivered, 0, nullptr), S_FALSE);
        ASSERT_EQ(mfvcam_start(camera), S_OK);
    }
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    EXPECT_EQ(mfvcam_await(delivered, kPatience, nullptr), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(delivered), S_OK);
}

TEST_F(BridgeOnSimulator, HandlesDoNotAddUp) {
    expect_handles_do_not_add_up(
        [] {
            const mfvcam_handle camera = open_camera();
            const Event event;
            EXPECT_EQ(mfvcam_start(camera), S_OK);
            const mfvcam_handle delivered = sync(camera, MFVCAM_EVENT_FRAME_DELIVERED, event.get());
            const mfvcam_handle reader = open_reader(camera);
            EXPECT_EQ(read(reader), S_OK);
            EXPECT_EQ(mfvcam_await(delivered, kPatience, nullptr), S_OK);
            EXPECT_EQ(mfvcam_close_reader(reader), S_OK);
            EXPECT_EQ(mfvcam_release(camera), S_OK);
            EXPECT_EQ(mfvcam_release(delivered), S_OK);
        },
        nothing_alive);
}

using Answers = std::map<std::string, HRESULT>;

// Everything foreign_client.c does that mfvcam.h offers, in its order and under its names.
class ForeignClientsCalls : public BridgeOnSimulator {
 protected:
    static HRESULT create(const wchar_t* name, const GUID* id, UINT32 type, UINT32 category_count,
                          mfvcam_handle* camera) {
        return mfvcam_create_virtual_camera(type, 0, 0, name, id, nullptr, category_count, 0,
                                            camera);
    }

    void create_badly() {
        mfvcam_handle camera = 0;
        answers["MFIsVirtualCameraTypeSupported"] = mfvcam_is_supported();
        answers["MFCreateVirtualCamera(no out pointer)"] =
            create(L"Foreign", &kSource, 0, 0, nullptr);
        answers["MFCreateVirtualCamera(no name)"] = create(nullptr, &kSource, 0, 0, &camera);
        answers["MFCreateVirtualCamera(no class id)"] = create(L"Foreign", nullptr, 0, 0, &camera);
        answers["MFCreateVirtualCamera(type)"] = create(L"Foreign", &kSource, 1, 0, &camera);
        answers["MFCreateVirtualCamera(categories)"] = create(L"Foreign", &kSource, 0, 1, &camera);
        constexpr GUID nobody = {
            0x0B86D2A4, 0x6D9E, 0x4D1C, {0x9A, 0x52, 0x25, 0xA3, 0xD8, 0xF6, 0xC2, 0x22}};
        answers["MFCreateVirtualCamera(not registered)"] =
            create(L"Foreign", &nobody, 0, 0, &camera);
        answers["Start(not registered)"] = mfvcam_start(camera);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
    }

    HRESULT create_sync_event(const GUID& set, UINT32 flags, HANDLE event,
                              mfvcam_handle* object) const {
        return mfvcam_create_sync_event(camera_, &set, MFVCAM_EVENT_PING, flags, event, object);
    }

    HRESULT get_property(const GUID& set, UINT32 flags, void* data, UINT32 length,
                         UINT32* written) const {
        return mfvcam_send_camera_property(camera_, &set, MFVCAM_PROPERTY_COUNTERS, flags, nullptr,
                                           0, data, length, written);
    }

    void use_too_early() {
        const Event event;
        mfvcam_handle object = 0;
        UINT32 written = 0;
        answers["GetMediaSource(before Start)"] = mfvcam_get_media_source(camera_, &object);
        answers["CreateSyncEvent(before Start)"] =
            create_sync_event(kEventSet, kEnable, event.get(), &object);
        answers["SendCameraProperty(before Start)"] =
            get_property(kPropertySet, kGet, nullptr, 0, &written);
    }

    void create_sync_events_badly() {
        const Event event;
        mfvcam_handle object = 0;
        answers["CreateSyncEvent(flags 3)"] =
            create_sync_event(kEventSet, kEnable | kOneshot, event.get(), &object);
        answers["CreateSyncEvent(flags 0)"] = create_sync_event(kEventSet, 0, event.get(), &object);
        answers["CreateSyncEvent(null handle)"] =
            create_sync_event(kEventSet, kEnable, nullptr, &object);
        answers["CreateSyncEvent(no out pointer)"] =
            create_sync_event(kEventSet, kEnable, event.get(), nullptr);
        answers["CreateSyncEvent(unknown set)"] =
            create_sync_event(kNoSuchSet, kEnable, event.get(), &object);
    }

    void get_counters() {
        mfvcam_source_counters data{};
        UINT32 written = 0;
        answers["SendCameraProperty(size)"] =
            get_property(kPropertySet, kGet, nullptr, 0, &written);
        EXPECT_EQ(written, sizeof(data));
        answers["SendCameraProperty(small buffer)"] =
            get_property(kPropertySet, kGet, &data, 4, &written);
        answers["SendCameraProperty"] =
            get_property(kPropertySet, kGet, &data, sizeof(data), &written);
        EXPECT_GE(data.signals[MFVCAM_EVENT_PING], 2U);
        answers["SendCameraProperty(unknown set)"] =
            get_property(kNoSuchSet, kGet, &data, sizeof(data), &written);
        answers["SendCameraProperty(flags)"] =
            get_property(kPropertySet, 4, &data, sizeof(data), &written);
        answers["SendCameraProperty(no out pointer)"] =
            get_property(kPropertySet, kGet, &data, sizeof(data), nullptr);
    }

    void use_camera() {
        const Event first_event;
        const Event second_event;
        mfvcam_handle first = 0;
        mfvcam_handle second = 0;
        mfvcam_handle source = 0;
        answers["MFCreateVirtualCamera"] = create(L"Foreign", &kSource, 0, 0, &camera_);
        use_too_early();
        answers["Start"] = mfvcam_start(camera_);
        answers["Start(again)"] = mfvcam_start(camera_);
        create_sync_events_badly();
        answers["CreateSyncEvent"] =
            create_sync_event(kEventSet, kEnable, first_event.get(), &first);
        answers["WaitOnSignal"] = mfvcam_wait_on_signal(first, kPatience);
        answers["WaitOnSignal(the next one)"] = mfvcam_wait_on_signal(first, kPatience);
        answers["CreateSyncEvent(ONESHOT)"] =
            create_sync_event(kEventSet, kOneshot, second_event.get(), &second);
        EXPECT_EQ(WaitForSingleObject(second_event.get(), kPatience), WAIT_OBJECT_0);
        get_counters();
        answers["GetMediaSource"] = mfvcam_get_media_source(camera_, &source);
        EXPECT_EQ(mfvcam_shutdown(first), S_OK);
        answers["WaitOnSignal(after Shutdown)"] = mfvcam_wait_on_signal(first, 0);
        answers["Shutdown"] = mfvcam_shutdown(camera_);
        answers["WaitOnSignal(after the camera's Shutdown)"] = mfvcam_wait_on_signal(second, 0);
        answers["Start(after Shutdown)"] = mfvcam_start(camera_);
        for (const mfvcam_handle object : {first, second, source, camera_}) {
            EXPECT_EQ(mfvcam_release(object), S_OK);
        }
    }

    Answers answers;

 private:
    mfvcam_handle camera_ = 0;
};

std::string hex(HRESULT code) {
    char text[16];
    static_cast<void>(snprintf(text, sizeof(text), "0x%08lX", static_cast<unsigned long>(code)));
    return text;
}

TEST_F(ForeignClientsCalls, GetTheSameAnswersThroughTheBridge) {
    create_badly();
    use_camera();
    // What mfvcam.h has no call for.
    const std::set<std::string> not_offered = {
        "DllGetClassObject",
        "MFIsVirtualCameraTypeSupported(null)",
        "MFCreateVirtualCamera(class id text)",
        "QueryInterface(IMFVirtualCamera)",
        "GetString(symbolic link)",
        "CreateSyncSemaphore(null handle)",
        "CreateSyncSemaphore(unknown set)",
        "QueryInterface(IMFCameraSyncObject)",
    };
    // What mfvcam.h promises otherwise: a null pointer is E_POINTER everywhere.
    const Answers promised = {
        {"MFCreateVirtualCamera(no name)", E_POINTER},
        {"MFCreateVirtualCamera(no class id)", E_POINTER},
    };
    const ForeignClientRun foreign = run_foreign_client();
    ASSERT_EQ(foreign.exit_code, 0U) << foreign.output;
    Answers expected = promised;
    for (const auto& [call, code] : foreign.answers) {
        if (!not_offered.contains(call)) {
            expected.emplace(call, code);
        }
    }
    for (const auto& [call, code] : expected) {
        ASSERT_TRUE(answers.contains(call)) << call << " was not called here";
        EXPECT_EQ(hex(answers[call]), hex(code)) << call;
    }
    EXPECT_EQ(answers.size(), expected.size()) << "called here, and not there";
}

}  // namespace
}  // namespace mfvcam::tests
