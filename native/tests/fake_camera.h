// A provider of the tests' own: counts what the bridge calls, and answers as the test says.
#pragma once

#include <windows.h>

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "com_object.h"
#include "com_ptr.h"
#include "mfvcam.h"
#include "mfvirtualcamera_abi.h"

namespace mfvcam::tests {

struct SyncCall {
    GUID set;
    ULONG id;
    ULONG flags;
    HANDLE object;
    LONG adjustment;
};

struct PropertyCall {
    GUID format;
    ULONG id;
    DEVPROPTYPE type;
    std::vector<BYTE> data;
};

struct RegistryCall {
    std::wstring name;
    std::wstring subkey;
    DWORD type;
    std::vector<BYTE> data;
};

// What the fake does and has seen; one for the process, reset by each test.
struct FakeProvider {
    std::atomic<HRESULT> create_result{S_OK};
    std::atomic<bool> create_nothing{false};
    std::atomic<HRESULT> start_result{S_OK};
    std::atomic<HRESULT> sync_result{S_OK};
    std::atomic<bool> sync_nothing{false};
    std::atomic<HRESULT> property_result{S_OK};
    std::atomic<UINT32> instance{1};         // of mfvcam's media source; 0: it is another
    std::atomic<bool> tells_instance{true};  // one of before that was told does not
    std::atomic<HRESULT> configure_result{S_OK};
    std::function<HRESULT()> on_start;
    std::function<HRESULT()> on_stop;
    std::function<HRESULT()> on_remove;
    std::function<void()> on_create_sync;
    std::function<void()> on_sync_shutdown;
    // What a hostile store says of the sizes of its values, and what it answers when it is read.
    std::atomic<UINT32> attribute_size{0};
    std::atomic<HRESULT> attribute_result{S_OK};
    // What a property request says it has written; the size of the data, if negative.
    std::atomic<INT64> property_written{-1};
    std::function<HRESULT(DWORD)> on_wait;
    ComPtr<IMFMediaSource> media_source;
    std::atomic<BOOL> supported{TRUE};

    std::atomic<int> created{0};
    std::atomic<int> started{0};
    std::atomic<int> removed{0};
    std::atomic<int> camera_shutdowns{0};
    std::atomic<int> cameras_alive{0};
    std::atomic<int> sync_created{0};
    std::atomic<int> sync_shutdowns{0};
    std::atomic<int> syncs_alive{0};
    std::atomic<int> waits{0};
    std::atomic<int> sources_asked_for{0};
    std::atomic<int> samples_alive{0};
    std::atomic<int> properties{0};
    std::atomic<int> instance_asks{0};
    std::atomic<int> calls_from_single_threaded_apartments{0};
    std::atomic<int> store_locks{0};
    std::atomic<int> reads_without_lock{0};
    std::atomic<int> compared_with_null{0};
    std::wstring friendly_name;
    std::wstring source_id;
    std::vector<GUID> categories;
    SyncCall last_sync{};
    std::wstring device_source_info;
    PropertyCall property{};
    RegistryCall entry{};
    ComPtr<IMFAsyncCallback> callback;

    // Sends an event to the callback given to Start, as the service would.
    void send(MediaEventType type, const GUID& extended_type, HRESULT status = S_OK) const;
};

FakeProvider& fake();
void reset_fake();

// For every call that the bridge must make in the multithreaded apartment.
void note_apartment();

// A COM object with one interface.
template <class I>
class Unknown : public ComObject<Unknown<I>, I> {
 public:
    virtual ~Unknown() = default;

    void* find_interface(REFIID iid) noexcept {
        const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(I);
        return known ? static_cast<I*>(this) : nullptr;
    }
};

}  // namespace mfvcam::tests
