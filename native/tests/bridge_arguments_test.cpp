// What the flat API does with handles, pointers and numbers that are wrong.
#include <limits>
#include <string>

#include "bridge_test.h"

namespace mfvcam::tests {

namespace {

class ArgumentsTest : public BridgeTest {};

HRESULT create_with(UINT32 type, UINT32 lifetime, UINT32 access, const wchar_t* name,
                    const GUID* categories, UINT32 count, UINT32 flags) {
    mfvcam_handle camera = 42;
    const HRESULT hr = mfvcam_create_virtual_camera(type, lifetime, access, name, &some_source,
                                                    categories, count, flags, &camera);
    EXPECT_EQ(camera, 0U);
    return hr;
}

// Every function that takes a handle, with one that it must refuse.
void expect_refused(mfvcam_handle handle) {
    const Event event;
    mfvcam_handle out = 42;
    UINT32 written = 42;
    mfvcam_format format{};
    mfvcam_sample sample{};
    std::string buffer(16, '\0');
    EXPECT_EQ(mfvcam_start(handle), E_HANDLE);
    EXPECT_EQ(mfvcam_stop(handle), E_HANDLE);
    EXPECT_EQ(mfvcam_remove(handle), E_HANDLE);
    EXPECT_EQ(mfvcam_get_media_source(handle, &out), E_HANDLE);
    EXPECT_EQ(out, 0U);
    EXPECT_EQ(
        mfvcam_send_camera_property(handle, &some_set, 0, 1, nullptr, 0, nullptr, 0, &written),
        E_HANDLE);
    EXPECT_EQ(written, 0U);
    out = 42;
    EXPECT_EQ(mfvcam_create_sync_event(handle, &some_set, 0, enable, event.get(), &out), E_HANDLE);
    EXPECT_EQ(out, 0U);
    EXPECT_EQ(mfvcam_wait_on_signal(handle, 0), E_HANDLE);
    EXPECT_EQ(mfvcam_await(handle, 0, nullptr), E_HANDLE);
    out = 42;
    EXPECT_EQ(mfvcam_open_reader(handle, &some_set, &format, &out), E_HANDLE);
    EXPECT_EQ(out, 0U);
    EXPECT_EQ(mfvcam_read_sample(handle, 0, nullptr, buffer.data(),
                                 static_cast<UINT32>(buffer.size()), &sample),
              E_HANDLE);
    EXPECT_EQ(mfvcam_close_reader(handle), E_HANDLE);
}

TEST_F(ArgumentsTest, HandlesThatNeverWere) {
    for (const mfvcam_handle handle :
         {mfvcam_handle{0}, mfvcam_handle{1}, std::numeric_limits<mfvcam_handle>::max(),
          mfvcam_handle{0x0000000100000001}, mfvcam_handle{0x7FFFFFFFFFFFFFFF},
          mfvcam_handle{0xFFFFFFFF}}) {
        expect_refused(handle);
        EXPECT_EQ(mfvcam_shutdown(handle), E_HANDLE);
        EXPECT_EQ(mfvcam_release(handle), E_HANDLE);
        EXPECT_EQ(mfvcam_release_later(handle), E_HANDLE);
    }
}

TEST_F(ArgumentsTest, ReleasedHandleIsStaleAlsoWhenItsPlaceIsTakenAgain) {
    const mfvcam_handle old_camera = open_camera();
    EXPECT_EQ(mfvcam_release(old_camera), S_OK);
    EXPECT_EQ(mfvcam_release(old_camera), E_HANDLE);
    const mfvcam_handle camera = open_camera();
    EXPECT_NE(camera, old_camera);
    expect_refused(old_camera);
    EXPECT_EQ(mfvcam_shutdown(old_camera), E_HANDLE);
    EXPECT_EQ(mfvcam_start(camera), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(ArgumentsTest, HandlesOfAnotherKind) {
    const Event event;
    const mfvcam_handle camera = started_camera();
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(mfvcam_start(object), E_HANDLE);
    EXPECT_EQ(mfvcam_await(camera, 0, nullptr), E_HANDLE);
    EXPECT_EQ(mfvcam_wait_on_signal(camera, 0), E_HANDLE);
    EXPECT_EQ(mfvcam_close_reader(camera), E_HANDLE);
    EXPECT_EQ(mfvcam_close_reader(object), E_HANDLE);
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(ArgumentsTest, NullPointers) {
    const mfvcam_handle camera = open_camera();
    const Event event;
    mfvcam_handle out = 0;
    UINT32 written = 0;
    mfvcam_format format{};
    EXPECT_EQ(mfvcam_get_ledger(nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_create_virtual_camera(0, 0, 0, nullptr, &some_source, nullptr, 0, 0, &out),
              E_POINTER);
    EXPECT_EQ(mfvcam_create_virtual_camera(0, 0, 0, L"x", nullptr, nullptr, 0, 0, &out), E_POINTER);
    EXPECT_EQ(mfvcam_create_virtual_camera(0, 0, 0, L"x", &some_source, nullptr, 0, 0, nullptr),
              E_POINTER);
    EXPECT_EQ(mfvcam_get_media_source(camera, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_send_camera_property(camera, nullptr, 0, 1, nullptr, 0, nullptr, 0, &written),
              E_POINTER);
    EXPECT_EQ(
        mfvcam_send_camera_property(camera, &some_set, 0, 1, nullptr, 8, nullptr, 0, &written),
        E_POINTER);
    EXPECT_EQ(
        mfvcam_send_camera_property(camera, &some_set, 0, 1, nullptr, 0, nullptr, 8, &written),
        E_POINTER);
    EXPECT_EQ(mfvcam_send_camera_property(camera, &some_set, 0, 1, nullptr, 0, nullptr, 0, nullptr),
              E_POINTER);
    EXPECT_EQ(mfvcam_create_sync_event(camera, nullptr, 0, enable, event.get(), &out), E_POINTER);
    EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, event.get(), nullptr),
              E_POINTER);
    EXPECT_EQ(mfvcam_open_reader(camera, nullptr, &format, &out), E_POINTER);
    EXPECT_EQ(mfvcam_open_reader(camera, &some_set, nullptr, &out), E_POINTER);
    EXPECT_EQ(mfvcam_open_reader(camera, &some_set, &format, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_read_sample(camera, 0, nullptr, nullptr, 0, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(ArgumentsTest, CameraParametersOutOfRange) {
    const GUID category = some_set;
    EXPECT_EQ(create_with(1, 0, 0, L"x", nullptr, 0, 0), E_INVALIDARG);
    EXPECT_EQ(create_with(0, 2, 0, L"x", nullptr, 0, 0), E_INVALIDARG);
    EXPECT_EQ(create_with(0, 0, 2, L"x", nullptr, 0, 0), E_INVALIDARG);
    EXPECT_EQ(create_with(0, 0, 0, L"", nullptr, 0, 0), E_INVALIDARG);
    EXPECT_EQ(create_with(0, 0, 0, L"x", nullptr, 1, 0), E_INVALIDARG);
    EXPECT_EQ(create_with(0, 0, 0, L"x", &category, 0, 0), E_INVALIDARG);
    EXPECT_EQ(create_with(0, 0, 0, L"x", &category, 0xFFFFFFFF, 0), E_INVALIDARG);
    EXPECT_EQ(create_with(0, 0, 0, L"x", nullptr, 0, 2), E_INVALIDARG);
    EXPECT_EQ(fake().created, 0);
}

TEST_F(ArgumentsTest, SyncEventFlagsOtherThanEnableAndOneshot) {
    const mfvcam_handle camera = started_camera();
    const Event event;
    for (const UINT32 flags : {0U, 3U, 4U, 0x200U, 0xFFFFFFFFU}) {
        mfvcam_handle out = 42;
        EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, flags, event.get(), &out),
                  E_INVALIDARG);
        EXPECT_EQ(out, 0U);
    }
    EXPECT_EQ(fake().sync_created, 0);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

TEST_F(ArgumentsTest, SyncEventOnWhatIsNoEvent) {
    const mfvcam_handle camera = started_camera();
    Event closed;
    const HANDLE stale = closed.get();
    closed.close();
    const HANDLE semaphore = CreateSemaphoreW(nullptr, 0, 1, nullptr);
    const HANDLE mutex = CreateMutexW(nullptr, FALSE, nullptr);
    for (const HANDLE handle :
         {static_cast<HANDLE>(nullptr), INVALID_HANDLE_VALUE, GetCurrentProcess(),
          GetCurrentThread(), stale, semaphore, mutex, reinterpret_cast<HANDLE>(0x12345678)}) {
        mfvcam_handle out = 42;
        EXPECT_EQ(mfvcam_create_sync_event(camera, &some_set, 0, enable, handle, &out), E_HANDLE);
        EXPECT_EQ(out, 0U);
    }
    CloseHandle(semaphore);
    CloseHandle(mutex);
    EXPECT_EQ(fake().sync_created, 0);
    // The camera is none the worse.
    const Event event;
    const mfvcam_handle object = sync(camera, event.get());
    EXPECT_EQ(mfvcam_release(object), S_OK);
    EXPECT_EQ(mfvcam_release(camera), S_OK);
}

}  // namespace

}  // namespace mfvcam::tests
