// Sync objects: the duplicate, the two ways to wait, what ends a wait, loss and renewal.
#include <array>
#include <thread>
#include <tuple>
#include <vector>

#include "bridge_test.h"

namespace mfvcam::tests {

namespace {

constexpr HRESULT cancelled = HRESULT_FROM_WIN32(ERROR_CANCELLED);

class SyncObjectTest : public BridgeTest {
 protected:
    // Starts an await that nothing signals, does something, and gives the await's result.
    static HRESULT await_while(mfvcam_handle object, const std::function<void()>& action,
                               HANDLE cancel = nullptr) {
        HRESULT result = E_FAIL;
        std::thread waiter([&] { result = mfvcam_await(object, long_wait, cancel); });
        EXPECT_TRUE(a_call_is_inside());
        action();
        waiter.join();
        return result;
    }
};

TEST_F(SyncObjectTest, CameraGetsADuplicateThatOutlivesTheCallersHandle) {
    const mfvcam_handle camera = started_camera();
    Event event;
    const mfvcam_handle object = sync(camera, event.get(), oneshot);
    EXPECT_EQ(fake().last_sync.set, some_set);
    EXPECT_EQ(fake().last_sync.id, static_cast<ULONG>(MFVCAM_EVENT_PING));
    EXPECT_EQ(fake().last_sync.flags, oneshot);
    EXPECT_NE(fake().last_sync.object, event.get());
    event.close();
    EXPECT_NE(SetEvent(fake().last_sync.object), FALSE);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), MFVCAM_E_SPENT);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, SourcesRefusalComesThroughAndLeavesNothing) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    mfvcam_handle object = 42;
    fake().sync_result = HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &object),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    EXPECT_EQ(object, 0U);
    EXPECT_EQ(ledger_now().handles, 0U);
    fake().sync_result = S_OK;
    fake().sync_nothing = true;
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &object),
              MFVCAM_E_NO_OBJECT);
    EXPECT_EQ(object, 0U);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, ShutdownOnceHoweverItEnds) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle shut = sync(camera, event.get());
    EXPECT_EQ(mfvcam_shutdown(shut), S_OK);
    EXPECT_EQ(mfvcam_shutdown(shut), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 1);
    EXPECT_EQ(mfvcam_await(shut, 0, nullptr), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(shut), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 1);

    const mfvcam_handle released = sync(camera, event.get());
    EXPECT_EQ(mfvcam_release(released), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 2);

    const mfvcam_handle orphan = sync(camera, event.get());
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 3);
    EXPECT_EQ(fake().camera_shutdowns, 1);
    EXPECT_EQ(mfvcam_wait_on_signal(orphan, 0), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(orphan), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 3);
}

TEST_F(SyncObjectTest, TimesOutNeverEarly) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    for (const UINT32 timeout : {0U, 1U, 16U, 50U}) {
        const INT64 before = mfvcam_system_time();
        EXPECT_EQ(mfvcam_await(object, timeout, nullptr), S_FALSE);
        EXPECT_GE(mfvcam_system_time() - before, INT64{timeout} * 10'000);
    }
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, AwaitEndsByCancelReleaseShutdownAndTheCamerasEnd) {
    const Event event;
    const Event cancel;
    mfvcam_handle camera = started_camera();
    mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(await_while(object, [&] { cancel.set(); }, cancel.get()), cancelled);
    EXPECT_EQ(await_while(object, [&] { event.set(); }, cancel.get()), S_OK);
    EXPECT_EQ(await_while(object, [&] { mfvcam_release(object); }), MF_E_SHUTDOWN);
    object = sync(camera, event.get());
    EXPECT_EQ(await_while(object, [&] { mfvcam_shutdown(object); }), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    object = sync(camera, event.get());
    EXPECT_EQ(await_while(object, [&] { mfvcam_shutdown(camera); }), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    camera = started_camera();
    object = sync(camera, event.get());
    EXPECT_EQ(await_while(object, [&] { mfvcam_release(camera); }), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(SyncObjectTest, SignalGoesBeforeCancelAndTheEndAndIsNotLostToThem) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const Event cancel(true);
    const mfvcam_handle object = sync(camera, event.get());
    cancel.set();
    event.set();
    EXPECT_EQ(mfvcam_await(object, INFINITE, cancel.get()), S_OK);
    EXPECT_EQ(mfvcam_await(object, INFINITE, cancel.get()), cancelled);
    event.set();
    EXPECT_EQ(mfvcam_shutdown(object), S_OK);
    EXPECT_EQ(mfvcam_await(object, INFINITE, cancel.get()), S_OK);
    EXPECT_EQ(mfvcam_await(object, INFINITE, cancel.get()), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, EveryPlausibleTimeoutOfWaitOnSignalIsATimeout) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    for (const HRESULT hr :
         {S_FALSE, HRESULT_FROM_WIN32(WAIT_TIMEOUT), HRESULT_FROM_WIN32(ERROR_TIMEOUT),
          HRESULT_FROM_WIN32(ERROR_SEM_TIMEOUT), static_cast<HRESULT>(WAIT_TIMEOUT)}) {
        fake().on_wait = [hr](DWORD timeout) { return timeout == 7 ? hr : E_UNEXPECTED; };
        EXPECT_EQ(mfvcam_wait_on_signal(object, 7), S_FALSE);
    }
    fake().on_wait = [](DWORD) { return E_FAIL; };
    EXPECT_EQ(mfvcam_wait_on_signal(object, 0), E_FAIL);
    fake().on_wait = nullptr;
    EXPECT_EQ(mfvcam_wait_on_signal(object, INFINITE), S_OK);
    EXPECT_EQ(fake().waits, 7);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, OneWayToWaitForAnEvent) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const Event other_event;
    const mfvcam_handle first = sync(camera, event.get());
    const mfvcam_handle second = sync(camera, event.get());
    const mfvcam_handle unrelated = sync(camera, other_event.get());
    EXPECT_EQ(mfvcam_await(first, 0, nullptr), S_FALSE);
    EXPECT_EQ(mfvcam_wait_on_signal(first, 0), MFVCAM_E_WAIT_MIXED);
    EXPECT_EQ(mfvcam_wait_on_signal(second, 0), MFVCAM_E_WAIT_MIXED);
    EXPECT_EQ(mfvcam_await(second, 0, nullptr), S_FALSE);
    EXPECT_EQ(mfvcam_wait_on_signal(unrelated, 0), S_OK);
    EXPECT_EQ(mfvcam_await(unrelated, 0, nullptr), MFVCAM_E_WAIT_MIXED);
    EXPECT_EQ(mfvcam_release(first), S_OK);
    EXPECT_EQ(mfvcam_release(second), S_OK);
    // With no sync object left on the event, the choice is free again.
    const mfvcam_handle third = sync(camera, event.get());
    EXPECT_EQ(mfvcam_wait_on_signal(third, 0), S_OK);
    EXPECT_EQ(mfvcam_release(third), S_OK);
    EXPECT_EQ(mfvcam_release(unrelated), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, WaitOnSignalMayOutlastReleaseAndKeepsItsObject) {
    Event inside(true);
    Event go_on(true);
    fake().on_wait = [&](DWORD) {
        inside.set();
        WaitForSingleObject(go_on.get(), long_wait);
        return MF_E_SHUTDOWN;
    };
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    HRESULT result = E_FAIL;
    std::thread waiter([&] { result = mfvcam_wait_on_signal(object, INFINITE); });
    ASSERT_EQ(WaitForSingleObject(inside.get(), long_wait), WAIT_OBJECT_0);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 1);
    EXPECT_EQ(fake().syncs_alive, 1);
    go_on.set();
    waiter.join();
    EXPECT_EQ(result, MF_E_SHUTDOWN);
    EXPECT_EQ(fake().syncs_alive, 0);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, AnErrorEventMeansThatTheCameraIsLost) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(await_while(object, [] { fake().send(MEError, GUID_NULL); }), MFVCAM_E_CAMERA_LOST);
    EXPECT_EQ(mfvcam_await(object, INFINITE, nullptr), MFVCAM_E_CAMERA_LOST);
    mfvcam_handle late = 42;
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &late),
              MFVCAM_E_CAMERA_LOST);
    EXPECT_EQ(late, 0U);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    // The thread that brought the news may be the last one out.
    EXPECT_TRUE(eventually(nothing_alive));
    EXPECT_EQ(fake().sync_shutdowns, fake().sync_created);
    EXPECT_EQ(fake().camera_shutdowns, 1);
}

TEST_F(SyncObjectTest, PipelineShutdownIsALossOnlyIfNobodyAnswers) {
    const Event event;
    for (const HRESULT alive :
         {S_OK, HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND), HRESULT_FROM_WIN32(ERROR_MORE_DATA)}) {
        reset_fake();
        const mfvcam_handle camera = started_camera();
        const mfvcam_handle object = sync(camera, event.get());
        fake().property_result = alive;
        const HRESULT result = await_while(object, [&] {
            fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
            EXPECT_TRUE(eventually([] { return fake().properties == 1; }));
            event.set();
        });
        EXPECT_EQ(result, S_OK);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        EXPECT_TRUE(eventually(nothing_alive));
        fake().callback.reset();
    }
    for (const HRESULT dead : {HRESULT_FROM_WIN32(RPC_S_CALL_FAILED), MF_E_SHUTDOWN,
                               MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED}) {
        reset_fake();
        const mfvcam_handle camera = started_camera();
        const mfvcam_handle object = sync(camera, event.get());
        fake().property_result = dead;
        EXPECT_EQ(await_while(object,
                              [] {
                                  fake().send(MEExtendedType,
                                              MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
                              }),
                  MFVCAM_E_CAMERA_LOST);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        EXPECT_TRUE(eventually(nothing_alive));
        fake().callback.reset();
    }
}

TEST_F(SyncObjectTest, RegistrationsAreRenewedWhenASourceIsInitialisedAgain) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const Event spent_event;
    const mfvcam_handle object = sync(camera, event.get());
    const mfvcam_handle spent = sync(camera, spent_event.get(), oneshot);
    spent_event.set();
    EXPECT_EQ(mfvcam_await(spent, 0, nullptr), S_OK);
    // The first initialisation is no renewal.
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    ASSERT_TRUE(eventually([] { return fake().properties == 1; }));
    EXPECT_EQ(fake().sync_created, 2);
    EXPECT_EQ(await_while(object,
                          [&] {
                              fake().send(MEExtendedType,
                                          MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
                              EXPECT_TRUE(eventually([] { return fake().sync_created == 3; }));
                              SetEvent(fake().last_sync.object);
                          }),
              S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 1);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(spent), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 3);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, WhoIsRegisteredWithTheInstanceThatHearsStaysSo) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(fake().instance_asks, 1);
    const mfvcam_handle other = sync(camera, event.get());
    EXPECT_EQ(fake().instance_asks, 1) << "nothing has changed";
    int asks = 1;
    int created = 2;
    for (const GUID& type : {MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE}) {
        const auto changed = [&] {
            fake().send(MEExtendedType, type);
            ++asks;
            EXPECT_TRUE(eventually(
                [&] { return fake().instance_asks >= asks && ledger_now().calls == 0; }));
            asks = fake().instance_asks;
        };
        changed();
        EXPECT_EQ(fake().sync_created, created);
        // Another hears now.
        ++fake().instance;
        changed();
        created += 2;
        EXPECT_EQ(fake().sync_created, created);
        changed();
        EXPECT_EQ(fake().sync_created, created);
        EXPECT_EQ(fake().sync_shutdowns, created - 2);
    }
    // A source that does not say may be another each time.
    fake().tells_instance = false;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(eventually([&] { return fake().sync_created == created + 2; }));
    created += 2;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(eventually([&] { return fake().sync_created == created + 2; }));
    created += 2;
    fake().instance = 0;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(eventually([&] { return fake().sync_created == created + 2; }));
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
    EXPECT_TRUE(eventually([&] { return fake().sync_created == created + 4; }));
    // But not each time that it starts.
    EXPECT_TRUE(eventually([] { return ledger_now().calls == 0; }));
    asks = fake().instance_asks;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_TRUE(eventually([&] { return fake().instance_asks > asks && ledger_now().calls == 0; }));
    EXPECT_EQ(fake().sync_created, created + 4);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(other), S_OK);
    // Nobody is registered: nothing to ask.
    EXPECT_TRUE(eventually([] { return ledger_now().calls == 0; }));
    asks = fake().instance_asks;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    EXPECT_TRUE(eventually(nothing_alive));
    EXPECT_EQ(fake().instance_asks, asks);
}

TEST_F(SyncObjectTest, AChangeDuringCreationIsNotLost) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    fake().on_create_sync = [] {
        fake().on_create_sync = nullptr;
        ++fake().instance;
        const int asked = fake().instance_asks;
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
        EXPECT_TRUE(eventually([&] { return fake().instance_asks > asked; }));
    };
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_TRUE(eventually([] { return fake().sync_created == 2 && fake().sync_shutdowns == 1; }));
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, WhatWasAskedBeforeStartIsAskedAgain) {
    fake().instance = 0;
    fake().sync_result = MF_E_INVALIDREQUEST;
    const mfvcam_handle camera = open_camera();
    const Event event;
    mfvcam_handle early = 0;
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &early),
              MF_E_INVALIDREQUEST);
    fake().instance = 1;
    fake().sync_result = S_OK;
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    const mfvcam_handle object = sync(camera, event.get());
    const int asked = fake().instance_asks;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(
        eventually([&] { return fake().instance_asks > asked && ledger_now().calls == 0; }));
    EXPECT_EQ(fake().sync_created, 1);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, WhatWasToldDuringAStopThatFailsIsNotLost) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    fake().on_stop = [] {
        ++fake().instance;
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
        // Done after the other.
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
        EXPECT_TRUE(eventually([] { return fake().properties == 1; }));
        return E_ACCESSDENIED;
    };
    EXPECT_EQ(mfvcam_stop(camera), E_ACCESSDENIED);
    EXPECT_TRUE(eventually([] { return fake().sync_created == 2; }));
    EXPECT_EQ(fake().sync_shutdowns, 1);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    EXPECT_TRUE(eventually(nothing_alive));
}

TEST_F(SyncObjectTest, ASignalIsSeenWhileNothingIsRegistered) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(mfvcam_stop(camera), S_OK);
    fake().sync_result = MF_E_INVALIDREQUEST;
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    ASSERT_TRUE(eventually([] { return fake().sync_shutdowns == 1 && ledger_now().calls == 0; }));
    EXPECT_EQ(mfvcam_wait_on_signal(object, 20), S_FALSE);
    event.set();
    EXPECT_EQ(mfvcam_wait_on_signal(object, INFINITE), S_OK);
    EXPECT_EQ(fake().waits, 0);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, ARenewalThatIsRefusedEndsWithTheReasonForIt) {
    for (const auto& [refusal, answer, end] :
         {std::tuple{E_FAIL, S_OK, E_FAIL},
          std::tuple{E_FAIL, HRESULT_FROM_WIN32(RPC_S_CALL_FAILED), MFVCAM_E_CAMERA_LOST},
          std::tuple{E_FAIL, MF_E_INVALIDREQUEST, MFVCAM_E_CAMERA_LOST}}) {
        reset_fake();
        const mfvcam_handle camera = started_camera();
        const Event event;
        const mfvcam_handle object = sync(camera, event.get());
        fake().sync_result = refusal;
        fake().property_result = answer;
        ++fake().instance;
        EXPECT_EQ(await_while(object,
                              [] {
                                  fake().send(MEExtendedType,
                                              MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
                              }),
                  end);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        EXPECT_TRUE(eventually(nothing_alive));
        fake().callback.reset();
    }
}

TEST_F(SyncObjectTest, RenewalIsNotLostHoweverSoonItComes) {
    for (int round = 0; round < 100; ++round) {
        reset_fake();
        const mfvcam_handle camera = started_camera();
        const Event event;
        const mfvcam_handle object = sync(camera, event.get());
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
        ASSERT_TRUE(eventually([] { return fake().sync_created == 2; }));
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        ASSERT_TRUE(eventually(nothing_alive));
        ASSERT_EQ(fake().sync_shutdowns, 2);
        fake().callback.reset();
    }
}

// Elsewhere opening it may help: whether a camera that nobody has open takes registrations is not
// documented.
TEST_F(SyncObjectTest, ForARegistrationOnlyACameraThatMayRunIsOpened) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    mfvcam_handle object = 0;
    fake().sync_result = MF_E_INVALIDREQUEST;
    const auto create = [&] {
        return mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &object);
    };
    EXPECT_EQ(create(), MF_E_INVALIDREQUEST);
    EXPECT_EQ(fake().sources_asked_for, 1);
    EXPECT_EQ(mfvcam_stop(camera), S_OK);
    EXPECT_EQ(create(), MF_E_INVALIDREQUEST);
    EXPECT_EQ(fake().sources_asked_for, 1) << "it is stopped";
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    fake().sync_result = HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED);
    EXPECT_EQ(create(), HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
    EXPECT_EQ(fake().sources_asked_for, 1) << "the source has answered";
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, StopIsNoLossAndStartRegistersAgain) {
    // What a camera answers that is stopped, and the event that our own Stop brings about.
    fake().property_result = MF_E_INVALIDREQUEST;
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(mfvcam_stop(camera), S_OK);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    ASSERT_TRUE(eventually([] { return fake().properties == 1 && ledger_now().calls == 0; }));
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_FALSE);
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    EXPECT_EQ(fake().sync_created, 2);
    EXPECT_EQ(fake().sync_shutdowns, 1);
    SetEvent(fake().last_sync.object);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    const Event other;
    const mfvcam_handle late = sync(camera, other.get());
    EXPECT_EQ(mfvcam_release(late), S_OK);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// As mfvcam_create_sync_event says: what no wait has seen counts as still to fire.
TEST_F(SyncObjectTest, AOneshotIsRegisteredAgainUntilAWaitHasSeenItFire) {
    for (const bool by_handle : {true, false}) {
        reset_fake();
        const mfvcam_handle camera = started_camera();
        const Event event;
        const mfvcam_handle object = sync(camera, event.get(), oneshot);
        const auto restart = [camera] {
            EXPECT_EQ(mfvcam_stop(camera), S_OK);
            EXPECT_EQ(mfvcam_start(camera), S_OK);
        };
        SetEvent(fake().last_sync.object);
        restart();
        EXPECT_EQ(fake().sync_created, 2);
        EXPECT_EQ(fake().last_sync.flags, oneshot);
        // The first signal is not lost to it.
        EXPECT_EQ(by_handle ? mfvcam_await(object, 0, nullptr) : mfvcam_wait_on_signal(object, 0),
                  S_OK);
        restart();
        EXPECT_EQ(fake().sync_created, 2);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        fake().callback.reset();
    }
}

TEST_F(SyncObjectTest, ASpentOneshotLeavesTheSignalsOfOthers) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle once = sync(camera, event.get(), oneshot);
    const mfvcam_handle other = sync(camera, event.get());
    event.set();
    EXPECT_EQ(mfvcam_await(once, 0, nullptr), S_OK);
    event.set();
    EXPECT_EQ(mfvcam_await(once, 0, nullptr), MFVCAM_E_SPENT);
    EXPECT_EQ(mfvcam_await(other, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_release(once), S_OK);
    EXPECT_EQ(mfvcam_release(other), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// One that was refused is no wait: it does not settle the way.
TEST_F(SyncObjectTest, ARefusedWaitLeavesBothWaysOpen) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle ended = sync(camera, event.get());
    EXPECT_EQ(mfvcam_shutdown(ended), S_OK);
    EXPECT_EQ(mfvcam_await(ended, 0, nullptr), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_wait_on_signal(ended, 0), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_await(ended, 0, nullptr), MF_E_SHUTDOWN);
    mfvcam_handle queue = 0;
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_create_queue(&queue), S_OK);
    EXPECT_EQ(mfvcam_watch_signal(ended, queue, 0, &watched), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(queue), S_OK);
    const mfvcam_handle object = sync(camera, event.get());
    event.set();
    EXPECT_EQ(mfvcam_wait_on_signal(object, 0), S_OK);
    event.set();
    EXPECT_EQ(mfvcam_await(ended, 0, nullptr), MF_E_SHUTDOWN) << "the signal is for the other way";
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), MFVCAM_E_WAIT_MIXED);
    EXPECT_EQ(mfvcam_release(ended), S_OK);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// The last moment: the wait is over while the new registration is under way.
TEST_F(SyncObjectTest, AOneshotThatFiresWhileItIsRenewedIsNotLeftRegistered) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get(), oneshot);
    event.set();
    EXPECT_EQ(mfvcam_stop(camera), S_OK);
    fake().on_create_sync = [object] { EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK); };
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    EXPECT_EQ(fake().sync_created, 2);
    EXPECT_EQ(fake().sync_shutdowns, 2);
    EXPECT_EQ(fake().syncs_alive, 0);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), MFVCAM_E_SPENT);
    void* pointer = this;
    EXPECT_EQ(mfvcam_get_com_pointer(object, &pointer), MFVCAM_E_SPENT);
    EXPECT_EQ(pointer, nullptr);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 2);
}

TEST_F(SyncObjectTest, APlainPointerIsHadUntilTheEnd) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    void* pointer = nullptr;
    ASSERT_EQ(mfvcam_get_com_pointer(object, &pointer), S_OK);
    EXPECT_EQ(static_cast<IMFCameraSyncObject*>(pointer)->WaitOnSignal(0), S_OK);
    EXPECT_EQ(fake().waits, 1);
    EXPECT_EQ(mfvcam_release_com_pointer(pointer), S_OK);
    EXPECT_EQ(mfvcam_shutdown(object), S_OK);
    EXPECT_EQ(mfvcam_get_com_pointer(object, &pointer), MF_E_SHUTDOWN);
    EXPECT_EQ(pointer, nullptr);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(SyncObjectTest, EventsAfterTheCamerasEndGoNowhere) {
    const mfvcam_handle camera = started_camera();
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    fake().send(MEError, GUID_NULL);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    EXPECT_TRUE(eventually(nothing_alive));
    EXPECT_EQ(fake().properties, 0);
}

// What a signal and a release do to those who wait depends on which came first, and on nothing
// else.
TEST_F(SyncObjectTest, ManyThreadsWaitWhileOthersClose) {
    enum class Order { signal_first, release_only, at_once };
    const mfvcam_handle camera = started_camera();
    constexpr int rounds = 300;
    constexpr UINT32 waiters = 3;
    for (int round = 0; round < rounds; ++round) {
        const auto order = static_cast<Order>(round % 3);
        const Event event(true);
        const mfvcam_handle object = sync(camera, event.get());
        std::array<HRESULT, waiters> results{};
        std::vector<std::thread> threads;
        for (HRESULT& result : results) {
            threads.emplace_back([&] { result = mfvcam_await(object, long_wait, nullptr); });
        }
        if (order == Order::at_once) {
            threads.emplace_back([&] { event.set(); });
            threads.emplace_back([&] { mfvcam_release(object); });
        } else {
            EXPECT_TRUE(eventually([] { return ledger_now().calls == waiters; }));
            if (order == Order::signal_first) {
                event.set();
            }
            EXPECT_EQ(mfvcam_release(object), S_OK);
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const HRESULT result : results) {
            if (order == Order::at_once) {
                // E_HANDLE: it was released before the wait began.
                ASSERT_TRUE(result == S_OK || result == MF_E_SHUTDOWN || result == E_HANDLE)
                    << std::hex << result;
            } else {
                ASSERT_EQ(result, order == Order::signal_first ? S_OK : MF_E_SHUTDOWN);
            }
        }
        ASSERT_EQ(fake().sync_shutdowns, round + 1);
        ASSERT_EQ(ledger_now().handles, 0U);
        EXPECT_EQ(mfvcam_await(object, 0, nullptr), E_HANDLE);
    }
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

}  // namespace

}  // namespace mfvcam::tests
