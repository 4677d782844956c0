#include <mferror.h>

#include <thread>

#include "choices.h"
#include "simulator_fixture.h"
#include "waiting_thread.h"

namespace mfvcam::simulator_test {
namespace {

namespace choices = simulator::choices;

// Size, first and last field as the reference has them.
static_assert(sizeof(KSEVENT) == 24);
static_assert(sizeof(KSEVENTDATA) == (sizeof(void*) == 8 ? 32 : 16));

class SimulatorSyncObject : public StartedCameraTest {
 protected:
    ComPtr<IMFCameraSyncObject> make(ULONG flags = KSEVENT_TYPE_ENABLE) {
        return syncEvent(camera_.get(), event_.get(), flags);
    }
    // Refused before the source is asked.
    void refuses(HRESULT expected, ULONG flags, HANDLE handle) {
        auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
        EXPECT_HR(expected, camera_->CreateSyncEvent(kSet, 0, flags, handle, &syncObject));
        EXPECT_EQ(nullptr, syncObject);
        syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
        EXPECT_HR(expected, camera_->CreateSyncSemaphore(kSet, 0, flags, handle, 1, &syncObject));
        EXPECT_EQ(nullptr, syncObject);
        EXPECT_EQ(0U, FakeSource::ksEvents().size());
    }
    // One enable and one disable, of the same registration.
    void expectDisabledOnce() {
        const auto calls = FakeSource::ksEvents();
        ASSERT_EQ(2U, calls.size());
        EXPECT_TRUE(calls[0].hasEvent);
        EXPECT_FALSE(calls[1].hasEvent);
        EXPECT_EQ(0U, calls[1].eventLength);
        EXPECT_EQ(calls[0].data, calls[1].data);
        EXPECT_EQ(sizeof(KSEVENTDATA), calls[1].dataLength);
        EXPECT_EQ(event_.get(), calls[1].contents.EventHandle.Event);
        EXPECT_EQ(0U, FakeSource::registrations());
    }

    Handle event_{CreateEventW(nullptr, FALSE, FALSE, nullptr)};
};

TEST_F(SimulatorSyncObject, SourceReceivesTheEventAsItWasAskedFor) {
    for (const ULONG flags : {ULONG{KSEVENT_TYPE_ENABLE}, ULONG{KSEVENT_TYPE_ONESHOT}}) {
        const ComPtr<IMFCameraSyncObject> syncObject = make(flags);
        const KsEventCall call = FakeSource::ksEvents().back();
        EXPECT_TRUE(call.hasEvent);
        EXPECT_TRUE(call.event.Set == kSet);
        EXPECT_EQ(7U, call.event.Id);
        EXPECT_EQ(flags, call.event.Flags);
        EXPECT_EQ(24U, call.eventLength);
        EXPECT_EQ(sizeof(KSEVENTDATA), call.dataLength);
        EXPECT_EQ(static_cast<ULONG>(KSEVENTF_EVENT_HANDLE), call.contents.NotificationType);
        EXPECT_EQ(event_.get(), call.contents.EventHandle.Event);
        EXPECT_EQ(0U, call.contents.EventHandle.Reserved[0]);
        EXPECT_EQ(0U, call.contents.EventHandle.Reserved[1]);
    }
}

TEST_F(SimulatorSyncObject, SemaphoreArrivesWithItsAdjustment) {
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 100, nullptr));
    ComPtr<IMFCameraSyncObject> syncObject;
    ASSERT_HR(S_OK, camera_->CreateSyncSemaphore(kSet, 2, KSEVENT_TYPE_ENABLE, semaphore.get(), 3,
                                                 syncObject.put()));
    const KsEventCall call = FakeSource::ksEvents().back();
    EXPECT_EQ(2U, call.event.Id);
    EXPECT_EQ(static_cast<ULONG>(KSEVENTF_SEMAPHORE_HANDLE), call.contents.NotificationType);
    EXPECT_EQ(semaphore.get(), call.contents.SemaphoreHandle.Semaphore);
    EXPECT_EQ(0U, call.contents.SemaphoreHandle.Reserved);
    EXPECT_EQ(3, call.contents.SemaphoreHandle.Adjustment);
    FakeSource::signal();
    for (int count = 0; count < 3; ++count) {
        EXPECT_HR(S_OK, syncObject->WaitOnSignal(0));
    }
    EXPECT_HR(kTimedOut, syncObject->WaitOnSignal(0));
}

TEST_F(SimulatorSyncObject, ASemaphoreIsDisabledByShutdownUnlessItsOneShotFired) {
    for (const ULONG flags : {ULONG{KSEVENT_TYPE_ENABLE}, ULONG{KSEVENT_TYPE_ONESHOT}}) {
        const size_t before = FakeSource::ksEvents().size();
        const Handle semaphore(CreateSemaphoreW(nullptr, 0, 100, nullptr));
        ComPtr<IMFCameraSyncObject> syncObject;
        ASSERT_HR(S_OK, camera_->CreateSyncSemaphore(kSet, 2, flags, semaphore.get(), 2,
                                                     syncObject.put()));
        FakeSource::signal();
        EXPECT_HR(S_OK, syncObject->WaitOnSignal(kPatience));
        syncObject->Shutdown();
        EXPECT_HR(kWaitShutDown, syncObject->WaitOnSignal(0));
        const auto calls = FakeSource::ksEvents();
        const bool disabled = flags == KSEVENT_TYPE_ENABLE;
        ASSERT_EQ(before + (disabled ? 2 : 1), calls.size());
        if (disabled) {
            EXPECT_FALSE(calls.back().hasEvent);
            EXPECT_EQ(calls[before].data, calls.back().data);
            EXPECT_EQ(semaphore.get(), calls.back().contents.SemaphoreHandle.Semaphore);
        }
    }
}

TEST_F(SimulatorSyncObject, RefusesBadArgumentsWithoutAskingTheSource) {
    EXPECT_HR(E_POINTER,
              camera_->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event_.get(), nullptr));
    EXPECT_HR(E_POINTER,
              camera_->CreateSyncSemaphore(kSet, 0, KSEVENT_TYPE_ENABLE, event_.get(), 1, nullptr));
    for (const ULONG flags :
         {0UL, 3UL, 4UL, 5UL, 0x100UL, 0x200UL, 0x400UL, 0x10000001UL, 0xFFFFFFFFUL}) {
        refuses(choices::kUnsupportedFlags, flags, event_.get());
    }
    Handle closed(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    HANDLE const stale = closed.get();
    closed.close();
    refuses(choices::kBadHandle, KSEVENT_TYPE_ENABLE, nullptr);
    refuses(choices::kBadHandle, KSEVENT_TYPE_ENABLE, INVALID_HANDLE_VALUE);
    refuses(choices::kBadHandle, KSEVENT_TYPE_ENABLE, stale);
    for (const LONG adjustment : {0L, -1L, static_cast<LONG>(0x80000000)}) {
        auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
        EXPECT_HR(choices::kBadAdjustment,
                  camera_->CreateSyncSemaphore(kSet, 0, KSEVENT_TYPE_ENABLE, event_.get(),
                                               adjustment, &syncObject));
        EXPECT_EQ(nullptr, syncObject);
    }
    EXPECT_EQ(0U, FakeSource::ksEvents().size());
}

TEST_F(SimulatorSyncObject, CodesOfTheSourceComeThroughAndNothingIsDisabled) {
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 100, nullptr));
    for (const HRESULT code : {HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND),
                               HRESULT_FROM_WIN32(ERROR_NOT_FOUND), E_NOTIMPL, E_FAIL}) {
        FakeSource::program().ksEvent = code;
        auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
        EXPECT_HR(code, camera_->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event_.get(),
                                                 &syncObject));
        EXPECT_EQ(nullptr, syncObject);
        syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
        EXPECT_HR(code, camera_->CreateSyncSemaphore(kSet, 0, KSEVENT_TYPE_ONESHOT, semaphore.get(),
                                                     1, &syncObject));
        EXPECT_EQ(nullptr, syncObject);
    }
    EXPECT_EQ(8U, FakeSource::ksEvents().size());
    FakeSource::program().ksEvent = S_OK;
    EXPECT_TRUE(make());
}

TEST_F(SimulatorSyncObject, WaitEndsWithTheSignalOrTheTime) {
    const ComPtr<IMFCameraSyncObject> syncObject = make();
    EXPECT_HR(kTimedOut, syncObject->WaitOnSignal(0));
    const ULONGLONG before = GetTickCount64();
    EXPECT_HR(kTimedOut, syncObject->WaitOnSignal(60));
    // The tick count's own step is up to 16 ms.
    EXPECT_GE(GetTickCount64() + 16, before + 60);
    for (int round = 0; round < 3; ++round) {
        FakeSource::signal();
        EXPECT_HR(S_OK, syncObject->WaitOnSignal(kPatience));
        EXPECT_HR(kTimedOut, syncObject->WaitOnSignal(0)) << "auto-reset";
    }
    std::thread signaller([] { FakeSource::signal(); });
    EXPECT_HR(S_OK, syncObject->WaitOnSignal(kPatience));
    signaller.join();
}

TEST_F(SimulatorSyncObject, TheCallersOwnHandleIsTheOneSignalled) {
    const ComPtr<IMFCameraSyncObject> syncObject = make();
    FakeSource::signal();
    EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(event_.get(), kPatience));
}

TEST_F(SimulatorSyncObject, WaitSurvivesTheCallersHandle) {
    const ComPtr<IMFCameraSyncObject> syncObject = make();
    event_.close();
    EXPECT_HR(kTimedOut, syncObject->WaitOnSignal(0));
    FakeSource::signal();
    EXPECT_HR(S_OK, syncObject->WaitOnSignal(kPatience));
}

TEST_F(SimulatorSyncObject, ShutdownDisablesExactlyOnceWithTheSamePointer) {
    ComPtr<IMFCameraSyncObject> syncObject = make();
    FakeSource::signal();
    EXPECT_HR(S_OK, syncObject->WaitOnSignal(kPatience));
    syncObject->Shutdown();
    expectDisabledOnce();
    syncObject->Shutdown();
    EXPECT_HR(kWaitShutDown, syncObject->WaitOnSignal(0));
    EXPECT_HR(kWaitShutDown, syncObject->WaitOnSignal(INFINITE));
    syncObject.reset();
    camera_->Shutdown();
    expectDisabledOnce();
}

TEST_F(SimulatorSyncObject, ReleaseWithoutShutdownDisables) {
    make().reset();
    expectDisabledOnce();
}

TEST_F(SimulatorSyncObject, AOneShotThatFiredIsNotDisabled) {
    const ComPtr<IMFCameraSyncObject> syncObject = make(KSEVENT_TYPE_ONESHOT);
    FakeSource::signal();
    EXPECT_HR(S_OK, syncObject->WaitOnSignal(kPatience));
    syncObject->Shutdown();
    EXPECT_EQ(1U, FakeSource::ksEvents().size());
}

TEST_F(SimulatorSyncObject, AOneShotNotSeenToFireIsDisabled) {
    make(KSEVENT_TYPE_ONESHOT)->Shutdown();
    expectDisabledOnce();
}

TEST_F(SimulatorSyncObject, CameraShutdownEndsItAndDisablesOnce) {
    const ComPtr<IMFCameraSyncObject> syncObject = make();
    FakeSource::signal();
    EXPECT_HR(S_OK, camera_->Shutdown());
    EXPECT_HR(MF_E_SHUTDOWN, syncObject->WaitOnSignal(0));
    syncObject->Shutdown();
    expectDisabledOnce();
}

TEST_F(SimulatorSyncObject, ShutdownWakesAWait) {
    for (const bool byCamera : {false, true}) {
        const ComPtr<IMFCameraSyncObject> syncObject = make();
        HRESULT ended = S_OK;
        tests::WaitingThread waiter([&] { ended = syncObject->WaitOnSignal(kPatience); });
        EXPECT_TRUE(waiter.is_inside_its_wait(kPatience));
        if (byCamera) {
            camera_->Shutdown();
        } else {
            syncObject->Shutdown();
        }
        waiter.join();
        EXPECT_HR(MF_E_SHUTDOWN, ended);
    }
}

TEST_F(SimulatorSyncObject, SeveralOnOneEventAreSeparateRegistrations) {
    const Handle other(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const ComPtr<IMFCameraSyncObject> first = make();
    const ComPtr<IMFCameraSyncObject> second = syncEvent(camera_.get(), other.get());
    const auto calls = FakeSource::ksEvents();
    ASSERT_EQ(2U, calls.size());
    EXPECT_NE(calls[0].data, calls[1].data);
    first->Shutdown();
    FakeSource::signal();
    EXPECT_HR(S_OK, second->WaitOnSignal(kPatience));
    EXPECT_EQ(WAIT_TIMEOUT, WaitForSingleObject(event_.get(), 0));
}

TEST_F(SimulatorSyncObject, AfterStopNothingIsSignalledAndNothingIsDisabled) {
    const ComPtr<IMFCameraSyncObject> syncObject = make();
    EXPECT_HR(S_OK, camera_->Stop());
    EXPECT_HR(kTimedOut, syncObject->WaitOnSignal(0));
    syncObject->Shutdown();
    EXPECT_EQ(1U, FakeSource::ksEvents().size());
    EXPECT_EQ(0U, FakeSource::registrations());
}

TEST_F(SimulatorSyncObject, ACameraShutDownInsideKsEventLeavesNothing) {
    FakeSource::program().insideEnable = [&] {
        FakeSource::program().insideEnable = nullptr;
        // From another thread, as it would happen.
        std::thread([&] { EXPECT_HR(S_OK, camera_->Shutdown()); }).join();
    };
    auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
    EXPECT_HR(MF_E_SHUTDOWN,
              camera_->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event_.get(), &syncObject));
    EXPECT_EQ(nullptr, syncObject);
    EXPECT_EQ(1U, FakeSource::shutdowns());
}

TEST_F(SimulatorSyncObject, OffersItsInterfaceAndNoOther) {
    const ComPtr<IMFCameraSyncObject> syncObject = make();
    EXPECT_TRUE(syncObject.as<IUnknown>());
    EXPECT_TRUE(syncObject.as<IMFCameraSyncObject>());
    auto* object = reinterpret_cast<void*>(1);
    EXPECT_HR(E_NOINTERFACE, syncObject->QueryInterface(__uuidof(IMFAttributes), &object));
    EXPECT_EQ(nullptr, object);
}

}  // namespace
}  // namespace mfvcam::simulator_test
