// A camera's life: identity, shutdown, release, calls in flight, apartments.
#include <objbase.h>

#include <atomic>
#include <thread>
#include <vector>

#include "bridge_test.h"
#include "handle_table.h"
#include "virtual_camera.h"

namespace mfvcam::tests {

namespace {

class CameraTest : public BridgeTest {};

TEST_F(CameraTest, PassesItsParametersOn) {
    const std::vector<GUID> categories = {some_set, some_source};
    mfvcam_handle camera = 0;
    ASSERT_EQ(mfvcam_create_virtual_camera(0, 1, 1, L"Schöne Kamera", &some_source,
                                           categories.data(), 2, 0, &camera),
              S_OK);
    EXPECT_EQ(fake().friendly_name, L"Schöne Kamera");
    EXPECT_EQ(fake().source_id, L"{85C66A41-1204-4B25-944C-A615B61808B2}");
    ASSERT_EQ(fake().categories.size(), 2U);
    EXPECT_EQ(fake().categories[1], some_source);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(CameraTest, FailureOfCreateComesThroughAndLeavesNothing) {
    mfvcam_handle camera = 42;
    fake().create_result = E_ACCESSDENIED;
    EXPECT_EQ(create(&camera), E_ACCESSDENIED);
    EXPECT_EQ(camera, 0U);
    fake().create_result = S_OK;
    fake().create_nothing = true;
    EXPECT_EQ(create(&camera), MFVCAM_E_NO_OBJECT);
    EXPECT_EQ(camera, 0U);
    // Not taken for a live camera with the same parameters.
    fake().create_nothing = false;
    EXPECT_EQ(create(&camera), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(CameraTest, SecondLiveCameraWithEqualParametersOnlyIfAskedFor) {
    const mfvcam_handle first = open_camera();
    mfvcam_handle second = 42;
    EXPECT_EQ(create(&second), MFVCAM_E_ALREADY_OPEN);
    EXPECT_EQ(second, 0U);
    EXPECT_EQ(fake().created, 1);
    second = open_camera(MFVCAM_CREATE_ALLOW_SAME);
    EXPECT_EQ(mfvcam_release(first), S_OK);
    EXPECT_EQ(mfvcam_release(second), S_OK);
    const mfvcam_handle third = open_camera();
    EXPECT_EQ(mfvcam_release(third), S_OK);
}

TEST_F(CameraTest, CategoriesInAnotherOrderAreEqualParameters) {
    const std::vector<GUID> one = {some_set, some_source};
    const std::vector<GUID> other = {some_source, some_set};
    mfvcam_handle first = 0;
    mfvcam_handle second = 0;
    ASSERT_EQ(mfvcam_create_virtual_camera(0, 0, 0, L"x", &some_source, one.data(), 2, 0, &first),
              S_OK);
    EXPECT_EQ(
        mfvcam_create_virtual_camera(0, 0, 0, L"x", &some_source, other.data(), 2, 0, &second),
        MFVCAM_E_ALREADY_OPEN);
    EXPECT_EQ(
        mfvcam_create_virtual_camera(0, 0, 0, L"x", &some_source, other.data(), 1, 0, &second),
        S_OK);
    EXPECT_EQ(mfvcam_release(first), S_OK);
    EXPECT_EQ(mfvcam_release(second), S_OK);
}

TEST_F(CameraTest, ShutdownOnceHoweverItEnds) {
    const mfvcam_handle shut = started_camera();
    EXPECT_EQ(mfvcam_shutdown(shut), S_OK);
    EXPECT_EQ(mfvcam_shutdown(shut), S_OK);
    EXPECT_EQ(fake().camera_shutdowns, 1);
    EXPECT_EQ(mfvcam_start(shut), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_stop(shut), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_remove(shut), MF_E_SHUTDOWN);
    EXPECT_EQ(fake().removed, 0);
    EXPECT_EQ(mfvcam_release(shut), S_OK);
    EXPECT_EQ(fake().camera_shutdowns, 1);
    EXPECT_EQ(fake().cameras_alive, 0);

    const mfvcam_handle released = started_camera();
    EXPECT_EQ(mfvcam_release(released), S_OK);
    EXPECT_EQ(fake().camera_shutdowns, 2);
    EXPECT_EQ(fake().removed, 0);
}

TEST_F(CameraTest, ReleaseLaterHappensOnAnotherThread) {
    const mfvcam_handle camera = started_camera();
    EXPECT_EQ(mfvcam_release_later(camera), S_OK);
    EXPECT_EQ(mfvcam_start(camera), E_HANDLE);
    EXPECT_TRUE(eventually([] { return fake().cameras_alive == 0; }));
    EXPECT_EQ(fake().camera_shutdowns, 1);
}

TEST_F(CameraTest, ReleaseShutsDownAtOnceAndTheLastCallOutFrees) {
    Event inside(true);
    Event go_on(true);
    fake().on_start = [&] {
        inside.set();
        WaitForSingleObject(go_on.get(), long_wait);
        return S_OK;
    };
    const mfvcam_handle camera = open_camera();
    HRESULT start_result = E_FAIL;
    std::thread starter([&] { start_result = mfvcam_start(camera); });
    ASSERT_EQ(WaitForSingleObject(inside.get(), long_wait), WAIT_OBJECT_0);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
    EXPECT_EQ(fake().camera_shutdowns, 1);
    EXPECT_EQ(fake().cameras_alive, 1);
    EXPECT_EQ(mfvcam_start(camera), E_HANDLE);
    // Shut down, it is no live camera with equal parameters any more.
    const mfvcam_handle next = open_camera();
    EXPECT_EQ(mfvcam_release(next), S_OK);
    go_on.set();
    starter.join();
    EXPECT_EQ(start_result, S_OK);
    EXPECT_EQ(fake().camera_shutdowns, 2);
    EXPECT_EQ(fake().cameras_alive, 0);
}

TEST_F(CameraTest, CallsFromSingleThreadedApartmentsRunElsewhere) {
    std::thread caller([] {
        ASSERT_EQ(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED), S_OK);
        EXPECT_EQ(mfvcam_is_supported(), S_OK);
        const mfvcam_handle camera = started_camera();
        const Event event;
        const mfvcam_handle object = sync(camera, event.get());
        EXPECT_EQ(mfvcam_wait_on_signal(object, 0), S_OK);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        // Still what the caller made of it.
        APTTYPE type = APTTYPE_MTA;
        APTTYPEQUALIFIER qualifier = APTTYPEQUALIFIER_NONE;
        EXPECT_EQ(CoGetApartmentType(&type, &qualifier), S_OK);
        EXPECT_TRUE(type == APTTYPE_STA || type == APTTYPE_MAINSTA);
        CoUninitialize();
    });
    caller.join();
    EXPECT_EQ(fake().calls_from_single_threaded_apartments, 0);
    EXPECT_EQ(fake().sync_shutdowns, 1);
}

TEST_F(CameraTest, PropertyGoesOutAndComesBack) {
    const mfvcam_handle camera = started_camera();
    std::vector<BYTE> data(8);
    UINT32 written = 0;
    EXPECT_EQ(
        mfvcam_send_camera_property(camera, &some_set, 1, 1, nullptr, 0, data.data(), 8, &written),
        S_OK);
    EXPECT_EQ(written, 8U);
    EXPECT_EQ(data[7], 0x5A);
    // The size comes with the failure too.
    fake().property_result = HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    EXPECT_EQ(
        mfvcam_send_camera_property(camera, &some_set, 1, 1, nullptr, 0, data.data(), 4, &written),
        HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER));
    EXPECT_EQ(written, 4U);
    // With no other, and never more than there is room for.
    fake().property_result = E_ACCESSDENIED;
    EXPECT_EQ(
        mfvcam_send_camera_property(camera, &some_set, 1, 1, nullptr, 0, data.data(), 4, &written),
        E_ACCESSDENIED);
    EXPECT_EQ(written, 0U);
    fake().property_result = S_OK;
    fake().property_written = 1000;
    EXPECT_EQ(
        mfvcam_send_camera_property(camera, &some_set, 1, 1, nullptr, 0, data.data(), 8, &written),
        S_OK);
    EXPECT_EQ(written, 8U);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(CameraTest, ALostCameraThatStartsIsThereAgain) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle before = sync(camera, event.get());
    lose_and_hear(before);
    mfvcam_handle refused = 1;
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &refused),
              MFVCAM_E_CAMERA_LOST);
    fake().start_result = HRESULT_FROM_WIN32(RPC_S_CALL_FAILED);
    EXPECT_EQ(mfvcam_start(camera), HRESULT_FROM_WIN32(RPC_S_CALL_FAILED));
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &refused),
              MFVCAM_E_CAMERA_LOST);
    fake().start_result = S_OK;
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    const mfvcam_handle after = sync(camera, event.get());
    event.set();
    EXPECT_EQ(mfvcam_await(after, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_await(before, 0, nullptr), MFVCAM_E_CAMERA_LOST);
    // Once more, and after the end for good.
    lose_and_hear(after);
    EXPECT_EQ(mfvcam_shutdown(camera), S_OK);
    EXPECT_EQ(mfvcam_start(camera), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &refused),
              MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_release(before), S_OK);
    EXPECT_EQ(mfvcam_release(after), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// The end of the old ones may take its time: a call to a service that has died.
TEST_F(CameraTest, AnOldLossLeavesWhatWasMadeAfterTheNextStart) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle before = sync(camera, event.get());
    const Event inside(true);
    const Event gate(true);
    fake().on_sync_shutdown = [&] {
        inside.set();
        WaitForSingleObject(gate.get(), long_wait);
    };
    lose_and_hear(before);
    EXPECT_EQ(WaitForSingleObject(inside.get(), long_wait), WAIT_OBJECT_0);
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    const mfvcam_handle after = sync(camera, event.get());
    gate.set();
    EXPECT_TRUE(eventually([] { return ledger_now().calls == 0; }));
    fake().on_sync_shutdown = nullptr;
    event.set();
    EXPECT_EQ(mfvcam_await(after, long_wait, nullptr), S_OK);
    EXPECT_EQ(mfvcam_await(after, 0, nullptr), S_FALSE);
    EXPECT_EQ(mfvcam_release(before), S_OK);
    EXPECT_EQ(mfvcam_release(after), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// A registration of the first life tells first of the death in the second.
TEST_F(CameraTest, AnOldRegistrationMayTellOfANewDeath) {
    const mfvcam_handle camera = started_camera();
    const ComPtr<IMFAsyncCallback> first = fake().callback;
    const Event event;
    const mfvcam_handle before = sync(camera, event.get());
    lose_and_hear(before);
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    const mfvcam_handle after = sync(camera, event.get());
    fake().callback = first;
    fake().property_result = HRESULT_FROM_WIN32(RPC_S_CALL_FAILED);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    EXPECT_EQ(mfvcam_await(after, long_wait, nullptr), MFVCAM_E_CAMERA_LOST);
    EXPECT_EQ(mfvcam_release(before), S_OK);
    EXPECT_EQ(mfvcam_release(after), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(CameraTest, ADeathDuringTheStartThatRevivesItCounts) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    const mfvcam_handle before = sync(camera, event.get());
    lose_and_hear(before);
    fake().on_start = [] {
        fake().send(MEError, GUID_NULL, E_FAIL);
        // Dealt with before Start returns.
        EXPECT_TRUE(eventually([] { return ledger_now().calls == 1; }));
        return S_OK;
    };
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    EXPECT_TRUE(refuses_as_lost(camera, event.get()));
    fake().on_start = nullptr;
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    const mfvcam_handle after = sync(camera, event.get());
    EXPECT_EQ(mfvcam_release(before), S_OK);
    EXPECT_EQ(mfvcam_release(after), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// What is told during a call that fails may be no doing of that call.
TEST_F(CameraTest, ADeathDuringAFailingCallIsNoticed) {
    constexpr HRESULT dead = HRESULT_FROM_WIN32(RPC_S_CALL_FAILED);
    for (const auto call : {&mfvcam_stop, &mfvcam_remove}) {
        reset_fake();
        const mfvcam_handle camera = started_camera();
        const Event event;
        const mfvcam_handle object = sync(camera, event.get());
        fake().property_result = dead;
        fake().on_stop = fake().on_remove = [] {
            fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
            // Looked into, and put down to the call.
            EXPECT_TRUE(eventually([] { return fake().properties == 1; }));
            EXPECT_TRUE(eventually([] { return ledger_now().calls == 1; }));
            return dead;
        };
        EXPECT_EQ(call(camera), dead);
        EXPECT_EQ(mfvcam_await(object, long_wait, nullptr), MFVCAM_E_CAMERA_LOST);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        EXPECT_TRUE(eventually(nothing_alive));
        fake().callback.reset();
    }
}

TEST_F(CameraTest, AFailingCallIsNoDeath) {
    fake().on_stop = fake().on_remove = [] { return E_ACCESSDENIED; };
    fake().property_result = MF_E_INVALIDREQUEST;
    const mfvcam_handle camera = open_camera();
    EXPECT_EQ(mfvcam_stop(camera), E_ACCESSDENIED);
    EXPECT_EQ(mfvcam_remove(camera), E_ACCESSDENIED);
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(mfvcam_stop(camera), E_ACCESSDENIED);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_FALSE);
    EXPECT_EQ(fake().properties, 0);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// One at a time: what the last of them did is how the camera is.
TEST_F(CameraTest, AStartWaitsForTheRemoveUnderWay) {
    const mfvcam_handle camera = started_camera();
    const Event removing(true);
    const Event go_on(true);
    fake().on_remove = [&] {
        removing.set();
        WaitForSingleObject(go_on.get(), long_wait);
        return S_OK;
    };
    std::thread remover([&] { EXPECT_EQ(mfvcam_remove(camera), S_OK); });
    EXPECT_EQ(WaitForSingleObject(removing.get(), long_wait), WAIT_OBJECT_0);
    std::thread starter([&] { EXPECT_EQ(mfvcam_start(camera), S_OK); });
    EXPECT_TRUE(eventually([] { return ledger_now().calls == 2; }));
    Sleep(20);
    EXPECT_EQ(fake().started, 1);
    go_on.set();
    remover.join();
    starter.join();
    EXPECT_EQ(fake().started, 2);
    const Event event;
    EXPECT_EQ(mfvcam_release(sync(camera, event.get())), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(CameraTest, ARemovedCameraTakesNothingNewUntilItIsStartedAgain) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    EXPECT_EQ(mfvcam_remove(camera), S_OK);
    mfvcam_handle object = 42;
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &object),
              MFVCAM_E_CAMERA_LOST);
    EXPECT_EQ(object, 0U);
    fake().start_result = E_ACCESSDENIED;
    EXPECT_EQ(mfvcam_start(camera), E_ACCESSDENIED);
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &object),
              MFVCAM_E_CAMERA_LOST);
    fake().start_result = S_OK;
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    EXPECT_EQ(mfvcam_release(sync(camera, event.get())), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

// A child whose event() takes its time.
class SlowChild final : public CameraChild {
 public:
    explicit SlowChild(Ref<VirtualCamera> camera)
        : CameraChild(Kind::camera_watch, std::move(camera)) {
        EXPECT_EQ(join_camera(), S_OK);
    }

    void event(HRESULT /*status*/, const GUID& /*extended_type*/) noexcept override {
        inside.set();
        WaitForSingleObject(go_on.get(), long_wait);
    }
    void end(HRESULT /*reason*/) noexcept override {}

    Event inside{true};
    Event go_on{true};
    std::atomic<DWORD> finished_by{0};

 private:
    void on_close() noexcept override { leave_camera(); }
    void finish() noexcept override { finished_by = GetCurrentThreadId(); }
};

// Giving resources back may take seconds: no work for who brings the news.
TEST_F(CameraTest, TheProvidersThreadIsNeverTheLastOut) {
    const mfvcam_handle camera = started_camera();
    Ref<SlowChild> child;
    {
        const auto lease = handles::lease<VirtualCamera>(camera);
        child = Ref<SlowChild>::adopt(new SlowChild(Ref<VirtualCamera>::share(lease.operator->())));
    }
    std::thread sender(
        [] { fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START); });
    EXPECT_EQ(WaitForSingleObject(child->inside.get(), long_wait), WAIT_OBJECT_0);
    child->close();
    EXPECT_EQ(child->finished_by, GetCurrentThreadId());
    child->go_on.set();
    sender.join();
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(CameraTest, UnsupportedIsSaid) {
    EXPECT_EQ(mfvcam_is_supported(), S_OK);
    fake().supported = FALSE;
    EXPECT_EQ(mfvcam_is_supported(), HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
}

TEST_F(CameraTest, ManyThreadsOpenUseAndCloseTheSameCamera) {
    constexpr int rounds = 200;
    for (int round = 0; round < rounds; ++round) {
        const Event event;
        const mfvcam_handle camera = started_camera();
        std::atomic<bool> go{false};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&, i] {
                while (!go) {
                }
                if (i == 0) {
                    mfvcam_release(camera);
                } else if (i == 1) {
                    mfvcam_shutdown(camera);
                } else {
                    mfvcam_handle object = 0;
                    if (SUCCEEDED(mfvcam_create_sync_event(camera, &some_set, 0, enable,
                                                           event.get(), &object))) {
                        mfvcam_await(object, INFINITE, nullptr);
                        mfvcam_release(object);
                    }
                }
            });
        }
        go = true;
        for (std::thread& thread : threads) {
            thread.join();
        }
        ASSERT_TRUE(nothing_alive());
        ASSERT_EQ(fake().camera_shutdowns, round + 1);
        ASSERT_EQ(fake().sync_shutdowns, fake().sync_created);
    }
}

}  // namespace

}  // namespace mfvcam::tests
