// The Frame Server's monitor: a process of its own that has every started camera's media source,
// and never starts it.
#include <gtest/gtest.h>
#include <windows.h>

#include "frame_server_fixture.h"
#include "simulator.h"

namespace mfvcam::tests {
namespace {

class Monitor : public FrameServer {
 protected:
    static DWORD monitor_of(const ComPtr<IMFVirtualCamera>& camera) {
        constexpr GUID set = MFVCAM_SIMULATOR_PROPERTY_SET;
        UINT32 id = 0;
        ULONG written = 0;
        EXPECT_EQ(camera->SendCameraProperty(set, MFVCAM_SIMULATOR_PROPERTY_MONITOR_PROCESS, 1,
                                             nullptr, 0, &id, sizeof(id), &written),
                  S_OK);
        return id;
    }
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

}  // namespace
}  // namespace mfvcam::tests
