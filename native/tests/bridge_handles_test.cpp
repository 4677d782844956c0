// The ledger counts what the bridge knows of; here the system counts.
#include "bridge_test.h"
#include "handle_slope.h"

namespace mfvcam::tests {

namespace {

class HandlesTest : public BridgeTest {};

TEST_F(HandlesTest, DoNotAddUp) {
    const auto round = [] {
        const mfvcam_handle camera = started_camera();
        const Event event;
        const Event cancel(true);
        const mfvcam_handle signalled = sync(camera, event.get());
        const mfvcam_handle ended = sync(camera, event.get(), oneshot);
        mfvcam_handle refused = 0;
        fake().sync_result = E_FAIL;
        EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), &refused),
                  E_FAIL);
        fake().sync_result = S_OK;
        HRESULT result = E_FAIL;
        std::thread waiter([&] { result = mfvcam_await(ended, INFINITE, cancel.get()); });
        EXPECT_TRUE(a_call_is_inside());
        event.set();
        waiter.join();
        EXPECT_EQ(result, S_OK);
        EXPECT_EQ(mfvcam_await(signalled, 0, nullptr), S_FALSE);
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
        EXPECT_EQ(mfvcam_release(ended), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        EXPECT_EQ(mfvcam_release(signalled), S_OK);
    };
    expect_handles_do_not_add_up(round, nothing_alive);
}

TEST_F(HandlesTest, OfWatchesDoNotAddUp) {
    const auto round = [] {
        const mfvcam_handle camera = started_camera();
        void* pointer = nullptr;
        mfvcam_handle second = 0;
        EXPECT_EQ(mfvcam_get_com_pointer(camera, &pointer), S_OK);
        EXPECT_EQ(mfvcam_from_native(pointer, 0, &second), S_OK);
        HANDLE semaphore = CreateSemaphoreW(nullptr, 1, 9, nullptr);
        mfvcam_handle queue = 0;
        mfvcam_handle object = 0;
        mfvcam_handle of_signals = 0;
        mfvcam_handle of_camera = 0;
        EXPECT_EQ(mfvcam_create_queue(&queue), S_OK);
        EXPECT_EQ(mfvcam_create_sync_semaphore(camera, &some_set, 0, enable, semaphore, 1, &object),
                  S_OK);
        EXPECT_EQ(mfvcam_watch_signal(object, queue, 1, &of_signals), S_OK);
        EXPECT_EQ(mfvcam_watch_camera(second, queue, 2, &of_camera), S_OK);
        mfvcam_notification notification{};
        UINT32 count = 0;
        EXPECT_EQ(mfvcam_take(queue, long_wait, nullptr, &notification, 1, &count), S_OK);
        EXPECT_EQ(mfvcam_rearm(of_signals), S_OK);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_cancel_watch(of_signals), S_OK);
        EXPECT_EQ(mfvcam_release(second), S_OK);
        EXPECT_EQ(mfvcam_release(queue), S_OK);
        EXPECT_EQ(mfvcam_cancel_watch(of_camera), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        CloseHandle(semaphore);
    };
    expect_handles_do_not_add_up(round, nothing_alive);
}

}  // namespace

}  // namespace mfvcam::tests
