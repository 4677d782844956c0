#include <mfapi.h>
#include <mferror.h>
#include <sddl.h>

#include <climits>
#include <cstring>
#include <memory>
#include <vector>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

constexpr std::int64_t kMillisecond = 10'000;

class KsEventTest : public SourceTest {
 protected:
    HRESULT raw(ULONG flags, ULONG id, void* buffer, ULONG length, const GUID& set = kEventSet) {
        KSEVENT request = {};
        request.Set = set;
        request.Id = id;
        request.Flags = flags;
        ULONG returned = 77;
        const HRESULT hr = control->KsEvent(&request, sizeof(request), buffer, length, &returned);
        EXPECT_EQ(returned,
                  hr == HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER) ? sizeof(KSEVENTDATA) : 0u);
        return hr;
    }
    HRESULT enable(ULONG id, ULONG flags, KSEVENTDATA* with) {
        return source_test::enable(control.get(), id, flags, with);
    }
    HRESULT disable(KSEVENTDATA* with) { return source_test::disable(control.get(), with); }
    UINT64 signals(ULONG id) { return counters(control.get()).signals[id]; }

    // Something that signals FRAME_REQUESTED once.
    void request_sample() { ASSERT_EQ(stream->RequestSample(nullptr), S_OK); }

    Event event;
    KSEVENTDATA data = event_data(event.get());
};

TEST_F(KsEventTest, PingComesAtOnceAndThenEverySecond) {
    const std::int64_t begin = system_time();
    ASSERT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &data), S_OK);
    std::int64_t stamps[3] = {};
    for (std::size_t i = 0; i < 3; ++i) {
        ASSERT_TRUE(event.wait());
        const auto values = counters(control.get());
        ASSERT_EQ(values.signals[MFVCAM_EVENT_PING], i + 1);
        stamps[i] = values.last_signal_time[MFVCAM_EVENT_PING];
        EXPECT_LE(stamps[i], system_time());
    }
    EXPECT_GE(stamps[0], begin);
    EXPECT_LE(stamps[0] - begin, 100 * kMillisecond);
    for (int i = 1; i < 3; ++i) {
        // Due a second after the enabling, and not after the last signal: a late one is not early
        // next.
        EXPECT_GE(stamps[i] - begin, std::int64_t{i} * 1000 * kMillisecond);
        EXPECT_LE(stamps[i] - stamps[i - 1], 1500 * kMillisecond);
    }
    EXPECT_EQ(disable(&data), S_OK);
    EXPECT_FALSE(event.wait(1500)) << "disabled";
    EXPECT_EQ(signals(MFVCAM_EVENT_PING), 3u);
}

TEST_F(KsEventTest, PingOneshotComesOnce) {
    ASSERT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ONESHOT, &data), S_OK);
    ASSERT_TRUE(event.wait());
    EXPECT_FALSE(event.wait(1500));
    EXPECT_EQ(signals(MFVCAM_EVENT_PING), 1u);
    EXPECT_EQ(disable(&data), S_OK) << "needless, but accepted";
    EXPECT_EQ(disable(&data), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
}

TEST_F(KsEventTest, EachPingRegistrationIsSignalled) {
    std::vector<std::unique_ptr<Event>> events;
    std::vector<KSEVENTDATA> datas(40);
    for (auto& each : datas) {
        events.push_back(std::make_unique<Event>());
        each = event_data(events.back()->get());
        ASSERT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &each), S_OK);
    }
    for (int round = 0; round < 2; ++round) {
        for (const auto& each : events) {
            ASSERT_TRUE(each->wait());
        }
    }
}

TEST_F(KsEventTest, EnableSignalsEveryTimeOneshotOnce) {
    start_streaming(MFVideoFormat_NV12);
    const Event once;
    KSEVENTDATA once_data = event_data(once.get());
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &data), S_OK);
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ONESHOT, &once_data), S_OK);
    EXPECT_FALSE(event.wait(0));
    request_sample();
    EXPECT_TRUE(event.wait(0)) << "RequestSample signals before it returns";
    EXPECT_TRUE(once.wait(0));
    request_sample();
    EXPECT_TRUE(event.wait(0));
    EXPECT_FALSE(once.wait(0));
    const auto values = counters(control.get());
    EXPECT_EQ(values.requests, 2u);
    EXPECT_EQ(values.signals[MFVCAM_EVENT_FRAME_REQUESTED], 3u) << "each registration counts";
    EXPECT_GT(values.last_signal_time[MFVCAM_EVENT_FRAME_REQUESTED], 0);
    EXPECT_EQ(values.signals[MFVCAM_EVENT_PING], 0u);
}

TEST_F(KsEventTest, OneEventMayServeSeveralRegistrations) {
    start_streaming(MFVideoFormat_NV12);
    KSEVENTDATA second = data;
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &data), S_OK);
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &second), S_OK);
    request_sample();
    EXPECT_EQ(signals(MFVCAM_EVENT_FRAME_REQUESTED), 2u);
    ASSERT_EQ(disable(&second), S_OK);
    request_sample();
    EXPECT_EQ(signals(MFVCAM_EVENT_FRAME_REQUESTED), 3u);
}

TEST_F(KsEventTest, DisablesByAddressThoughTheContentsAreGone) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &data), S_OK);
    data = {};
    EXPECT_EQ(disable(&data), S_OK);
    request_sample();
    EXPECT_FALSE(event.wait(0));
    EXPECT_EQ(disable(&data), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
}

TEST_F(KsEventTest, DisablesByContentsAtAnotherAddress) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &data), S_OK);
    KSEVENTDATA copy = data;
    EXPECT_EQ(disable(&copy), S_OK);
    request_sample();
    EXPECT_FALSE(event.wait(0));
    EXPECT_EQ(disable(&copy), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
}

// 65 one-shots fire, and only then is the first disabled, needlessly: its handle's value means
// another event by now, and that one's registration must stay.
TEST_F(KsEventTest, DisablingAForgottenOneshotLeavesAnothersRegistration) {
    start_streaming(MFVideoFormat_NV12);
    constexpr std::size_t fired = 65;
    std::vector<KSEVENTDATA> once(fired, data);
    for (auto& each : once) {
        ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ONESHOT, &each), S_OK);
        request_sample();
    }
    EXPECT_TRUE(event.wait(0));
    const HANDLE value = CreateEventW(nullptr, FALSE, FALSE, nullptr);
    HANDLE others = nullptr;
    ASSERT_TRUE(DuplicateHandle(GetCurrentProcess(), value, GetCurrentProcess(), &others,
                                EVENT_ALL_ACCESS, FALSE, 0));
    KSEVENTDATA others_data = event_data(value);
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &others_data), S_OK);
    CloseHandle(value);
    once[0] = others_data;
    EXPECT_EQ(disable(once.data()), HRESULT_FROM_WIN32(ERROR_NOT_FOUND))
        << "a closed handle's value";
    // The value in use again, for something else.
    HANDLE again = nullptr;
    std::vector<HANDLE> unwanted;
    while ((again = CreateEventW(nullptr, FALSE, FALSE, nullptr)) != value) {
        ASSERT_LT(unwanted.size(), 1000u);
        unwanted.push_back(again);
    }
    EXPECT_EQ(disable(once.data()), HRESULT_FROM_WIN32(ERROR_NOT_FOUND))
        << "another object's value";
    request_sample();
    EXPECT_EQ(WaitForSingleObject(others, 0), WAIT_OBJECT_0);
    EXPECT_EQ(disable(&others_data), S_OK);
    for (const HANDLE each : unwanted) {
        CloseHandle(each);
    }
    CloseHandle(again);
    CloseHandle(others);
}

TEST_F(KsEventTest, DisableAllDisablesAll) {
    start_streaming(MFVideoFormat_NV12);
    for (ULONG id = 0; id < MFVCAM_EVENT_COUNT; ++id) {
        ASSERT_EQ(enable(id, KSEVENT_TYPE_ENABLE, &data), S_OK);
    }
    ASSERT_TRUE(eventually([&] { return signals(MFVCAM_EVENT_PING) == 1; }));
    EXPECT_TRUE(event.wait());
    EXPECT_EQ(disable_all(control.get()), S_OK);
    request_sample();
    EXPECT_FALSE(event.wait(0));
    EXPECT_EQ(disable_all(control.get()), S_OK) << "nothing left is not an error";
    EXPECT_EQ(disable(&data), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
}

TEST_F(KsEventTest, SignalsThoughTheClientHasClosedItsHandle) {
    start_streaming(MFVideoFormat_NV12);
    HANDLE own = CreateEventW(nullptr, FALSE, FALSE, nullptr);
    HANDLE kept = nullptr;
    ASSERT_TRUE(DuplicateHandle(GetCurrentProcess(), own, GetCurrentProcess(), &kept, SYNCHRONIZE,
                                FALSE, 0));
    KSEVENTDATA closed = event_data(own);
    ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &closed), S_OK);
    CloseHandle(own);
    request_sample();
    EXPECT_EQ(WaitForSingleObject(kept, 0), WAIT_OBJECT_0);
    CloseHandle(kept);
}

TEST_F(KsEventTest, StartAndStopAreSignalled) {
    const Event started;
    const Event stopped;
    const Event changed;
    KSEVENTDATA started_data = event_data(started.get());
    KSEVENTDATA stopped_data = event_data(stopped.get());
    KSEVENTDATA changed_data = event_data(changed.get());
    ASSERT_EQ(enable(MFVCAM_EVENT_STREAM_STARTED, KSEVENT_TYPE_ENABLE, &started_data), S_OK);
    ASSERT_EQ(enable(MFVCAM_EVENT_STREAM_STOPPED, KSEVENT_TYPE_ENABLE, &stopped_data), S_OK);
    ASSERT_EQ(enable(MFVCAM_EVENT_FORMAT_CHANGED, KSEVENT_TYPE_ENABLE, &changed_data), S_OK);

    start_streaming(MFVideoFormat_NV12);
    EXPECT_TRUE(started.wait());
    EXPECT_FALSE(stopped.wait(0));
    EXPECT_FALSE(changed.wait(0)) << "the first format is not a change";
    ASSERT_EQ(source->Stop(), S_OK);
    EXPECT_TRUE(stopped.wait());
    ASSERT_EQ(start(source.get(), MFVideoFormat_NV12), S_OK);
    EXPECT_TRUE(started.wait());
    EXPECT_FALSE(changed.wait(0)) << "the same format again";
    ASSERT_EQ(start(source.get(), MFVideoFormat_RGB32), S_OK);
    EXPECT_TRUE(changed.wait()) << "changed while running";
    EXPECT_FALSE(started.wait(0)) << "it has been running all the time";
    ASSERT_EQ(source->Shutdown(), S_OK);
    EXPECT_TRUE(stopped.wait()) << "shutting down stops the stream too";
}

TEST_F(KsEventTest, BasicSupportIsAnsweredForEveryEvent) {
    for (ULONG id = 0; id < MFVCAM_EVENT_COUNT; ++id) {
        EXPECT_EQ(raw(KSEVENT_TYPE_BASICSUPPORT, id, nullptr, 0), S_OK);
    }
    EXPECT_EQ(raw(KSEVENT_TYPE_SETSUPPORT, 0, nullptr, 0), S_OK);
    EXPECT_EQ(raw(KSEVENT_TYPE_BASICSUPPORT, MFVCAM_EVENT_COUNT, nullptr, 0),
              HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
    EXPECT_EQ(raw(KSEVENT_TYPE_BASICSUPPORT, 0, nullptr, 0, kForeignSet),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    EXPECT_EQ(raw(KSEVENT_TYPE_SETSUPPORT, 0, nullptr, 0, kForeignSet),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
}

TEST_F(KsEventTest, RefusesForeignSetsUnknownIdsAndOtherFlags) {
    EXPECT_EQ(raw(KSEVENT_TYPE_ENABLE, 0, &data, sizeof(data), kForeignSet),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    EXPECT_EQ(raw(KSEVENT_TYPE_ENABLE, 0, &data, sizeof(data), kPropertySet),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    for (const ULONG id : {6UL, 7UL, 0x80000000UL, 0xFFFFFFFFUL}) {
        EXPECT_EQ(raw(KSEVENT_TYPE_ENABLE, id, &data, sizeof(data)),
                  HRESULT_FROM_WIN32(ERROR_NOT_FOUND))
            << id;
    }
    for (const ULONG flags : {0UL, 3UL, 4UL, 0x400UL, 0x201UL, 0x10000001UL, 0xFFFFFFFFUL}) {
        EXPECT_EQ(raw(flags, 0, &data, sizeof(data)), E_INVALIDARG) << flags;
    }
}

TEST_F(KsEventTest, RefusesShortLengthsAndNullPointers) {
    KSEVENT request = {};
    request.Set = kEventSet;
    request.Flags = KSEVENT_TYPE_ENABLE;
    for (const ULONG length : {0UL, 1UL, 23UL}) {
        EXPECT_EQ(control->KsEvent(&request, length, &data, sizeof(data), nullptr), E_INVALIDARG);
    }
    const HRESULT insufficient = HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    for (const ULONG length : {0UL, 1UL, static_cast<ULONG>(sizeof(data)) - 1}) {
        EXPECT_EQ(raw(KSEVENT_TYPE_ENABLE, 0, &data, length), insufficient);
        EXPECT_EQ(control->KsEvent(nullptr, 0, &data, length, nullptr), insufficient);
    }
    EXPECT_EQ(raw(KSEVENT_TYPE_ENABLE, 0, nullptr, 0), insufficient);
    EXPECT_EQ(raw(KSEVENT_TYPE_ENABLE, 0, nullptr, sizeof(data)), E_POINTER);
    EXPECT_EQ(control->KsEvent(nullptr, 24, &data, sizeof(data), nullptr), E_INVALIDARG);
    EXPECT_EQ(control->KsEvent(nullptr, 0, nullptr, sizeof(data), nullptr), E_POINTER);
    EXPECT_EQ(control->KsEvent(nullptr, 0, nullptr, 0xFFFFFFFF, nullptr), E_POINTER);
    EXPECT_EQ(disable(&data), HRESULT_FROM_WIN32(ERROR_NOT_FOUND)) << "nothing was registered";
}

TEST_F(KsEventTest, LongerStructuresAtOddAddressesAreFine) {
    unsigned char event_bytes[64] = {};
    unsigned char data_bytes[64] = {};
    KSEVENT request = {};
    request.Set = kEventSet;
    request.Id = MFVCAM_EVENT_PING;
    request.Flags = KSEVENT_TYPE_ONESHOT;
    std::memcpy(event_bytes + 1, &request, sizeof(request));
    std::memcpy(data_bytes + 3, &data, sizeof(data));
    EXPECT_EQ(control->KsEvent(reinterpret_cast<PKSEVENT>(event_bytes + 1), 40, data_bytes + 3, 60,
                               nullptr),
              S_OK);
    EXPECT_TRUE(event.wait());
}

TEST_F(KsEventTest, RefusesWhatIsNotAnEvent) {
    const HANDLE semaphore = CreateSemaphoreW(nullptr, 0, 1, nullptr);
    const HANDLE mutex = CreateMutexW(nullptr, FALSE, nullptr);
    const HANDLE garbage[] = {nullptr,
                              INVALID_HANDLE_VALUE,  // also the pseudo handle of this process
                              reinterpret_cast<HANDLE>(static_cast<LONG_PTR>(-2)),
                              reinterpret_cast<HANDLE>(static_cast<LONG_PTR>(0x7FFFFFFC)),
                              reinterpret_cast<HANDLE>(static_cast<LONG_PTR>(-0x1000)),
                              reinterpret_cast<HANDLE>(static_cast<LONG_PTR>(3)),
                              semaphore,
                              mutex};
    const std::size_t before = handle_count();
    for (const HANDLE handle : garbage) {
        KSEVENTDATA bad = event_data(handle);
        for (ULONG id = 0; id < MFVCAM_EVENT_COUNT; ++id) {
            EXPECT_EQ(enable(id, KSEVENT_TYPE_ENABLE, &bad), E_HANDLE) << handle;
            EXPECT_EQ(enable(id, KSEVENT_TYPE_ONESHOT, &bad), E_HANDLE) << handle;
        }
        EXPECT_EQ(disable(&bad), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
    }
    EXPECT_EQ(handle_count(), before);
    CloseHandle(semaphore);
    CloseHandle(mutex);
}

// A handle that may only wait: whether it can be duplicated with more is the event's own security.
HANDLE deaf_handle(HANDLE event) {
    HANDLE deaf = nullptr;
    EXPECT_TRUE(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &deaf, SYNCHRONIZE,
                                FALSE, 0));
    EXPECT_FALSE(SetEvent(deaf));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ACCESS_DENIED));
    return deaf;
}

TEST_F(KsEventTest, NeedsTheRightToSetTheEvent) {
    SECURITY_ATTRIBUTES everybody_may_wait{sizeof(SECURITY_ATTRIBUTES), nullptr, FALSE};
    ASSERT_TRUE(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        L"D:(A;;0x100000;;;WD)", SDDL_REVISION_1, &everybody_may_wait.lpSecurityDescriptor,
        nullptr));
    const HANDLE guarded = CreateEventW(&everybody_may_wait, FALSE, FALSE, nullptr);
    LocalFree(everybody_may_wait.lpSecurityDescriptor);
    const HANDLE deaf = deaf_handle(guarded);
    KSEVENTDATA bad = event_data(deaf);
    EXPECT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &bad), E_ACCESSDENIED);
    EXPECT_EQ(disable(&bad), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
    CloseHandle(deaf);
    CloseHandle(guarded);
}

TEST_F(KsEventTest, TakesTheRightToSetTheEventWhereItIsGranted) {
    const HANDLE deaf = deaf_handle(event.get());
    KSEVENTDATA granted = event_data(deaf);
    EXPECT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ONESHOT, &granted), S_OK);
    EXPECT_TRUE(event.wait());
    CloseHandle(deaf);
}

TEST_F(KsEventTest, ReleasesASemaphoreByItsAdjustment) {
    const HANDLE semaphore = CreateSemaphoreW(nullptr, 0, 10, nullptr);
    KSEVENTDATA wanted = {};
    wanted.NotificationType = KSEVENTF_SEMAPHORE_HANDLE;
    wanted.SemaphoreHandle.Semaphore = semaphore;
    for (const LONG adjustment : {0L, -1L, LONG_MIN}) {
        wanted.SemaphoreHandle.Adjustment = adjustment;
        EXPECT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &wanted), E_INVALIDARG);
    }
    wanted.SemaphoreHandle.Adjustment = 3;
    ASSERT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ONESHOT, &wanted), S_OK);
    EXPECT_EQ(WaitForSingleObject(semaphore, 10'000), WAIT_OBJECT_0);
    // Released at one go: what is left is there already.
    LONG left = 0;
    EXPECT_NE(ReleaseSemaphore(semaphore, 1, &left), FALSE);
    EXPECT_EQ(left, 2);
    ASSERT_EQ(enable(MFVCAM_EVENT_STREAM_STOPPED, KSEVENT_TYPE_ENABLE, &wanted), S_OK);
    EXPECT_EQ(disable(&wanted), S_OK);
    EXPECT_EQ(disable(&wanted), S_OK) << "the oneshot: needless, but accepted";
    EXPECT_EQ(disable(&wanted), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
    // An event where a semaphore is promised.
    wanted.SemaphoreHandle.Semaphore = event.get();
    EXPECT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &wanted), E_HANDLE);
    CloseHandle(semaphore);
}

TEST_F(KsEventTest, RefusesOtherNotifications) {
    KSEVENTDATA bad = {};
    for (const ULONG type : {0UL, 3UL, 4UL, 8UL, 0x10UL, 0x20UL, 0x80UL, 0xFFFFFFFFUL}) {
        bad = event_data(event.get());
        bad.NotificationType = type;
        EXPECT_EQ(enable(0, KSEVENT_TYPE_ENABLE, &bad), E_INVALIDARG) << type;
    }
}

TEST_F(KsEventTest, SixteenThousandRegistrationsThenAClearCode) {
    constexpr std::size_t limit = 16'384;
    start_streaming(MFVideoFormat_NV12);
    const std::size_t before = handle_count();
    std::vector<KSEVENTDATA> datas(limit + 1, data);
    for (std::size_t i = 0; i < limit; ++i) {
        ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &datas[i]), S_OK) << i;
    }
    EXPECT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &datas[limit]),
              HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES));
    EXPECT_EQ(handle_count() - before, limit);
    // All events together; this one has a thread, which is there by now.
    EXPECT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &datas[limit]),
              HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES));
    request_sample();
    EXPECT_EQ(signals(MFVCAM_EVENT_FRAME_REQUESTED), limit);
    ASSERT_EQ(disable(&datas[5]), S_OK);
    EXPECT_EQ(enable(MFVCAM_EVENT_FRAME_REQUESTED, KSEVENT_TYPE_ENABLE, &datas[limit]), S_OK);
    EXPECT_EQ(disable_all(control.get()), S_OK);
    EXPECT_EQ(handle_count(), before);
}

TEST_F(KsEventTest, ShutdownClosesEveryDuplicate) {
    const std::size_t before = handle_count();
    std::vector<KSEVENTDATA> datas(100, data);
    for (auto& each : datas) {
        ASSERT_EQ(enable(MFVCAM_EVENT_FRAME_DELIVERED, KSEVENT_TYPE_ENABLE, &each), S_OK);
    }
    EXPECT_EQ(handle_count(), before + 100);
    ASSERT_EQ(source->Shutdown(), S_OK);
    // Not equal: the event queues of Media Foundation may have given something back as well.
    EXPECT_LE(handle_count(), before);
    EXPECT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &data), MF_E_SHUTDOWN);
    EXPECT_EQ(disable(&data), MF_E_SHUTDOWN);
    EXPECT_EQ(disable_all(control.get()), MF_E_SHUTDOWN);
    EXPECT_EQ(raw(KSEVENT_TYPE_BASICSUPPORT, 0, nullptr, 0), MF_E_SHUTDOWN);
}

TEST_F(KsEventTest, RegistrationsBelongToOneSource) {
    auto other = create_source();
    ASSERT_NE(other.get(), source.get());
    ASSERT_EQ(enable(MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &data), S_OK);
    ASSERT_TRUE(event.wait());
    EXPECT_EQ(source_test::disable(other.as<IKsControl>().get(), &data),
              HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
    EXPECT_EQ(counters(other.as<IKsControl>().get()).signals[MFVCAM_EVENT_PING], 0u);
    EXPECT_EQ(other->Shutdown(), S_OK);
    EXPECT_TRUE(event.wait()) << "the other's end is not this one's";
}

}  // namespace
}  // namespace mfvcam::source_test
