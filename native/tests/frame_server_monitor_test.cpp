// The Frame Server's monitor: a process of its own that has every started camera's media source,
// and never starts it.
#include <gtest/gtest.h>
#include <windows.h>

#include <algorithm>
#include <utility>

#include "choices.h"
#include "frame_server_fixture.h"

namespace mfvcam::tests {
namespace {

class Monitor : public FrameServer {
 protected:
    static Handle opened_monitor(const ComPtr<IMFVirtualCamera>& camera) {
        return Handle(OpenProcess(SYNCHRONIZE | PROCESS_TERMINATE, FALSE, monitor_of(camera)));
    }
    static void kill(const Handle& process) {
        ASSERT_NE(process.get(), nullptr);
        ASSERT_NE(TerminateProcess(process.get(), kKilled), FALSE);
        ASSERT_TRUE(ended(process));
    }
    static bool ended(const Handle& process) {
        return WaitForSingleObject(process.get(), kPatience) == WAIT_OBJECT_0;
    }
};

TEST_F(Monitor, IsAThirdProcessWhileACameraIsStarted) {
    const ComPtr<IMFVirtualCamera> camera = made();
    EXPECT_EQ(monitor_of(camera), 0U);
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    const DWORD monitor = monitor_of(camera);
    EXPECT_NE(monitor, 0U);
    EXPECT_NE(monitor, host_of(camera));
    EXPECT_NE(monitor, GetCurrentProcessId());
    const ComPtr<IMFVirtualCamera> other = started(L"another camera");
    EXPECT_EQ(monitor_of(other), monitor);

    const Handle process = opened_monitor(camera);
    ASSERT_NE(process.get(), nullptr);
    ASSERT_EQ(camera->Stop(), S_OK);
    EXPECT_EQ(monitor_of(camera), 0U);
    EXPECT_EQ(WaitForSingleObject(process.get(), 0), WAIT_TIMEOUT);
    ASSERT_EQ(other->Remove(), S_OK);
    EXPECT_TRUE(ended(process));
}

TEST_F(Monitor, EndsWithItsFrameServer) {
    const ComPtr<IMFVirtualCamera> camera = started();
    const Handle monitor = opened_monitor(camera);
    ASSERT_NE(monitor.get(), nullptr);
    kill(opened_host(camera));
    EXPECT_TRUE(ended(monitor));
}

TEST_F(Monitor, ItsDeathHarmsNoCameraAndTheNextStartHasAnother) {
    const ComPtr<IMFVirtualCamera> camera = started();
    const Event event;
    const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
    ASSERT_TRUE(object);
    const DWORD dead = monitor_of(camera);
    kill(opened_monitor(camera));
    EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
    object->Shutdown();
    ASSERT_EQ(camera->Stop(), S_OK);
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    EXPECT_NE(monitor_of(camera), 0U);
    EXPECT_NE(monitor_of(camera), dead);
}

class Instances : public Monitor {
 protected:
    void TearDown() override {
        EXPECT_EQ(set_simulator_switch("source-instances", "camera"), S_OK);
        EXPECT_EQ(set_simulator_switch("ksevent-instance", "streaming"), S_OK);
        EXPECT_EQ(set_simulator_switch("ksevent-unwatched", "S_OK"), S_OK);
    }
    static UINT32 instance(const ComPtr<IMFVirtualCamera>& camera) {
        return counters(camera).instance;
    }
    static ComPtr<IMFMediaSource> opened(const ComPtr<IMFVirtualCamera>& camera) {
        ComPtr<IMFMediaSource> source;
        EXPECT_EQ(camera->GetMediaSource(source.put()), S_OK);
        return source;
    }
};

TEST_F(Instances, AreOneACameraOrOneForThoseWhoWatch) {
    const ComPtr<IMFVirtualCamera> camera = started();
    const UINT32 first = instance(camera);
    const ComPtr<IMFMediaSource> early = opened(camera);
    EXPECT_EQ(instance(camera), first);
    ASSERT_EQ(set_simulator_switch("source-instances", "activation"), S_OK);
    const ComPtr<IMFMediaSource> source = opened(camera);
    const UINT32 watched = instance(camera);
    EXPECT_NE(watched, first);
    const ComPtr<IMFMediaSource> other = opened(camera);
    EXPECT_EQ(instance(camera), watched);
    ASSERT_EQ(early->Shutdown(), S_OK);
    ASSERT_EQ(source->Shutdown(), S_OK);
    EXPECT_EQ(instance(camera), watched);
    ASSERT_EQ(other->Shutdown(), S_OK);
    EXPECT_EQ(instance(camera), first);
    const ComPtr<IMFMediaSource> later = opened(camera);
    EXPECT_NE(instance(camera), watched);
    EXPECT_NE(instance(camera), first);
}

TEST_F(Instances, EndWithTheirRegistrations) {
    ASSERT_EQ(set_simulator_switch("source-instances", "activation"), S_OK);
    const ComPtr<IMFVirtualCamera> camera = started();
    const ComPtr<IMFMediaSource> source = opened(camera);
    const Event event;
    const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
    EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
    ASSERT_EQ(source->Shutdown(), S_OK);
    while (object->WaitOnSignal(0) == S_OK) {
    }
    // The first instance makes them, too, and this was not registered with it: more than one would
    // take.
    EXPECT_EQ(object->WaitOnSignal(3000), HRESULT_FROM_WIN32(WAIT_TIMEOUT));
    object->Shutdown();
}

TEST_F(Instances, OfTheMonitorAreAskedInsteadIfSoChosen) {
    ASSERT_EQ(set_simulator_switch("ksevent-instance", "monitor"), S_OK);
    ASSERT_EQ(set_simulator_switch("ksevent-unwatched", "MF_E_INVALIDREQUEST"), S_OK);
    const ComPtr<IMFVirtualCamera> camera = started();
    EXPECT_EQ(counters(camera).process_id, monitor_of(camera));
    const Event event;
    const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
    EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
    // Whoever registered is disabled, wherever events go by now.
    ASSERT_EQ(set_simulator_switch("ksevent-instance", "streaming"), S_OK);
    EXPECT_EQ(counters(camera).process_id, host_of(camera));
    object->Shutdown();
    ResetEvent(event.get());
    EXPECT_EQ(WaitForSingleObject(event.get(), 3000), WAIT_TIMEOUT) << "it is signalled still";
}

TEST_F(Instances, MayTakeEventsOnlyWhileSomebodyWatches) {
    for (const auto& [value, code] :
         {std::pair{"MF_E_INVALIDREQUEST", MF_E_INVALIDREQUEST},
          std::pair{"ERROR_NOT_READY", HRESULT_FROM_WIN32(ERROR_NOT_READY)}}) {
        ASSERT_EQ(set_simulator_switch("ksevent-instance", "streaming"), S_OK);
        ASSERT_EQ(set_simulator_switch("ksevent-unwatched", value), S_OK);
        const ComPtr<IMFVirtualCamera> camera = started();
        const Event event;
        ComPtr<IMFCameraSyncObject> object;
        EXPECT_EQ(create_sync_event(camera.get(), MFVCAM_EVENT_PING, event.get(), object), code);
        EXPECT_EQ(create_sync_semaphore(camera.get(), MFVCAM_EVENT_PING, event.get(), object),
                  code);
        const ComPtr<IMFMediaSource> source = opened(camera);
        EXPECT_EQ(create_sync_event(camera.get(), MFVCAM_EVENT_PING, event.get(), object), S_OK);
        ASSERT_EQ(source->Shutdown(), S_OK);
        EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
        object->Shutdown();
    }
}

TEST_F(Instances, OfADeadMonitorSayThatItIsDeadUntilTheNextStart) {
    ASSERT_EQ(set_simulator_switch("ksevent-instance", "monitor"), S_OK);
    const auto events = make_object<Events>();
    const ComPtr<IMFVirtualCamera> camera = started(L"camera", events.get());
    const DWORD host = host_of(camera);
    EXPECT_EQ(counters(camera).process_id, monitor_of(camera));
    kill(opened_monitor(camera));
    mfvcam_source_counters unread{};
    EXPECT_EQ(source_counters(camera.get(), unread), simulator::choices::kMonitorDied);
    const Event event;
    ComPtr<IMFCameraSyncObject> object;
    EXPECT_EQ(create_sync_event(camera.get(), MFVCAM_EVENT_PING, event.get(), object),
              simulator::choices::kMonitorDied);
    EXPECT_EQ(host_of(camera), host);
    EXPECT_EQ(std::ranges::count(events->told(), Events::error(kHostDied)), 0);
    ASSERT_EQ(camera->Stop(), S_OK);
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    EXPECT_EQ(counters(camera).process_id, monitor_of(camera));
}

}  // namespace
}  // namespace mfvcam::tests
