// The fixture of the bridge's tests: a fresh fake provider before each, nothing alive after each.
#pragma once

#include <gtest/gtest.h>
#include <mferror.h>

#include <functional>
#include <thread>

#include "fake_camera.h"
#include "handle.h"
#include "mfvcam.h"

namespace mfvcam::tests {

inline constexpr GUID some_source = MFVCAM_SOURCE_CLSID;
inline constexpr GUID some_set = MFVCAM_EVENT_SET;
inline constexpr UINT32 enable = 1;
inline constexpr UINT32 oneshot = 2;
inline constexpr UINT32 long_wait = 30'000;

// Waits until condition() holds; false if it does not within half a minute.
inline bool eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 30'000; ++i) {
        if (condition()) {
            return true;
        }
        Sleep(1);
    }
    return condition();
}

inline mfvcam_ledger ledger_now() {
    mfvcam_ledger ledger{};
    mfvcam_get_ledger(&ledger);
    return ledger;
}

inline bool nothing_alive() {
    const mfvcam_ledger now = ledger_now();
    return now.cameras == 0 && now.sync_objects == 0 && now.media_sources == 0 &&
           now.readers == 0 && now.watches == 0 && now.queues == 0 && now.handles == 0 &&
           now.calls == 0;
}

class BridgeTest : public testing::Test {
 protected:
    void SetUp() override {
        reset_fake();
        ASSERT_TRUE(nothing_alive());
    }

    void TearDown() override {
        fake().callback.reset();
        fake().media_source.reset();
        EXPECT_TRUE(eventually(nothing_alive));
        EXPECT_EQ(fake().cameras_alive, 0);
        EXPECT_EQ(fake().syncs_alive, 0);
        EXPECT_EQ(fake().calls_from_single_threaded_apartments, 0);
        EXPECT_EQ(fake().store_locks, 0);
        EXPECT_EQ(fake().reads_without_lock, 0);
    }

    static HRESULT create(mfvcam_handle* camera, UINT32 flags = 0) {
        return mfvcam_create_virtual_camera(0, 0, 0, L"Camera", &some_source, nullptr, 0, flags,
                                            camera);
    }

    static mfvcam_handle open_camera(UINT32 flags = 0) {
        mfvcam_handle camera = 0;
        EXPECT_EQ(create(&camera, flags), S_OK);
        return camera;
    }

    static mfvcam_handle started_camera() {
        const mfvcam_handle camera = open_camera();
        EXPECT_EQ(mfvcam_start(camera), S_OK);
        return camera;
    }

    static mfvcam_handle sync(mfvcam_handle camera, HANDLE event, UINT32 flags = enable) {
        mfvcam_handle object = 0;
        EXPECT_EQ(
            mfvcam_create_sync_event(camera, &some_set, MFVCAM_EVENT_PING, flags, event, &object),
            S_OK);
        return object;
    }

    // The service tells of its end, and this object's next wait says so.
    static void lose_and_hear(mfvcam_handle object) {
        fake().send(MEError, GUID_NULL, E_FAIL);
        EXPECT_EQ(mfvcam_await(object, long_wait, nullptr), MFVCAM_E_CAMERA_LOST);
    }

    // Until the camera is lost to new sync objects too.
    static bool refuses_as_lost(mfvcam_handle camera, HANDLE event) {
        return eventually([&] {
            mfvcam_handle object = 0;
            const HRESULT hr =
                mfvcam_create_sync_event(camera, &some_set, 0, enable, event, &object);
            return hr == MFVCAM_E_CAMERA_LOST || mfvcam_release(object) != S_OK;
        });
    }

    // Until a call of another thread is inside the bridge.
    static bool a_call_is_inside() {
        return eventually([] { return ledger_now().calls != 0; });
    }
};

}  // namespace mfvcam::tests
