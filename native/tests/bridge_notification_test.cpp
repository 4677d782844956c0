#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "bridge_test.h"

namespace mfvcam::tests {
namespace {

class NotificationTest : public BridgeTest {
 protected:
    void SetUp() override {
        BridgeTest::SetUp();
        camera_ = started_camera();
        ASSERT_EQ(mfvcam_create_queue(&queue_), S_OK);
    }

    void TearDown() override {
        EXPECT_EQ(mfvcam_release(queue_), S_OK);
        EXPECT_EQ(mfvcam_release(camera_), S_OK);
        BridgeTest::TearDown();
    }

    [[nodiscard]] mfvcam_handle watch(mfvcam_handle object, UINT64 tag) const {
        mfvcam_handle result = 0;
        EXPECT_EQ(mfvcam_watch_signal(object, queue_, tag, &result), S_OK);
        return result;
    }

    // One notification, or all zeros if there is none within the timeout.
    [[nodiscard]] mfvcam_notification take(UINT32 timeout = long_wait) const {
        mfvcam_notification notification{};
        UINT32 count = 9;
        const HRESULT hr = mfvcam_take(queue_, timeout, nullptr, &notification, 1, &count);
        EXPECT_EQ(hr, count == 1 ? S_OK : S_FALSE);
        return notification;
    }

    void expect_nothing() const { EXPECT_EQ(take(20).kind, 0U); }

    mfvcam_handle camera_ = 0;
    mfvcam_handle queue_ = 0;
};

TEST_F(NotificationTest, ASignalIsToldOnceUntilRearmed) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    const mfvcam_handle watched = watch(object, 17);
    expect_nothing();
    const INT64 before = mfvcam_system_time();
    event.set();
    const mfvcam_notification told = take();
    EXPECT_EQ(told.tag, 17U);
    EXPECT_EQ(told.kind, MFVCAM_SIGNALLED);
    EXPECT_EQ(told.status, S_OK);
    EXPECT_GE(told.time, before);
    EXPECT_LE(told.time, mfvcam_system_time());
    event.set();
    expect_nothing();
    EXPECT_EQ(mfvcam_rearm(watched), S_OK);
    EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
    EXPECT_EQ(mfvcam_rearm(watched), S_OK);
    EXPECT_EQ(mfvcam_rearm(watched), S_OK);
    event.set();
    EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
    expect_nothing();
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_FALSE);
    EXPECT_EQ(mfvcam_cancel_watch(watched), E_HANDLE);
    EXPECT_EQ(mfvcam_rearm(watched), E_HANDLE);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(NotificationTest, ASemaphoreLosesNoCount) {
    HANDLE semaphore = CreateSemaphoreW(nullptr, 0, 100, nullptr);
    mfvcam_handle object = 0;
    ASSERT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 3, enable, semaphore, 2, &object),
              S_OK);
    EXPECT_EQ(fake().last_sync.set, some_set);
    EXPECT_EQ(fake().last_sync.id, 3U);
    EXPECT_EQ(fake().last_sync.adjustment, 2);
    EXPECT_NE(fake().last_sync.object, semaphore);
    const mfvcam_handle watched = watch(object, 1);
    ReleaseSemaphore(semaphore, 5, nullptr);
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
        EXPECT_EQ(mfvcam_rearm(watched), S_OK);
    }
    // The fifth waits in the queue by now, or is still in the semaphore: it is there either way.
    Sleep(50);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    expect_nothing();
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_FALSE);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    CloseHandle(semaphore);
}

TEST_F(NotificationTest, ASemaphoreAndAnEventAreToldApart) {
    HANDLE semaphore = CreateSemaphoreW(nullptr, 0, 100, nullptr);
    const Event event;
    mfvcam_handle object = 1;
    EXPECT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 0, enable, event.get(), 1, &object),
              E_HANDLE);
    EXPECT_EQ(object, 0U);
    EXPECT_EQ(mfvcam_create_sync_event(camera_, &some_set, 0, enable, semaphore, &object),
              E_HANDLE);
    EXPECT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 0, enable, semaphore, 0, &object),
              E_INVALIDARG);
    EXPECT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 0, enable, semaphore, -1, &object),
              E_INVALIDARG);
    EXPECT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 0, 3, semaphore, 1, &object),
              E_INVALIDARG);
    EXPECT_EQ(mfvcam_create_sync_semaphore(camera_, nullptr, 0, enable, semaphore, 1, &object),
              E_POINTER);
    EXPECT_EQ(fake().sync_created, 0);
    CloseHandle(semaphore);
}

TEST_F(NotificationTest, CancellingGivesAnUntakenSignalBack) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    const mfvcam_handle watched = watch(object, 1);
    event.set();
    EXPECT_TRUE(eventually([&] {
        if (WaitForSingleObject(event.get(), 0) == WAIT_TIMEOUT) {
            return true;
        }
        event.set();
        return false;
    }));
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    expect_nothing();
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(NotificationTest, CancellingSetsNoManualResetEvent) {
    const Event event(true);
    const mfvcam_handle object = sync(camera_, event.get());
    const mfvcam_handle watched = watch(object, 1);
    event.set();
    std::array<mfvcam_notification, 1> peek{};
    UINT32 count = 0;
    EXPECT_EQ(mfvcam_take(queue_, long_wait, nullptr, peek.data(), 1, &count), S_OK);
    EXPECT_EQ(mfvcam_rearm(watched), S_OK);
    // Queued again at once, since it is still set; then reset by its owner.
    Sleep(50);
    ResetEvent(event.get());
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    EXPECT_EQ(WaitForSingleObject(event.get(), 0), WAIT_TIMEOUT);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(NotificationTest, TheEndOfWhatIsWatchedIsTold) {
    const std::array<Event, 3> events;
    const mfvcam_handle released = sync(camera_, events[0].get());
    const mfvcam_handle shut_down = sync(camera_, events[1].get());
    const mfvcam_handle lost = sync(camera_, events[2].get());
    const std::array watches = {watch(released, 1), watch(shut_down, 2), watch(lost, 3)};
    EXPECT_EQ(mfvcam_release(released), S_OK);
    mfvcam_notification told = take();
    EXPECT_EQ(told.tag, 1U);
    EXPECT_EQ(told.kind, MFVCAM_WATCH_ENDED);
    EXPECT_EQ(told.status, MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_shutdown(shut_down), S_OK);
    told = take();
    EXPECT_EQ(told.tag, 2U);
    EXPECT_EQ(told.status, MF_E_SHUTDOWN);
    fake().send(MEError, GUID_NULL);
    told = take();
    EXPECT_EQ(told.tag, 3U);
    EXPECT_EQ(told.kind, MFVCAM_WATCH_ENDED);
    EXPECT_EQ(told.status, MFVCAM_E_CAMERA_LOST);
    // Told once, and a new watch of what has ended is refused.
    events[2].set();
    expect_nothing();
    mfvcam_handle late = 1;
    EXPECT_EQ(mfvcam_watch_signal(lost, queue_, 4, &late), MFVCAM_E_CAMERA_LOST);
    EXPECT_EQ(late, 0U);
    EXPECT_EQ(mfvcam_watch_signal(released, queue_, 4, &late), E_HANDLE);
    for (const mfvcam_handle it : watches) {
        EXPECT_EQ(mfvcam_rearm(it), S_OK);
        EXPECT_EQ(mfvcam_cancel_watch(it), S_OK);
    }
    EXPECT_EQ(mfvcam_release(shut_down), S_OK);
    EXPECT_EQ(mfvcam_release(lost), S_OK);
}

TEST_F(NotificationTest, ASignalComesBeforeTheEnd) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    const mfvcam_handle watched = watch(object, 1);
    event.set();
    EXPECT_TRUE(eventually([&] {
        if (WaitForSingleObject(event.get(), 0) == WAIT_TIMEOUT) {
            return true;
        }
        event.set();
        return false;
    }));
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
    EXPECT_EQ(take().kind, MFVCAM_WATCH_ENDED);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_FALSE);
}

TEST_F(NotificationTest, AOneshotIsSpentOnceItsSignalIsTaken) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get(), oneshot);
    const mfvcam_handle first = watch(object, 1);
    const mfvcam_handle second = watch(object, 2);
    event.set();
    const mfvcam_notification signal = take();
    EXPECT_EQ(signal.kind, MFVCAM_SIGNALLED);
    const std::array ends = {take(), take()};
    for (const mfvcam_notification& end : ends) {
        EXPECT_EQ(end.kind, MFVCAM_WATCH_ENDED);
        EXPECT_EQ(end.status, MFVCAM_E_SPENT);
    }
    EXPECT_EQ(ends[0].tag + ends[1].tag, 3U);
    EXPECT_EQ(mfvcam_await(object, INFINITE, nullptr), MFVCAM_E_SPENT);
    mfvcam_handle late = 1;
    EXPECT_EQ(mfvcam_watch_signal(object, queue_, 3, &late), MFVCAM_E_SPENT);
    static_cast<void>(mfvcam_cancel_watch(first));
    static_cast<void>(mfvcam_cancel_watch(second));
    EXPECT_EQ(fake().sync_shutdowns, 0);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 1);
}

// A wait that sleeps on a ONESHOT that another thread had would never end.
TEST_F(NotificationTest, AOneshotThatAnotherThreadHadEndsAWait) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get(), oneshot);
    std::array<std::atomic<HRESULT>, 2> results = {E_PENDING, E_PENDING};
    std::array<std::thread, 2> waiters;
    for (std::size_t i = 0; i < 2; ++i) {
        waiters[i] = std::thread([&, i] { results[i] = mfvcam_await(object, INFINITE, nullptr); });
    }
    EXPECT_TRUE(eventually([] { return ledger_now().calls == 2; }));
    event.set();
    for (std::thread& waiter : waiters) {
        waiter.join();
    }
    EXPECT_TRUE((results[0] == S_OK && results[1] == MFVCAM_E_SPENT) ||
                (results[1] == S_OK && results[0] == MFVCAM_E_SPENT));
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(NotificationTest, AWatchIsAWaitOnTheHandle) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    const mfvcam_handle watched = watch(object, 1);
    EXPECT_EQ(mfvcam_wait_on_signal(object, 0), MFVCAM_E_WAIT_MIXED);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    EXPECT_EQ(mfvcam_release(object), S_OK);

    const Event other;
    const mfvcam_handle by_com = sync(camera_, other.get());
    EXPECT_EQ(mfvcam_wait_on_signal(by_com, 0), S_OK);
    mfvcam_handle refused = 1;
    EXPECT_EQ(mfvcam_watch_signal(by_com, queue_, 1, &refused), MFVCAM_E_WAIT_MIXED);
    EXPECT_EQ(refused, 0U);
    EXPECT_EQ(mfvcam_release(by_com), S_OK);
}

TEST_F(NotificationTest, CameraEventsAreToldInOrder) {
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 5, &watched), S_OK);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    fake().send(MEUnknown, GUID_NULL);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT, S_FALSE);
    fake().send(MEError, GUID_NULL, E_ACCESSDENIED);
    const std::array<GUID, 4> types = {MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE,
                                       MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START,
                                       MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT, GUID_NULL};
    const std::array<HRESULT, 4> codes = {S_OK, S_OK, S_FALSE, E_ACCESSDENIED};
    INT64 last = 0;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const mfvcam_notification told = take();
        EXPECT_EQ(told.tag, 5U);
        EXPECT_EQ(told.kind, MFVCAM_CAMERA_EVENT);
        EXPECT_EQ(told.extended_type, types[i]) << i;
        EXPECT_EQ(told.status, codes[i]) << i;
        EXPECT_GE(told.time, last);
        last = told.time;
    }
    const mfvcam_notification end = take();
    EXPECT_EQ(end.kind, MFVCAM_WATCH_ENDED);
    EXPECT_EQ(end.status, MFVCAM_E_CAMERA_LOST);
    EXPECT_EQ(mfvcam_rearm(watched), E_HANDLE) << "a watch of another kind";
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
}

TEST_F(NotificationTest, NothingIsToldAfterCancelling) {
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 5, &watched), S_OK);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP);
    expect_nothing();
    EXPECT_EQ(mfvcam_shutdown(camera_), S_OK);
    expect_nothing();
    EXPECT_EQ(mfvcam_watch_camera(camera_, queue_, 6, &watched), MF_E_SHUTDOWN);
    EXPECT_EQ(watched, 0U);
}

TEST_F(NotificationTest, TakeWaitsAndIsEndedByAll) {
    mfvcam_notification notification{};
    UINT32 count = 1;
    const INT64 before = mfvcam_system_time();
    EXPECT_EQ(mfvcam_take(queue_, 30, nullptr, &notification, 1, &count), S_FALSE);
    EXPECT_EQ(count, 0U);
    EXPECT_GE(mfvcam_system_time() - before, 300'000);
    const Event cancel(true);
    cancel.set();
    EXPECT_EQ(mfvcam_take(queue_, INFINITE, cancel.get(), &notification, 1, &count),
              HRESULT_FROM_WIN32(ERROR_CANCELLED));
    EXPECT_EQ(mfvcam_take(queue_, 0, nullptr, nullptr, 1, &count), E_POINTER);
    EXPECT_EQ(mfvcam_take(queue_, 0, nullptr, &notification, 1, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_take(queue_, 0, nullptr, &notification, 0, &count), E_INVALIDARG);
    EXPECT_EQ(mfvcam_take(camera_, 0, nullptr, &notification, 1, &count), E_HANDLE);

    mfvcam_handle other = 0;
    ASSERT_EQ(mfvcam_create_queue(&other), S_OK);
    std::atomic<HRESULT> result = E_PENDING;
    std::thread taker([&] {
        mfvcam_notification one{};
        UINT32 taken = 0;
        result = mfvcam_take(other, INFINITE, nullptr, &one, 1, &taken);
    });
    EXPECT_TRUE(a_call_is_inside());
    EXPECT_EQ(mfvcam_release(other), S_OK);
    taker.join();
    EXPECT_EQ(result, MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_create_queue(nullptr), E_POINTER);
}

TEST_F(NotificationTest, AWatchOutlivesItsQueue) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    mfvcam_handle other = 0;
    ASSERT_EQ(mfvcam_create_queue(&other), S_OK);
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_watch_signal(object, other, 1, &watched), S_OK);
    EXPECT_EQ(mfvcam_release(other), S_OK);
    event.set();
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    EXPECT_EQ(mfvcam_watch_camera(camera_, other, 1, &watched), E_HANDLE);
}

TEST_F(NotificationTest, ThousandsAreToldEachOnce) {
    constexpr std::size_t count = 2'000;
    std::vector<std::unique_ptr<Event>> events;
    std::vector<mfvcam_handle> objects;
    std::vector<mfvcam_handle> watches;
    for (std::size_t i = 0; i < count; ++i) {
        events.push_back(std::make_unique<Event>());
        objects.push_back(sync(camera_, events.back()->get()));
        watches.push_back(watch(objects.back(), i));
    }
    for (const auto& event : events) {
        event->set();
    }
    std::vector<int> told(count);
    std::array<mfvcam_notification, 64> batch{};
    for (std::size_t all = 0; all < count;) {
        UINT32 taken = 0;
        ASSERT_EQ(mfvcam_take(queue_, long_wait, nullptr, batch.data(), 64, &taken), S_OK);
        for (UINT32 i = 0; i < taken; ++i) {
            ++told[batch[i].tag];
        }
        all += taken;
    }
    expect_nothing();
    for (std::size_t i = 0; i < count; ++i) {
        EXPECT_EQ(told[i], 1) << i;
        EXPECT_EQ(mfvcam_cancel_watch(watches[i]), S_FALSE);
        EXPECT_EQ(mfvcam_release(objects[i]), S_OK);
    }
}

// Every order of signal, take, rearm, cancel, release and loss.
TEST_F(NotificationTest, AStormLeavesNothing) {
    constexpr int rounds = 300;
    std::atomic<bool> done = false;
    std::thread taker([&] {
        std::array<mfvcam_notification, 8> batch{};
        while (!done) {
            UINT32 taken = 0;
            const HRESULT hr = mfvcam_take(queue_, 5, nullptr, batch.data(), 8, &taken);
            EXPECT_TRUE(hr == S_OK || hr == S_FALSE);
            for (UINT32 i = 0; i < taken; ++i) {
                // The tag is the watch's handle once it is known; stale ones are refused.
                static_cast<void>(mfvcam_rearm(batch[i].tag));
            }
        }
    });
    std::array<std::thread, 4> workers;
    for (std::size_t w = 0; w < workers.size(); ++w) {
        workers[w] = std::thread([this, w] {
            const Event event;
            for (int round = 0; round < rounds; ++round) {
                const mfvcam_handle object = sync(camera_, event.get());
                mfvcam_handle first = 0;
                ASSERT_EQ(mfvcam_watch_signal(object, queue_, 0, &first), S_OK);
                mfvcam_handle second = 0;
                ASSERT_EQ(mfvcam_watch_signal(object, queue_, first, &second), S_OK);
                event.set();
                std::thread closer([object] { EXPECT_EQ(mfvcam_release(object), S_OK); });
                if ((static_cast<std::size_t>(round) + w) % 2 == 0) {
                    event.set();
                }
                EXPECT_GE(mfvcam_cancel_watch(first), 0);
                closer.join();
                EXPECT_GE(mfvcam_cancel_watch(second), 0);
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    done = true;
    taker.join();
    EXPECT_EQ(ledger_now().watches, 0U);
    EXPECT_EQ(ledger_now().sync_objects, 0U);
}

}  // namespace
}  // namespace mfvcam::tests
