#include <gtest/gtest.h>
#include <mfapi.h>

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

    // Sets an auto-reset event and waits until the watch has consumed that.
    static void set_and_see_consumed(const Event& event) {
        event.set();
        EXPECT_TRUE(eventually([&] {
            if (WaitForSingleObject(event.get(), 0) == WAIT_TIMEOUT) {
                return true;
            }
            event.set();
            return false;
        }));
    }

    // Until whatever was signalled before on the one thread of the pool has been served: another
    // watch there is served twice.
    void let_the_pool_catch_up() const {
        const Event event(true);
        event.set();
        const mfvcam_handle object = sync(camera_, event.get());
        mfvcam_handle queue = 0;
        mfvcam_handle watched = 0;
        ASSERT_EQ(mfvcam_create_queue(&queue), S_OK);
        ASSERT_EQ(mfvcam_watch_signal(object, queue, 0, &watched), S_OK);
        for (int i = 0; i < 2; ++i) {
            mfvcam_notification notification{};
            UINT32 count = 0;
            EXPECT_EQ(mfvcam_take(queue, long_wait, nullptr, &notification, 1, &count), S_OK);
            EXPECT_EQ(mfvcam_rearm(watched), S_OK);
        }
        EXPECT_GE(mfvcam_cancel_watch(watched), 0);
        EXPECT_EQ(mfvcam_release(queue), S_OK);
        EXPECT_EQ(mfvcam_release(object), S_OK);
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
    // The fifth waits in the queue, or is still in the semaphore: it is there either way.
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
    set_and_see_consumed(event);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    expect_nothing();
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(NotificationTest, AReleasedSyncObjectGivesAnUntakenSignalBackToo) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    const mfvcam_handle watched = watch(object, 1);
    set_and_see_consumed(event);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    EXPECT_EQ(WaitForSingleObject(event.get(), 0), WAIT_OBJECT_0);
}

// Whatever rights the caller's HANDLE has.
TEST_F(NotificationTest, CancellingSetsNoManualResetEvent) {
    for (const DWORD access : {DWORD{EVENT_ALL_ACCESS}, DWORD{EVENT_MODIFY_STATE | SYNCHRONIZE}}) {
        const Event event(true);
        HANDLE given = nullptr;
        ASSERT_NE(DuplicateHandle(GetCurrentProcess(), event.get(), GetCurrentProcess(), &given,
                                  access, FALSE, 0),
                  FALSE);
        const mfvcam_handle object = sync(camera_, given);
        const mfvcam_handle watched = watch(object, 1);
        event.set();
        let_the_pool_catch_up();
        // Queued; then reset by its owner.
        ResetEvent(event.get());
        EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
        expect_nothing();
        EXPECT_EQ(WaitForSingleObject(event.get(), 0), WAIT_TIMEOUT);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        CloseHandle(given);
    }
}

// The numbers of closed HANDLEs are given out again: whoever still waits for one then consumes what
// is another's. A second watch keeps the pool's thread busy, so that it looks again at all it has.
TEST_F(NotificationTest, NobodyWaitsForWhatWasClosed) {
    const Event busy_event(true);
    busy_event.set();
    const mfvcam_handle busy = sync(camera_, busy_event.get());
    const mfvcam_handle busy_watch = watch(busy, 7);
    std::atomic<bool> done = false;
    std::thread taker([&] {
        while (!done) {
            if (take(1).tag == 7) {
                static_cast<void>(mfvcam_rearm(busy_watch));
            }
        }
    });
    int stolen = 0;
    for (int round = 0; round < 300 && stolen == 0; ++round) {
        Event own;
        const mfvcam_handle object = sync(camera_, own.get());
        const mfvcam_handle watched = watch(object, 1);
        own.close();
        std::atomic<int> ready = 0;
        const auto meet = [&ready] {
            ++ready;
            while (ready < 2) {
            }
        };
        std::thread canceller([&] {
            meet();
            EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
        });
        meet();
        EXPECT_EQ(mfvcam_release(object), S_OK);
        const std::array<Event, 8> mine;
        for (const Event& event : mine) {
            event.set();
        }
        canceller.join();
        for (const Event& event : mine) {
            stolen += WaitForSingleObject(event.get(), 0) == WAIT_OBJECT_0 ? 0 : 1;
        }
    }
    EXPECT_EQ(stolen, 0);
    done = true;
    taker.join();
    EXPECT_GE(mfvcam_cancel_watch(busy_watch), 0);
    EXPECT_EQ(mfvcam_release(busy), S_OK);
}

// A handle can be guessed: the place that was given back last, and its next generation.
TEST_F(NotificationTest, AGuessedHandleReachesNothingHalfMade) {
    constexpr mfvcam_handle kNextGeneration = mfvcam_handle{1} << 32U;
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    for (int round = 0; round < 300; ++round) {
        mfvcam_handle before = 0;
        ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 1, &before), S_OK);
        ASSERT_EQ(mfvcam_cancel_watch(before), S_OK);
        const mfvcam_handle guessed = before + kNextGeneration;
        std::atomic<bool> begun = false;
        std::atomic<bool> done = false;
        std::thread guesser([&] {
            begun = true;
            while (mfvcam_cancel_watch(guessed) == E_HANDLE && !done) {
            }
        });
        while (!begun) {
        }
        mfvcam_handle made = 0;
        EXPECT_EQ(round % 2 == 0 ? mfvcam_watch_signal(object, queue_, 1, &made)
                                 : mfvcam_watch_camera(camera_, queue_, 1, &made),
                  S_OK);
        EXPECT_EQ(made, guessed);
        done = true;
        guesser.join();
        static_cast<void>(mfvcam_cancel_watch(made));
        event.set();
        fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
        ASSERT_EQ(ledger_now().watches, 0U);
    }
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

// The next handle in the same place says how many there were.
TEST_F(NotificationTest, AWatchThatCouldNotBeMadeNeverHadAHandle) {
    constexpr mfvcam_handle kNextGeneration = mfvcam_handle{1} << 32U;
    const mfvcam_handle other = open_camera(MFVCAM_CREATE_ALLOW_SAME);
    const Event event;
    const mfvcam_handle ended = sync(camera_, event.get());
    EXPECT_EQ(mfvcam_shutdown(ended), S_OK);
    EXPECT_EQ(mfvcam_shutdown(other), S_OK);
    mfvcam_handle before = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 1, &before), S_OK);
    ASSERT_EQ(mfvcam_cancel_watch(before), S_OK);
    mfvcam_handle refused = 1;
    EXPECT_EQ(mfvcam_watch_camera(other, queue_, 1, &refused), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_watch_signal(ended, queue_, 1, &refused), MF_E_SHUTDOWN);
    EXPECT_EQ(refused, 0U);
    mfvcam_handle after = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 1, &after), S_OK);
    EXPECT_EQ(after, before + kNextGeneration);
    EXPECT_EQ(mfvcam_cancel_watch(after), S_OK);
    EXPECT_EQ(mfvcam_release(ended), S_OK);
    EXPECT_EQ(mfvcam_release(other), S_OK);
}

TEST_F(NotificationTest, ACancelledWatchLeavesNothingOfTheKernels) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    const UINT32 before = ledger_now().handles;
    for (int round = 0; round < 300; ++round) {
        const mfvcam_handle watched = watch(object, 1);
        EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
        ASSERT_EQ(ledger_now().handles, before);
    }
    // Two at once: whoever of them is the last out. Each waits on a duplicate of its own, beside
    // the one event of their thread: what is waited for may not be the same HANDLE twice, nor
    // closed by anybody else.
    for (int round = 0; round < 100; ++round) {
        const std::array watches = {watch(object, 1), watch(object, 2)};
        ASSERT_EQ(ledger_now().handles, before + 3);
        std::thread other([&] { EXPECT_EQ(mfvcam_cancel_watch(watches[0]), S_OK); });
        EXPECT_EQ(mfvcam_cancel_watch(watches[1]), S_OK);
        other.join();
        ASSERT_EQ(ledger_now().handles, before);
    }
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

TEST_F(NotificationTest, NobodyStarvesBesideOneThatIsAlwaysSignalled) {
    std::array<Event, 3> events = {Event(true), Event(true), Event(true)};
    std::array<mfvcam_handle, 3> objects{};
    std::array<mfvcam_handle, 3> watches{};
    for (std::size_t i = 0; i < events.size(); ++i) {
        objects[i] = sync(camera_, events[i].get());
        watches[i] = watch(objects[i], i);
    }
    for (const Event& event : events) {
        event.set();
    }
    std::array<int, 3> told{};
    for (int i = 0; i < 600; ++i) {
        const mfvcam_notification one = take();
        ASSERT_EQ(one.kind, MFVCAM_SIGNALLED);
        ++told[one.tag];
        EXPECT_EQ(mfvcam_rearm(watches[one.tag]), S_OK);
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
        EXPECT_GE(told[i], 100) << i;
        EXPECT_GE(mfvcam_cancel_watch(watches[i]), 0);
        EXPECT_EQ(mfvcam_release(objects[i]), S_OK);
    }
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
    set_and_see_consumed(event);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
    EXPECT_EQ(take().kind, MFVCAM_WATCH_ENDED);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_FALSE);
}

// Who rearmed has no signal on its way, ended or not.
TEST_F(NotificationTest, ARearmedWatchHasNothingTakenEvenAfterItsEnd) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get());
    const mfvcam_handle watched = watch(object, 1);
    event.set();
    EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_rearm(watched), S_OK);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
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
    EXPECT_EQ(mfvcam_await(object, long_wait, nullptr), MFVCAM_E_SPENT);
    mfvcam_handle late = 1;
    EXPECT_EQ(mfvcam_watch_signal(object, queue_, 3, &late), MFVCAM_E_SPENT);
    static_cast<void>(mfvcam_cancel_watch(first));
    static_cast<void>(mfvcam_cancel_watch(second));
    EXPECT_EQ(fake().sync_shutdowns, 0);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(fake().sync_shutdowns, 1);
}

TEST_F(NotificationTest, AOneshotIsSpentHoweverSoonItIsRearmed) {
    for (int round = 0; round < 60; ++round) {
        const Event event;
        const mfvcam_handle object = sync(camera_, event.get(), oneshot);
        const mfvcam_handle watched = watch(object, 1);
        std::atomic<bool> begun = false;
        std::atomic<bool> done = false;
        std::thread rearmer([&] {
            while (!done) {
                EXPECT_EQ(mfvcam_rearm(watched), S_OK);
                begun = true;
            }
        });
        while (!begun) {
        }
        event.set();
        EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
        done = true;
        rearmer.join();
        EXPECT_EQ(take(2'000).status, MFVCAM_E_SPENT);
        EXPECT_GE(mfvcam_cancel_watch(watched), 0);
        EXPECT_EQ(mfvcam_release(object), S_OK);
    }
}

// Its one event releases it by the adjustment: so many signals there are.
TEST_F(NotificationTest, AOneshotSemaphoreIsSpentWithItsLastCount) {
    constexpr INT32 adjustment = 3;
    HANDLE semaphore = CreateSemaphoreW(nullptr, 0, 100, nullptr);
    mfvcam_handle object = 0;
    const auto create_and_fire = [&] {
        ASSERT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 3, oneshot, semaphore,
                                               adjustment, &object),
                  S_OK);
        ReleaseSemaphore(fake().last_sync.object, adjustment, nullptr);
    };
    create_and_fire();
    for (int i = 0; i < adjustment; ++i) {
        EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    }
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), MFVCAM_E_SPENT);
    EXPECT_EQ(mfvcam_release(object), S_OK);

    create_and_fire();
    const mfvcam_handle watched = watch(object, 1);
    for (int i = 0; i < adjustment; ++i) {
        EXPECT_EQ(take().kind, MFVCAM_SIGNALLED);
        EXPECT_EQ(mfvcam_rearm(watched), S_OK);
    }
    EXPECT_EQ(take().status, MFVCAM_E_SPENT);
    EXPECT_GE(mfvcam_cancel_watch(watched), 0);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    CloseHandle(semaphore);
}

TEST_F(NotificationTest, AOneshotThatAWatchConsumedIsNotRegisteredAgain) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get(), oneshot);
    const mfvcam_handle watched = watch(object, 1);
    set_and_see_consumed(event);
    let_the_pool_catch_up();
    const int before = fake().sync_created;
    EXPECT_EQ(mfvcam_stop(camera_), S_OK);
    EXPECT_EQ(mfvcam_start(camera_), S_OK);
    EXPECT_EQ(fake().sync_created, before);
    // It was not told yet: whoever waits next has it.
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), S_OK);
    EXPECT_EQ(mfvcam_await(object, 0, nullptr), MFVCAM_E_SPENT);
    EXPECT_EQ(mfvcam_release(object), S_OK);
}

// A wait that sleeps on a ONESHOT that another thread had would never end.
TEST_F(NotificationTest, AOneshotThatAnotherThreadHadEndsAWait) {
    const Event event;
    const mfvcam_handle object = sync(camera_, event.get(), oneshot);
    std::array<std::atomic<HRESULT>, 2> results = {E_PENDING, E_PENDING};
    std::array<std::thread, 2> waiters;
    for (std::size_t i = 0; i < 2; ++i) {
        waiters[i] = std::thread([&, i] { results[i] = mfvcam_await(object, long_wait, nullptr); });
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
    // An MEError is told with zeros, whatever it carries.
    fake().send(MEError, some_set, E_ACCESSDENIED);
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

// Each Start registers a callback, and each is told, of an event of its own if need be.
TEST_F(NotificationTest, AnEventIsToldOnceHoweverManyStartsThereWere) {
    const ComPtr<IMFAsyncCallback> first = fake().callback;
    ASSERT_EQ(mfvcam_start(camera_), S_OK);
    const ComPtr<IMFAsyncCallback> second = fake().callback;
    ASSERT_NE(first.get(), second.get());
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 5, &watched), S_OK);
    const auto send = [&](const ComPtr<IMFAsyncCallback>& to, const GUID& type) {
        fake().callback = to;
        fake().send(MEExtendedType, type);
    };
    const GUID& start = MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START;
    const GUID& stop = MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP;
    // The one runs ahead of the other, which then catches up and goes ahead.
    send(first, start);
    send(first, stop);
    send(first, start);
    for (const GUID* type : {&start, &stop, &start, &stop}) {
        send(second, *type);
    }
    send(first, stop);
    for (const GUID* type : {&start, &stop, &start, &stop}) {
        EXPECT_EQ(take().extended_type, *type);
    }
    expect_nothing();
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
}

TEST_F(NotificationTest, EventsKeepTheirOrderWhoeverTellsThem) {
    constexpr HRESULT events = 20'000;
    const ComPtr<IMFAsyncCallback> first = fake().callback;
    ASSERT_EQ(mfvcam_start(camera_), S_OK);
    const ComPtr<IMFAsyncCallback> second = fake().callback;
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 5, &watched), S_OK);
    // Each at its own pace, but never further ahead than is remembered.
    std::array<std::atomic<HRESULT>, 2> told{};
    const auto send = [&](const ComPtr<IMFAsyncCallback>& to, std::size_t which) {
        for (HRESULT number = 0; number < events; ++number) {
            while (number - told[1 - which] > 60) {
                std::this_thread::yield();
            }
            ComPtr<IMFMediaEvent> event;
            ComPtr<IMFAsyncResult> result;
            ASSERT_EQ(MFCreateMediaEvent(static_cast<DWORD>(MEExtendedType),
                                         MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT, number,
                                         nullptr, event.put()),
                      S_OK);
            ASSERT_EQ(MFCreateAsyncResult(event.get(), to.get(), nullptr, result.put()), S_OK);
            to->Invoke(result.get());
            told[which] = number + 1;
        }
    };
    std::thread one([&] { send(first, 0); });
    std::thread other([&] { send(second, 1); });
    HRESULT out_of_order = 0;
    for (HRESULT number = 0; number < events; ++number) {
        out_of_order += take().status == number ? 0 : 1;
    }
    EXPECT_EQ(out_of_order, 0);
    one.join();
    other.join();
    expect_nothing();
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
}

TEST_F(NotificationTest, ALostCameraIsWatchedForItsNextStart) {
    fake().send(MEError, GUID_NULL, E_FAIL);
    const Event event;
    EXPECT_TRUE(refuses_as_lost(camera_, event.get()));
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 5, &watched), S_OK);
    ASSERT_EQ(mfvcam_start(camera_), S_OK);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_EQ(take().extended_type, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
}

TEST_F(NotificationTest, ARemovedCameraIsWatchedForItsNextStart) {
    ASSERT_EQ(mfvcam_remove(camera_), S_OK);
    mfvcam_handle watched = 0;
    ASSERT_EQ(mfvcam_watch_camera(camera_, queue_, 5, &watched), S_OK);
    ASSERT_EQ(mfvcam_start(camera_), S_OK);
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_EQ(take().extended_type, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
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
    EXPECT_EQ(mfvcam_take(queue_, long_wait, cancel.get(), &notification, 1, &count),
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
        result = mfvcam_take(other, long_wait, nullptr, &one, 1, &taken);
    });
    EXPECT_TRUE(a_call_is_inside());
    EXPECT_EQ(mfvcam_release(other), S_OK);
    taker.join();
    EXPECT_EQ(result, MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_create_queue(nullptr), E_POINTER);
}

// Nobody will take what is told to it: signals go back, queued or not, and camera events nowhere.
TEST_F(NotificationTest, AReleasedQueueSwallowsNoSignal) {
    const Event queued;
    const Event late;
    const mfvcam_handle with_queued = sync(camera_, queued.get());
    const mfvcam_handle with_late = sync(camera_, late.get());
    mfvcam_handle other = 0;
    ASSERT_EQ(mfvcam_create_queue(&other), S_OK);
    std::array<mfvcam_handle, 3> watches{};
    ASSERT_EQ(mfvcam_watch_signal(with_queued, other, 1, watches.data()), S_OK);
    ASSERT_EQ(mfvcam_watch_signal(with_late, other, 2, &watches[1]), S_OK);
    ASSERT_EQ(mfvcam_watch_camera(camera_, other, 3, &watches[2]), S_OK);
    set_and_see_consumed(queued);
    EXPECT_EQ(mfvcam_release(other), S_OK);
    late.set();
    fake().send(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    EXPECT_EQ(mfvcam_await(with_queued, long_wait, nullptr), S_OK);
    EXPECT_EQ(mfvcam_await(with_late, long_wait, nullptr), S_OK);
    EXPECT_EQ(mfvcam_release(with_queued), S_OK);
    for (const mfvcam_handle watched : watches) {
        EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    }
    EXPECT_EQ(mfvcam_await(with_late, 0, nullptr), S_FALSE);
    EXPECT_EQ(mfvcam_release(with_late), S_OK);
    EXPECT_EQ(mfvcam_watch_camera(camera_, other, 1, watches.data()), E_HANDLE);
}

TEST_F(NotificationTest, SeveralTakersGetEachOnce) {
    constexpr int kSignals = 300;
    HANDLE semaphore = CreateSemaphoreW(nullptr, 0, kSignals, nullptr);
    mfvcam_handle object = 0;
    ASSERT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 3, enable, semaphore, 1, &object),
              S_OK);
    const std::array watches = {watch(object, 0), watch(object, 1)};
    std::atomic<int> told = 0;
    std::array<std::thread, 3> takers;
    for (std::thread& taker : takers) {
        taker = std::thread([&] {
            while (told < kSignals) {
                const mfvcam_notification one = take(20);
                if (one.kind == MFVCAM_SIGNALLED) {
                    ++told;
                    EXPECT_EQ(mfvcam_rearm(watches[one.tag]), S_OK);
                }
            }
        });
    }
    ReleaseSemaphore(semaphore, kSignals, nullptr);
    for (std::thread& taker : takers) {
        taker.join();
    }
    EXPECT_EQ(told, kSignals);
    expect_nothing();
    for (const mfvcam_handle watched : watches) {
        EXPECT_EQ(mfvcam_cancel_watch(watched), S_OK);
    }
    EXPECT_EQ(mfvcam_release(object), S_OK);
    CloseHandle(semaphore);
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

// Every order of signal, take, rearm, cancel and release: nothing is left, and each count of the
// semaphore is told or still there.
TEST_F(NotificationTest, AStormLeavesNothingAndLosesNothing) {
    constexpr int rounds = 300;
    constexpr std::size_t kWorkers = 4;
    // What the tags stand for, once it is known.
    std::array<std::atomic<mfvcam_handle>, 2 * kWorkers> watches{};
    std::array<std::atomic<int>, kWorkers> told{};
    std::atomic<bool> done = false;
    std::thread taker([&] {
        std::array<mfvcam_notification, 8> batch{};
        while (!done) {
            UINT32 taken = 0;
            const HRESULT hr = mfvcam_take(queue_, 5, nullptr, batch.data(), 8, &taken);
            EXPECT_TRUE(hr == S_OK || hr == S_FALSE);
            for (UINT32 i = 0; i < taken; ++i) {
                if (batch[i].kind == MFVCAM_SIGNALLED) {
                    ++told[batch[i].tag / 2];
                    // Stale ones are refused.
                    static_cast<void>(mfvcam_rearm(watches[batch[i].tag]));
                }
            }
        }
    });
    std::array<int, kWorkers> left{};
    std::array<std::thread, kWorkers> workers;
    for (std::size_t w = 0; w < kWorkers; ++w) {
        workers[w] = std::thread([&, w] {
            HANDLE semaphore = CreateSemaphoreW(nullptr, 0, 3 * rounds, nullptr);
            for (int round = 0; round < rounds; ++round) {
                mfvcam_handle object = 0;
                ASSERT_EQ(mfvcam_create_sync_semaphore(camera_, &some_set, 3, enable, semaphore, 1,
                                                       &object),
                          S_OK);
                for (std::size_t tag = 2 * w; tag < (2 * w) + 2; ++tag) {
                    mfvcam_handle made = 0;
                    ASSERT_EQ(mfvcam_watch_signal(object, queue_, tag, &made), S_OK);
                    watches[tag] = made;
                }
                ReleaseSemaphore(semaphore, 2, nullptr);
                std::thread closer([object] { EXPECT_EQ(mfvcam_release(object), S_OK); });
                ReleaseSemaphore(semaphore, 1, nullptr);
                EXPECT_GE(mfvcam_cancel_watch(watches[2 * w]), 0);
                closer.join();
                EXPECT_GE(mfvcam_cancel_watch(watches[(2 * w) + 1]), 0);
            }
            while (WaitForSingleObject(semaphore, 0) == WAIT_OBJECT_0) {
                ++left[w];
            }
            CloseHandle(semaphore);
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    EXPECT_EQ(ledger_now().watches, 0U);
    EXPECT_EQ(ledger_now().sync_objects, 0U);
    // What was taken may not have been counted yet.
    done = true;
    taker.join();
    for (std::size_t w = 0; w < kWorkers; ++w) {
        EXPECT_EQ(told[w] + left[w], 3 * rounds) << w;
    }
}

}  // namespace
}  // namespace mfvcam::tests
