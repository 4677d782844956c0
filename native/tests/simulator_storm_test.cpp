// Orders of calls that only threads can make. Each round is small; there are many.
#include <mferror.h>

#include <atomic>
#include <thread>
#include <vector>

#include "choices.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

constexpr int kRounds = 1000;

class SimulatorStorm : public SimulatorTest {
 protected:
    // Runs them at the same time, as far as a starting gate can bring that about.
    template <class... Bodies>
    static void together(const Bodies&... bodies) {
        std::atomic<int> waiting{sizeof...(bodies)};
        const auto run = [&](const auto& body) {
            --waiting;
            while (waiting.load() != 0) {
                YieldProcessor();
                SwitchToThread();
            }
            body();
        };
        std::vector<std::thread> threads;
        (threads.emplace_back([&] { run(bodies); }), ...);
        for (std::thread& thread : threads) {
            thread.join();
        }
    }

    static bool endOrSignal(HRESULT hr) { return hr == S_OK || hr == MF_E_SHUTDOWN; }
};

TEST_F(SimulatorStorm, TwoShutdownsAndAWaitAndASignal) {
    const ComPtr<IMFVirtualCamera> camera = started();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    unsigned signalled = 0;
    for (int round = 0; round < kRounds; ++round) {
        ResetEvent(event.get());
        const ComPtr<IMFCameraSyncObject> syncObject = syncEvent(camera.get(), event.get());
        ASSERT_TRUE(syncObject);
        HRESULT ended = E_FAIL;
        together([&] { ended = syncObject->WaitOnSignal(kPatience); },
                 [&] { syncObject->Shutdown(); }, [&] { syncObject->Shutdown(); },
                 [&] { FakeSource::signal(); });
        ASSERT_TRUE(endOrSignal(ended)) << Hex{ended};
        signalled += ended == S_OK ? 1U : 0U;
        ASSERT_EQ(2U * static_cast<size_t>(round + 1), FakeSource::ksEvents().size());
        ASSERT_EQ(0U, FakeSource::registrations());
    }
    RecordProperty("waits_signalled", static_cast<int>(signalled));
}

TEST_F(SimulatorStorm, ReleaseAndCameraShutdownWhileSyncObjectsAreMade) {
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    for (int round = 0; round < kRounds / 4; ++round) {
        ComPtr<IMFVirtualCamera> camera = started();
        const auto maker = [&] {
            for (int count = 0; count < 20; ++count) {
                ComPtr<IMFCameraSyncObject> syncObject;
                const HRESULT hr = camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE,
                                                           event.get(), syncObject.put());
                if (FAILED(hr)) {
                    EXPECT_HR(MF_E_SHUTDOWN, hr);
                    EXPECT_FALSE(syncObject);
                    return;
                }
                EXPECT_TRUE(syncObject);
            }
        };
        together(maker, maker, [&] { EXPECT_HR(S_OK, camera->Shutdown()); });
        camera.reset();
        ASSERT_EQ(0U, FakeSource::registrations());
        ASSERT_EQ(static_cast<unsigned>(round + 1), FakeSource::shutdowns());
    }
    // No registration was disabled twice, none that had not been made.
    size_t enabled = 0;
    size_t disabled = 0;
    for (const KsEventCall& call : FakeSource::ksEvents()) {
        ++(call.hasEvent ? enabled : disabled);
    }
    EXPECT_LE(disabled, enabled);
}

TEST_F(SimulatorStorm, StartStopRemoveAndShutdownOfOneCamera) {
    for (int round = 0; round < kRounds / 4; ++round) {
        const ComPtr<IMFVirtualCamera> first = created();
        const ComPtr<IMFVirtualCamera> second = created();
        together(
            [&] {
                for (int count = 0; count < 5; ++count) {
                    EXPECT_HR(S_OK, first->Start(nullptr));
                    ComPtr<IMFMediaSource> source;
                    if (SUCCEEDED(first->GetMediaSource(source.put()))) {
                        source->Shutdown();
                    }
                }
            },
            [&] {
                for (int count = 0; count < 5; ++count) {
                    const HRESULT hr = second->Stop();
                    EXPECT_TRUE(hr == S_OK || hr == kNoSuchCamera) << Hex{hr};
                }
                const HRESULT hr = second->Remove();
                EXPECT_TRUE(hr == S_OK || hr == kNoSuchCamera) << Hex{hr};
                EXPECT_HR(S_OK, second->Shutdown());
            });
        EXPECT_HR(S_OK, first->Start(nullptr));
        EXPECT_HR(S_OK, first->Shutdown());
        ASSERT_EQ(FakeSource::activations(), FakeSource::shutdowns());
    }
}

TEST_F(SimulatorStorm, ShutdownWhileStarting) {
    for (int round = 0; round < kRounds / 4; ++round) {
        const ComPtr<Recorder> told = recorder();
        const ComPtr<IMFVirtualCamera> camera = created();
        HRESULT startResult = E_FAIL;
        together([&] { startResult = camera->Start(told.get()); },
                 [&] { EXPECT_HR(S_OK, camera->Shutdown()); });
        EXPECT_TRUE(endOrSignal(startResult)) << Hex{startResult};
        ASSERT_EQ(FakeSource::activations(), FakeSource::shutdowns());
        ASSERT_EQ(1U, told->references());
    }
}

TEST_F(SimulatorStorm, ClientsStartAndEndWhileTheCameraStops) {
    for (int round = 0; round < kRounds / 8; ++round) {
        const ComPtr<IMFVirtualCamera> camera = started();
        const auto client = [&] {
            for (int count = 0; count < 5; ++count) {
                ComPtr<IMFMediaSource> source;
                if (FAILED(camera->GetMediaSource(source.put()))) {
                    return;
                }
                start(source.get());
                EXPECT_HR(S_OK, source->Shutdown());
            }
        };
        together(client, client, [&] { EXPECT_HR(S_OK, camera->Stop()); });
        EXPECT_HR(S_OK, camera->Shutdown());
        ASSERT_EQ(FakeSource::activations(), FakeSource::shutdowns());
    }
}

}  // namespace
}  // namespace mfvcam::simulator_test
