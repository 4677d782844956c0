// The source as its tests meet it: loaded by path, activated through its class factory,
// unregistered.
#pragma once

#include <gtest/gtest.h>
#include <windows.h>

#include <mfvcam.h>

#include <cstdint>

#include "../abi/mfmediasource_abi.h"
#include "../source/ks_abi.h"
#include "com_ptr.h"
#include "eventually.h"
#include "handle.h"
#include "handle_slope.h"

namespace mfvcam::source_test {

inline constexpr GUID kClassId = MFVCAM_SOURCE_CLSID;
inline constexpr GUID kEventSet = MFVCAM_EVENT_SET;
inline constexpr GUID kPropertySet = MFVCAM_PROPERTY_SET;
inline constexpr GUID kForeignSet = {
    0x12345678, 0x1234, 0x1234, {0x12, 0x34, 0x12, 0x34, 0x12, 0x34, 0x12, 0x34}};

// Long enough for a loaded machine: what a test waits for comes at once or never.
inline constexpr DWORD kPatience = 10'000;

HMODULE source_dll();
template <typename Function>
Function source_export(const char* name) {
    return reinterpret_cast<Function>(reinterpret_cast<void*>(GetProcAddress(source_dll(), name)));
}
HRESULT dll_can_unload_now();
std::int64_t system_time();

// Whether the condition comes to hold within kPatience.
template <typename Condition>
bool eventually(Condition condition) {
    return tests::eventually(condition, kPatience);
}

class Event : public tests::Event {
 public:
    bool wait(DWORD timeout = kPatience) const {
        return WaitForSingleObject(get(), timeout) == WAIT_OBJECT_0;
    }
};

KSEVENTDATA event_data(HANDLE event);
HRESULT enable(IKsControl* control, ULONG id, ULONG flags, KSEVENTDATA* data);
HRESULT disable(IKsControl* control, KSEVENTDATA* data);
HRESULT disable_all(IKsControl* control);
mfvcam_source_counters counters(IKsControl* control);

ComPtr<IMFActivate> create_activate();
ComPtr<IMFMediaSourceEx> create_source();

// Selects the stream, in the given format, and starts.
HRESULT start(IMFMediaSource* source, const GUID& subtype);
HRESULT start(IMFMediaSource* source, IMFPresentationDescriptor* descriptor);
ComPtr<IMFPresentationDescriptor> presentation(IMFMediaSource* source, const GUID& subtype);
ComPtr<IMFMediaTypeHandler> type_handler(IMFPresentationDescriptor* descriptor);

// The next event, or null if none comes.
ComPtr<IMFMediaEvent> next_event(IMFMediaEventGenerator* generator);
// MEUnknown if none comes.
MediaEventType next_event_type(IMFMediaEventGenerator* generator);
// The queue as it is now is empty.
bool no_event(IMFMediaEventGenerator* generator);
ComPtr<IMFMediaStream2> stream_of(IMFMediaEvent* event);
ComPtr<IMFSample> sample_of(IMFMediaEvent* event);

using tests::handle_count;

// Gives each test a source, and fails it if anything of the source outlives it.
class SourceTest : public testing::Test {
 protected:
    void SetUp() override;
    void TearDown() override;

    // Starts the source and takes the start's events; the stream is then `stream`.
    void start_streaming(const GUID& subtype);

    ComPtr<IMFMediaSourceEx> source;
    ComPtr<IKsControl> control;
    ComPtr<IMFMediaStream2> stream;
};

}  // namespace mfvcam::source_test
