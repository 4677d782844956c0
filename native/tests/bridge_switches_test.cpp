// The bridge on the real simulator under every value of every switch: whatever Windows turns out to
// answer, waits wake, time out and end, and nothing is left.
#include <mferror.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "mfvcam.h"
#include "simulator_fixture.h"
#include "test_files.h"
#include "waiting_thread.h"

namespace mfvcam::simulator_test {
namespace {

namespace switches = simulator::switches;

constexpr UINT32 kEventId = 7;
constexpr UINT32 kEnable = KSEVENT_TYPE_ENABLE;

struct Setting {
    std::string name;
    std::string value;
    LONG code = 0;

    [[nodiscard]] bool is(const char* other_name) const { return name == other_name; }
    [[nodiscard]] bool is(const char* other_name, const char* other_value) const {
        return name == other_name && value == other_value;
    }
};

void PrintTo(const Setting& setting, std::ostream* stream) {
    *stream << setting.name << "=" << setting.value;
}

std::vector<Setting> all_settings() {
    std::vector<Setting> all;
    for (const switches::Definition& each : switches::kDefinitions) {
        if (!each.decides_answers) {
            continue;
        }
        // All defaults at once are one setting.
        for (const switches::Value& value : each.values.subspan(all.empty() ? 0 : 1)) {
            all.push_back({std::string(each.name), std::string(value.name), value.code});
        }
    }
    return all;
}

std::string name_of(const testing::TestParamInfo<Setting>& parameter) {
    std::string name = parameter.param.name + "_is_" + parameter.param.value;
    std::ranges::replace_if(
        name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
    return name;
}

mfvcam_ledger ledger_now() {
    mfvcam_ledger ledger{};
    mfvcam_get_ledger(&ledger);
    return ledger;
}

bool eventually(const std::function<bool()>& condition) {
    for (DWORD waited = 0; waited < kPatience; ++waited) {
        if (condition()) {
            return true;
        }
        Sleep(1);
    }
    return condition();
}

bool nothing_alive() {
    const mfvcam_ledger now = ledger_now();
    return now.cameras == 0 && now.sync_objects == 0 && now.media_sources == 0 &&
           now.readers == 0 && now.watches == 0 && now.handles == 0 && now.calls == 0;
}

// A call on a thread of its own; when made, it is inside the bridge.
class Call {
 public:
    explicit Call(const std::function<HRESULT()>& call)
        : thread_([this, call] {
              result_ = call();
              over_ = true;
          }) {
        EXPECT_TRUE(eventually([this] { return over_ || thread_.is_inside_its_wait(0); }));
    }
    ~Call() { thread_.join(); }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    [[nodiscard]] bool over() const { return over_; }
    HRESULT result() {
        EXPECT_TRUE(eventually([this] { return over_.load(); })) << "it does not end";
        return result_;
    }

 private:
    std::atomic<HRESULT> result_{E_PENDING};
    std::atomic<bool> over_{false};
    tests::WaitingThread thread_;
};

class SimulatorBridge : public SimulatorTest, public testing::WithParamInterface<Setting> {
 protected:
    void SetUp() override {
        SimulatorTest::SetUp();
        ASSERT_HR(S_OK, mfvcam_use_provider(tests::simulator_path().c_str()));
        before_ = simulatorCounters();
        guard_.emplace(GetParam().name.c_str(), GetParam().value.c_str());
    }

    // Every object that the simulator handed out was shut down once and released.
    void TearDown() override {
        guard_.reset();
        EXPECT_TRUE(eventually(nothing_alive));
        EXPECT_TRUE(eventually([this] {
            const mfvcam_simulator_counters now = simulatorCounters();
            return now.cameras_released - before_.cameras_released ==
                       now.cameras_created - before_.cameras_created &&
                   now.sync_objects_released - before_.sync_objects_released ==
                       now.sync_objects_created - before_.sync_objects_created;
        }));
        const mfvcam_simulator_counters now = simulatorCounters();
        EXPECT_EQ(now.cameras_created - before_.cameras_created - not_the_bridges_,
                  now.camera_shutdowns - before_.camera_shutdowns);
        EXPECT_EQ(now.sync_objects_created - before_.sync_objects_created,
                  now.sync_object_shutdowns - before_.sync_object_shutdowns);
        SimulatorTest::TearDown();
    }

    static HRESULT open(mfvcam_handle* camera) {
        return mfvcam_create_virtual_camera(0, 0, 0, L"Test camera", &FakeSource::kClassId, nullptr,
                                            0, 0, camera);
    }

    // No camera, or none that gives sync objects, can be had under this value.
    static bool without_camera() {
        return GetParam().is("null-object", "MFCreateVirtualCamera") ||
               GetParam().is("camera-access");
    }
    static bool without_sync_event() {
        return without_camera() || GetParam().is("null-object", "CreateSyncEvent");
    }

    static mfvcam_handle started_camera() {
        mfvcam_handle camera = 0;
        EXPECT_HR(S_OK, open(&camera));
        EXPECT_HR(S_OK, mfvcam_start(camera));
        return camera;
    }

    static mfvcam_handle sync(mfvcam_handle camera, const Handle& event) {
        mfvcam_handle object = 0;
        EXPECT_HR(S_OK,
                  mfvcam_create_sync_event(camera, &kSet, kEventId, kEnable, event.get(), &object));
        return object;
    }

    // As typed Java waits: in slices, so that it ends whether or not anything wakes it.
    static HRESULT wait_in_slices(mfvcam_handle object) {
        HRESULT hr = S_FALSE;
        while (hr == S_FALSE) {
            hr = mfvcam_wait_on_signal(object, 50);
        }
        return hr;
    }

    std::optional<SwitchGuard> guard_;
    mfvcam_simulator_counters before_{};
    UINT32 not_the_bridges_ = 0;  // cameras that the test made itself
};

TEST_P(SimulatorBridge, TellsWhatCannotBeHadAndLeavesNothing) {
    const Setting& setting = GetParam();
    EXPECT_HR(setting.is("camera-access")    ? E_ACCESSDENIED
              : setting.is("type-supported") ? HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED)
                                             : S_OK,
              mfvcam_is_supported());
    mfvcam_handle camera = 1;
    if (without_camera()) {
        EXPECT_HR(setting.is("camera-access") ? E_ACCESSDENIED : MFVCAM_E_NO_OBJECT, open(&camera));
        EXPECT_EQ(0U, camera);
        return;
    }
    ASSERT_HR(S_OK, open(&camera));
    const HRESULT early = setting.is("before-start") ? setting.code : kNotStarted;
    mfvcam_handle object = 1;
    UINT32 written = 0;
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
    const auto sync_event = [&] {
        object = 1;
        return mfvcam_create_sync_event(camera, &kSet, kEventId, kEnable, event.get(), &object);
    };
    const auto sync_semaphore = [&] {
        object = 1;
        return mfvcam_create_sync_semaphore(camera, &kSet, kEventId, kEnable, semaphore.get(), 1,
                                            &object);
    };
    EXPECT_HR(early, sync_event());
    EXPECT_EQ(0U, object);
    EXPECT_HR(early, sync_semaphore());
    EXPECT_EQ(0U, object);
    EXPECT_HR(early, mfvcam_get_media_source(camera, &object));
    EXPECT_EQ(0U, object);
    EXPECT_HR(early, mfvcam_send_camera_property(camera, &kSet, 1, KSPROPERTY_TYPE_GET, nullptr, 0,
                                                 nullptr, 0, &written));
    EXPECT_HR(setting.is("no-such-camera") ? setting.code : kNoSuchCamera, mfvcam_stop(camera));
    EXPECT_HR(setting.is("no-such-camera") ? setting.code : kNoSuchCamera, mfvcam_remove(camera));
    EXPECT_HR(S_OK, mfvcam_add_device_source_info(camera, L"\\\\?\\usb"));

    ASSERT_HR(S_OK, mfvcam_start(camera));
    EXPECT_HR(setting.is("add-after-start") ? setting.code : S_OK,
              mfvcam_add_device_source_info(camera, L"\\\\?\\usb"));
    const bool no_event = setting.is("null-object", "CreateSyncEvent");
    EXPECT_HR(no_event ? MFVCAM_E_NO_OBJECT : S_OK, sync_event());
    EXPECT_EQ(no_event, object == 0);
    mfvcam_release(object);
    const bool no_semaphore = setting.is("null-object", "CreateSyncSemaphore");
    EXPECT_HR(no_semaphore ? MFVCAM_E_NO_OBJECT : S_OK, sync_semaphore());
    EXPECT_EQ(no_semaphore, object == 0);
    mfvcam_release(object);
    const bool no_source = setting.is("null-object", "GetMediaSource");
    EXPECT_HR(no_source ? MFVCAM_E_NO_OBJECT : S_OK, mfvcam_get_media_source(camera, &object));
    EXPECT_EQ(no_source, object == 0);
    mfvcam_release(object);
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_P(SimulatorBridge, WakesAndTimesOut) {
    if (without_sync_event()) {
        return;
    }
    const mfvcam_handle camera = started_camera();
    const std::array waits = {std::function([](mfvcam_handle object, UINT32 timeout) {
                                  return mfvcam_wait_on_signal(object, timeout);
                              }),
                              std::function([](mfvcam_handle object, UINT32 timeout) {
                                  return mfvcam_await(object, timeout, nullptr);
                              })};
    for (const auto& wait : waits) {
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        const mfvcam_handle object = sync(camera, event);
        EXPECT_HR(S_FALSE, wait(object, 0));
        const INT64 before = mfvcam_system_time();
        EXPECT_HR(S_FALSE, wait(object, 30));
        EXPECT_GE(mfvcam_system_time() - before, 300'000);
        FakeSource::signal();
        EXPECT_HR(S_OK, wait(object, kPatience));
        EXPECT_HR(S_FALSE, wait(object, 0));
        {
            Call waiter([&] { return wait(object, INFINITE); });
            FakeSource::signal();
            EXPECT_HR(S_OK, waiter.result());
        }
        EXPECT_HR(S_OK, mfvcam_release(object));
    }
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_P(SimulatorBridge, EndsWaitsByShutdownAndRelease) {
    if (without_sync_event()) {
        return;
    }
    const std::array<std::function<void(mfvcam_handle, mfvcam_handle)>, 4> ends = {
        [](mfvcam_handle, mfvcam_handle object) { EXPECT_HR(S_OK, mfvcam_shutdown(object)); },
        [](mfvcam_handle, mfvcam_handle object) { EXPECT_HR(S_OK, mfvcam_release(object)); },
        [](mfvcam_handle camera, mfvcam_handle) { EXPECT_HR(S_OK, mfvcam_shutdown(camera)); },
        [](mfvcam_handle camera, mfvcam_handle) { EXPECT_HR(S_OK, mfvcam_release(camera)); },
    };
    for (size_t way = 0; way < ends.size(); ++way) {
        SCOPED_TRACE(way);
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        mfvcam_handle camera = started_camera();
        mfvcam_handle object = sync(camera, event);
        {
            Call waiter([&] { return mfvcam_await(object, INFINITE, nullptr); });
            ends[way](camera, object);
            EXPECT_HR(MF_E_SHUTDOWN, waiter.result());
        }
        mfvcam_release(object);
        mfvcam_release(camera);

        camera = started_camera();
        const Handle other(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        object = sync(camera, other);
        {
            Call waiter([&] { return wait_in_slices(object); });
            ends[way](camera, object);
            const HRESULT ended = waiter.result();
            // The next slice finds the handle stale.
            EXPECT_TRUE(ended == MF_E_SHUTDOWN || (way == 1 && ended == E_HANDLE)) << Hex{ended};
        }
        mfvcam_release(object);
        mfvcam_release(camera);
    }
}

TEST_P(SimulatorBridge, TellsTheLossOfTheCameraHoweverTheEventComes) {
    if (without_sync_event()) {
        return;
    }
    const mfvcam_handle camera = started_camera();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const mfvcam_handle object = sync(camera, event);
    {
        Call waiter([&] { return mfvcam_await(object, INFINITE, nullptr); });
        FakeSource::queue(MEError, GUID_NULL, RPC_E_DISCONNECTED);
        EXPECT_HR(MFVCAM_E_CAMERA_LOST, waiter.result());
    }
    EXPECT_HR(S_OK, mfvcam_release(object));
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

// The source's own answer for a property it does not have: a removed camera that gives it cannot be
// told from a live one.
bool reads_like_a_source(HRESULT hr) {
    return hr == E_INVALIDARG || hr == HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
}

TEST_P(SimulatorBridge, TellsTheRemovalOfTheCameraByAnother) {
    if (without_sync_event()) {
        return;
    }
    if (GetParam().is("before-start") && reads_like_a_source(GetParam().code)) {
        GTEST_SKIP() << "not told: the bridge takes this answer for a sign of life";
    }
    const mfvcam_handle camera = started_camera();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const mfvcam_handle object = sync(camera, event);
    {
        Call waiter([&] { return mfvcam_await(object, INFINITE, nullptr); });
        const ComPtr<IMFVirtualCamera> other = created();
        ++not_the_bridges_;
        EXPECT_HR(S_OK, other->Remove());
        EXPECT_HR(MFVCAM_E_CAMERA_LOST, waiter.result());
    }
    EXPECT_HR(S_OK, mfvcam_release(object));
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

void wait_while_watchers_come_and_go(mfvcam_handle camera, mfvcam_handle object,
                                     const std::function<HRESULT()>& wait) {
    Call waiter(wait);
    for (int round = 0; round < 3; ++round) {
        mfvcam_handle source = 0;
        EXPECT_HR(S_OK, mfvcam_get_media_source(camera, &source));
        EXPECT_HR(S_OK, mfvcam_release(source));
        // Into the next slice.
        Sleep(20);
    }
    // Again and again: between two registrations a signal meets none.
    EXPECT_TRUE(eventually([&] {
        FakeSource::signal();
        return waiter.over();
    }));
    EXPECT_HR(S_OK, waiter.result());
    EXPECT_HR(S_OK, mfvcam_release(object));
}

TEST_P(SimulatorBridge, WaitsOnWhenWatchersComeAndGo) {
    if (without_sync_event() || GetParam().is("null-object", "GetMediaSource")) {
        return;
    }
    // With "yes", what is waited for is registered anew during the wait.
    for (const char* last : {"no", "yes"}) {
        SCOPED_TRACE(last);
        const SwitchGuard guard("pipeline-shutdown-on-last-watcher", last);
        const mfvcam_handle camera = started_camera();
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        mfvcam_handle object = sync(camera, event);
        wait_while_watchers_come_and_go(camera, object,
                                        [&] { return mfvcam_await(object, INFINITE, nullptr); });
        const Handle other(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        object = sync(camera, other);
        wait_while_watchers_come_and_go(camera, object, [&] { return wait_in_slices(object); });
        EXPECT_HR(S_OK, mfvcam_release(camera));
    }
}

INSTANTIATE_TEST_SUITE_P(Each, SimulatorBridge, testing::ValuesIn(all_settings()), name_of);

}  // namespace
}  // namespace mfvcam::simulator_test
