// The simulator has no ledger of its own: its handles are counted by the system.
#include <thread>

#include "handle_slope.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

class SimulatorHandles : public SimulatorTest {};

TEST_F(SimulatorHandles, DoNotAddUp) {
    const auto round = [] {
        const ComPtr<Recorder> told = recorder();
        const ComPtr<IMFVirtualCamera> camera = created();
        ASSERT_HR(S_OK, camera->Start(told.get()));
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        const Handle semaphore(CreateSemaphoreW(nullptr, 0, 10, nullptr));
        const ComPtr<IMFCameraSyncObject> on_event = syncEvent(camera.get(), event.get());
        ComPtr<IMFCameraSyncObject> on_semaphore;
        ASSERT_HR(S_OK, camera->CreateSyncSemaphore(kSet, 1, KSEVENT_TYPE_ENABLE, semaphore.get(),
                                                    1, on_semaphore.put()));
        FakeSource::program().ksEvent = E_FAIL;
        ComPtr<IMFCameraSyncObject> refused;
        EXPECT_HR(E_FAIL, camera->CreateSyncEvent(kSet, 2, KSEVENT_TYPE_ENABLE, event.get(),
                                                  refused.put()));
        FakeSource::program().ksEvent = S_OK;
        FakeSource::signal();
        EXPECT_HR(S_OK, on_event->WaitOnSignal(kPatience));
        EXPECT_HR(S_OK, on_semaphore->WaitOnSignal(kPatience));
        ComPtr<IMFMediaSource> source;
        ASSERT_HR(S_OK, camera->GetMediaSource(source.put()));
        EXPECT_HR(S_OK, start(source.get()));
        on_event->Shutdown();
        EXPECT_HR(S_OK, camera->Shutdown());
    };
    tests::expect_handles_do_not_add_up(round, [] {
        return FakeSource::activations() == FakeSource::shutdowns() &&
               FakeSource::registrations() == 0;
    });
}

}  // namespace
}  // namespace mfvcam::simulator_test
