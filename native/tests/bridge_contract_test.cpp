// The rules of contract.md as the bridge keeps them: the flat API on the simulator, over a media
// source that remembers what reaches it.
#include <mferror.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "mfvcam.h"
#include "simulator_fixture.h"
#include "test_files.h"

namespace mfvcam::simulator_test {
namespace {

namespace switches = simulator::switches;

constexpr UINT32 kEnable = KSEVENT_TYPE_ENABLE;
constexpr UINT32 kOneshot = KSEVENT_TYPE_ONESHOT;
constexpr UINT32 kEventId = 7;
constexpr GUID kKey = {
    0x9A1C0D55, 0x2E4B, 0x4F0E, {0x8A, 0x71, 0x4C, 0x52, 0x1B, 0x6F, 0x0A, 0x39}};
constexpr GUID kSymbolicLink = {
    0x58F0AAD8, 0x22BF, 0x4F8A, {0xBB, 0x3D, 0xD2, 0xC4, 0x97, 0x8C, 0x6E, 0x2F}};
constexpr GUID kFriendlyName = {
    0x60D0E559, 0x52F8, 0x4FA2, {0xBB, 0xCE, 0xAC, 0xDB, 0x34, 0xA8, 0xEC, 0x01}};
constexpr GUID kVideoCamera = {
    0xE5323777, 0xF976, 0x4F5B, {0x9B, 0x55, 0xB9, 0x46, 0x99, 0xC4, 0x6E, 0x44}};
constexpr GUID kVideo = {
    0x6994AD05, 0x93EF, 0x11D0, {0xA3, 0xCC, 0x00, 0xA0, 0xC9, 0x22, 0x31, 0x96}};
constexpr GUID kCapture = {
    0x65E8773D, 0x8F56, 0x11D0, {0xA3, 0xB9, 0x00, 0xA0, 0xC9, 0x22, 0x31, 0x96}};
constexpr GUID kSensorCamera = {
    0x24E552D7, 0x6523, 0x47F7, {0xA6, 0x47, 0xD3, 0x46, 0x5B, 0xF1, 0xF5, 0xCA}};

struct Wanted {
    UINT32 lifetime = 0;
    UINT32 access = 0;
    const wchar_t* name = L"Camera";
    GUID source = FakeSource::kClassId;
    std::vector<GUID> categories;
};

HRESULT open(const Wanted& wanted, mfvcam_handle* camera) {
    const std::vector<GUID>& categories = wanted.categories;
    return mfvcam_create_virtual_camera(
        0, wanted.lifetime, wanted.access, wanted.name, &wanted.source,
        categories.empty() ? nullptr : categories.data(), static_cast<UINT32>(categories.size()),
        MFVCAM_CREATE_ALLOW_SAME, camera);
}

mfvcam_handle open_camera(const Wanted& wanted = {}) {
    mfvcam_handle camera = 0;
    EXPECT_HR(S_OK, open(wanted, &camera));
    return camera;
}

mfvcam_handle started_camera(const Wanted& wanted = {}) {
    const mfvcam_handle camera = open_camera(wanted);
    EXPECT_HR(S_OK, mfvcam_start(camera));
    return camera;
}

HRESULT try_source(mfvcam_handle camera) {
    mfvcam_handle source = 1;
    const HRESULT hr = mfvcam_get_media_source(camera, &source);
    EXPECT_EQ(SUCCEEDED(hr), source != 0);
    if (source != 0) {
        EXPECT_HR(S_OK, mfvcam_release(source));
    }
    return hr;
}

// Whether a camera of these parameters is started: the same parameters are the same camera.
bool there(const Wanted& wanted) {
    const mfvcam_handle camera = open_camera(wanted);
    const HRESULT hr = try_source(camera);
    EXPECT_TRUE(hr == S_OK || hr == kNotStarted) << Hex{hr};
    EXPECT_HR(S_OK, mfvcam_release(camera));
    return hr == S_OK;
}

mfvcam_handle sync(mfvcam_handle camera, const Handle& event, UINT32 flags = kEnable) {
    mfvcam_handle object = 0;
    EXPECT_HR(S_OK, mfvcam_create_sync_event(camera, &kSet, kEventId, flags, event.get(), &object));
    return object;
}

template <typename Interface>
ComPtr<Interface> com_pointer(mfvcam_handle object) {
    void* pointer = nullptr;
    EXPECT_HR(S_OK, mfvcam_get_com_pointer(object, &pointer));
    ComPtr<Interface> result;
    result.attach(static_cast<Interface*>(pointer));
    return result;
}

std::wstring text_of(mfvcam_handle camera, const GUID& key) {
    std::array<wchar_t, 256> text{};
    UINT32 length = 0;
    const HRESULT hr = mfvcam_get_string(camera, &key, text.data(), 256, &length);
    return SUCCEEDED(hr) ? text.data() : L"(none)";
}

class BridgeContract : public SimulatorTest {
 protected:
    void SetUp() override {
        SimulatorTest::SetUp();
        ASSERT_HR(S_OK, mfvcam_use_provider(tests::simulator_path().c_str()));
    }

    void TearDown() override {
        mfvcam_ledger now{};
        for (DWORD waited = 0; waited < kPatience; ++waited) {
            EXPECT_HR(S_OK, mfvcam_get_ledger(&now));
            if (now.cameras + now.sync_objects + now.media_sources + now.handles + now.calls == 0) {
                break;
            }
            // A thread that brought news of a camera may be the last one out.
            Sleep(1);
        }
        EXPECT_EQ(0U, now.cameras);
        EXPECT_EQ(0U, now.sync_objects);
        EXPECT_EQ(0U, now.media_sources);
        EXPECT_EQ(0U, now.handles);
        EXPECT_EQ(0U, now.calls);
        SimulatorTest::TearDown();
    }

    static Handle event() { return Handle(CreateEventW(nullptr, FALSE, FALSE, nullptr)); }
};

TEST_F(BridgeContract, EveryParameterIsPartOfTheCamera) {
    const SwitchGuard administrator("administrator", "yes");
    const Wanted plain;
    const Wanted rich = {.lifetime = 1,
                         .access = 1,
                         .name = L"Caméra",
                         .source = FakeSource::kClassId,
                         .categories = {kVideoCamera, kSensorCamera}};
    for (const Wanted& wanted : {plain, rich}) {
        const mfvcam_handle camera = started_camera(wanted);
        EXPECT_TRUE(there(wanted));
        Wanted other = wanted;
        other.lifetime = 1 - wanted.lifetime;
        EXPECT_FALSE(there(other));
        other = wanted;
        other.access = 1 - wanted.access;
        EXPECT_FALSE(there(other));
        other = wanted;
        other.name = L"camera";
        EXPECT_FALSE(there(other));
        other = wanted;
        other.source.Data4[7] ^= 1;
        EXPECT_FALSE(there(other));
        other = wanted;
        other.categories.push_back(kSet);
        EXPECT_FALSE(there(other));
        other.categories = wanted.categories;
        std::ranges::reverse(other.categories);
        EXPECT_TRUE(there(other)) << "categories are a set";
        EXPECT_HR(S_OK, mfvcam_remove(camera));
        EXPECT_HR(S_OK, mfvcam_release(camera));
    }
}

TEST_F(BridgeContract, NoCategoriesAreTheThreeOfWindows) {
    const mfvcam_handle camera = started_camera();
    Wanted named;
    named.categories = {kVideoCamera, kVideo, kCapture};
    EXPECT_TRUE(there(named));
    named.categories = {kVideoCamera, kVideo, kSensorCamera};
    EXPECT_FALSE(there(named));
    named.categories = {kVideoCamera, kVideo};
    EXPECT_FALSE(there(named));
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, CreatingActivatesNothingAndStartGivesTheCodesOfTheSource) {
    FakeSource::revokeClass();
    const mfvcam_handle camera = open_camera();
    EXPECT_HR(REGDB_E_CLASSNOTREG, mfvcam_start(camera));
    ASSERT_HR(S_OK, FakeSource::registerClass());
    EXPECT_EQ(0U, FakeSource::activations());
    for (const HRESULT code :
         {E_ACCESSDENIED, CO_E_ERRORINDLL, HRESULT_FROM_WIN32(RPC_S_CALL_FAILED),
          HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND)}) {
        FakeSource::program().activate = code;
        EXPECT_HR(code, mfvcam_start(camera));
        EXPECT_HR(kNotStarted, try_source(camera));
    }
    FakeSource::program().activate = S_OK;
    EXPECT_HR(S_OK, mfvcam_start(camera));
    EXPECT_HR(S_OK, try_source(camera));
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, ASessionCameraEndsWithItsObject) {
    unsigned ended = 0;
    for (const auto end : {&mfvcam_shutdown, &mfvcam_release}) {
        const mfvcam_handle camera = started_camera();
        EXPECT_TRUE(there({}));
        EXPECT_HR(S_OK, end(camera));
        EXPECT_EQ(++ended, FakeSource::shutdowns());
        EXPECT_FALSE(there({}));
        mfvcam_release(camera);
    }
}

TEST_F(BridgeContract, ASystemCameraStaysUntilItIsRemoved) {
    Wanted system;
    system.lifetime = 1;
    for (const auto end : {&mfvcam_shutdown, &mfvcam_release}) {
        const mfvcam_handle camera = started_camera(system);
        EXPECT_HR(S_OK, end(camera));
        EXPECT_EQ(0U, FakeSource::shutdowns());
        EXPECT_TRUE(there(system));
        mfvcam_release(camera);
    }
    const mfvcam_handle camera = open_camera(system);
    EXPECT_HR(S_OK, mfvcam_remove(camera));
    EXPECT_EQ(1U, FakeSource::shutdowns());
    EXPECT_FALSE(there(system));
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, AnObjectThatWasNeverStartedStopsAndRemovesTheCameraThatExists) {
    const mfvcam_handle first = started_camera();
    const mfvcam_handle second = open_camera();
    EXPECT_HR(S_OK, mfvcam_stop(second));
    EXPECT_EQ(1U, FakeSource::shutdowns());
    EXPECT_HR(kNotStarted, try_source(first));
    EXPECT_HR(S_OK, mfvcam_start(first));
    EXPECT_HR(S_OK, try_source(second)) << "valid without a start of its own";
    EXPECT_HR(S_OK, mfvcam_remove(second));
    EXPECT_EQ(2U, FakeSource::shutdowns());
    EXPECT_HR(kNoSuchCamera, mfvcam_stop(first));
    EXPECT_HR(S_OK, mfvcam_release(first));
    EXPECT_HR(S_OK, mfvcam_release(second));
}

TEST_F(BridgeContract, WhatNeedsAnAdministratorIsRefusedToOthersAndNothingElse) {
    const BYTE byte = 1;
    Wanted everybodys;
    everybodys.access = 1;
    Wanted unusual;
    unusual.categories = {kVideoCamera, kSet};
    mfvcam_handle made = 0;
    {
        const SwitchGuard administrator("administrator", "yes");
        made = started_camera(everybodys);
        const mfvcam_handle camera = open_camera(unusual);
        EXPECT_HR(S_OK, mfvcam_add_property(camera, &kSet, 90, 0x12, &byte, 1));
        EXPECT_HR(S_OK, mfvcam_add_registry_entry(camera, L"e", nullptr, REG_BINARY, &byte, 1));
        EXPECT_HR(S_OK, mfvcam_release(camera));
    }
    {
        const SwitchGuard administrator("administrator", "no");
        for (const Wanted& wanted : {everybodys, unusual}) {
            mfvcam_handle camera = 1;
            EXPECT_HR(E_ACCESSDENIED, open(wanted, &camera));
            EXPECT_EQ(0U, camera);
        }
        EXPECT_HR(E_ACCESSDENIED, mfvcam_stop(made));
        EXPECT_HR(E_ACCESSDENIED, mfvcam_remove(made));
        EXPECT_EQ(0U, FakeSource::shutdowns());
        for (const GUID& category : {kVideoCamera, kVideo, kCapture, kSensorCamera}) {
            Wanted own;
            own.categories = {category};
            const mfvcam_handle camera = open_camera(own);
            EXPECT_HR(S_OK, mfvcam_add_device_source_info(camera, L"\\\\?\\usb"));
            EXPECT_HR(E_ACCESSDENIED, mfvcam_add_property(camera, &kSet, 90, 0x12, &byte, 1));
            EXPECT_HR(E_ACCESSDENIED,
                      mfvcam_add_registry_entry(camera, L"e", nullptr, REG_BINARY, &byte, 1));
            EXPECT_HR(S_OK, mfvcam_start(camera));
            EXPECT_HR(S_OK, mfvcam_stop(camera));
            EXPECT_HR(S_OK, mfvcam_remove(camera));
            EXPECT_HR(S_OK, mfvcam_release(camera));
        }
    }
    EXPECT_HR(S_OK, mfvcam_release(made));
}

TEST_F(BridgeContract, WhatIsAddedIsChecked) {
    const SwitchGuard administrator("administrator", "yes");
    const std::array<BYTE, 8> data{};
    const mfvcam_handle camera = open_camera();
    const auto property = [&](UINT32 type, UINT32 size) {
        return mfvcam_add_property(camera, &kSet, 90, type, data.data(), size);
    };
    const auto entry = [&](UINT32 type) {
        return mfvcam_add_registry_entry(camera, L"name", L"sub", type, data.data(), 8);
    };
    EXPECT_HR(S_OK, mfvcam_add_device_source_info(camera, L"\\\\?\\usb#one"));
    EXPECT_HR(S_OK, mfvcam_add_device_source_info(camera, L"\\\\?\\usb#two"));
    EXPECT_HR(E_INVALIDARG, mfvcam_add_device_source_info(camera, L""));
    EXPECT_HR(E_INVALIDARG, property(0, 8));
    EXPECT_HR(E_INVALIDARG, property(1, 8));
    EXPECT_HR(E_INVALIDARG, property(0x12, 0));
    for (UINT32 type = 2; type <= 0x19; ++type) {
        EXPECT_HR(S_OK, property(type, 8)) << type;
    }
    EXPECT_HR(E_INVALIDARG, entry(REG_NONE));
    for (const UINT32 type : std::to_array<UINT32>(
             {REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_MULTI_SZ, REG_QWORD})) {
        EXPECT_HR(S_OK, entry(type)) << type;
    }
    EXPECT_HR(S_OK, mfvcam_start(camera));
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

const switches::Definition& definition_of(const std::string& name) {
    for (const switches::Definition& each : switches::kDefinitions) {
        if (name == each.name) {
            return each;
        }
    }
    ADD_FAILURE() << name;
    return *std::begin(switches::kDefinitions);
}

// Undocumented: whatever Windows has for it comes through.
TEST_F(BridgeContract, WhatIsAddedAfterStartIsTakenOrRefusedAsWindowsSays) {
    const SwitchGuard administrator("administrator", "yes");
    const BYTE byte = 1;
    const mfvcam_handle camera = started_camera();
    for (const switches::Value& value : definition_of("add-after-start").values) {
        SCOPED_TRACE(value.name);
        const SwitchGuard guard("add-after-start", value.name);
        EXPECT_HR(value.code, mfvcam_add_device_source_info(camera, L"\\\\?\\usb"));
        EXPECT_HR(value.code, mfvcam_add_property(camera, &kSet, 90, 0x12, &byte, 1));
        EXPECT_HR(value.code,
                  mfvcam_add_registry_entry(camera, L"e", nullptr, REG_BINARY, &byte, 1));
    }
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, AttributesSetBeforeStartReachTheSourceAlsoAfterAStop) {
    UINT32 number = 0;
    std::array<wchar_t, 16> text{};
    FakeSource::program().insideActivate = [&](IMFAttributes* attributes) {
        attributes->GetUINT32(kKey, &number);
        attributes->GetString(kSet, text.data(), 16, nullptr);
    };
    const mfvcam_handle camera = open_camera();
    EXPECT_HR(S_OK, mfvcam_set_uint32(camera, &kKey, 77));
    EXPECT_HR(S_OK, mfvcam_set_string(camera, &kSet, L"seventy-eight"));
    for (int run = 0; run < 2; ++run) {
        number = 0;
        text = {};
        EXPECT_HR(S_OK, mfvcam_start(camera));
        EXPECT_EQ(77U, number);
        EXPECT_STREQ(L"seventy-eight", text.data());
        EXPECT_HR(S_OK, mfvcam_stop(camera));
    }
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, AStartedCameraHasItsLinkAndItsNameWithWindowsSuffix) {
    const mfvcam_handle camera = open_camera();
    EXPECT_EQ(L"(none)", text_of(camera, kSymbolicLink));
    EXPECT_HR(S_OK, mfvcam_start(camera));
    const std::wstring link = text_of(camera, kSymbolicLink);
    EXPECT_EQ(0U, link.find(L"\\\\?\\")) << "no link";
    EXPECT_EQ(L"Camera (Windows Virtual Camera)", text_of(camera, kFriendlyName));
    EXPECT_HR(S_OK, mfvcam_start(camera)) << "once more is allowed";
    EXPECT_EQ(1U, FakeSource::activations());
    EXPECT_EQ(link, text_of(camera, kSymbolicLink));
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, StopAndRemoveInvalidateTheClientsOfTheCamera) {
    const mfvcam_handle camera = open_camera();
    for (const auto end : {&mfvcam_stop, &mfvcam_remove}) {
        EXPECT_HR(S_OK, mfvcam_start(camera));
        mfvcam_handle handle = 0;
        ASSERT_HR(S_OK, mfvcam_get_media_source(camera, &handle));
        const auto source = com_pointer<IMFMediaSource>(handle);
        DWORD characteristics = 0;
        EXPECT_HR(S_OK, source->GetCharacteristics(&characteristics));
        EXPECT_HR(S_OK, end(camera));
        EXPECT_HR(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED,
                  source->GetCharacteristics(&characteristics));
        EXPECT_HR(S_OK, mfvcam_release(handle));
    }
    EXPECT_EQ(2U, FakeSource::shutdowns());
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, SendCameraPropertyReachesTheSourceInEachOfItsForms) {
    FakeSource::program().ksProperty = [](const KsPropertyCall& call, BYTE* payload, void* data,
                                          ULONG* returned) -> HRESULT {
        *returned = 5;
        if (data == nullptr) {
            return HRESULT_FROM_WIN32(ERROR_MORE_DATA);
        }
        if (call.dataLength < 5) {
            return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
        }
        std::memcpy(data, "frame", 5);
        if (!call.payload.empty()) {
            payload[0] = 'X';
        }
        return S_OK;
    };
    const mfvcam_handle camera = started_camera();
    std::array<BYTE, 8> data{};
    UINT32 written = 0;
    const auto send = [&](UINT32 flags, BYTE* payload, UINT32 payload_length, UINT32 length) {
        written = 99;
        return mfvcam_send_camera_property(camera, &kSet, 3, flags, payload, payload_length,
                                           length != 0 ? data.data() : nullptr, length, &written);
    };
    for (const UINT32 flags : {1U, 2U, 0x200U, 0x10000U}) {
        EXPECT_HR(HRESULT_FROM_WIN32(ERROR_MORE_DATA), send(flags, nullptr, 0, 0));
        EXPECT_EQ(5U, written) << "the size that is needed";
        EXPECT_HR(HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER), send(flags, nullptr, 0, 4));
        EXPECT_EQ(5U, written);
        data = {};
        EXPECT_HR(S_OK, send(flags, nullptr, 0, 8));
        EXPECT_EQ(5U, written);
        EXPECT_EQ(0, std::memcmp(data.data(), "frame", 5));
        KsPropertyCall call = FakeSource::ksProperties().back();
        EXPECT_TRUE(call.property.Set == kSet);
        EXPECT_EQ(3U, call.property.Id);
        EXPECT_EQ(flags, call.property.Flags);
        EXPECT_EQ(24U, call.propertyLength);
        EXPECT_EQ(8U, call.dataLength);

        std::array<BYTE, 3> payload = {'a', 'b', 'c'};
        EXPECT_HR(S_OK, send(flags, payload.data(), 3, 8));
        EXPECT_EQ('X', payload[0]) << "the payload is in and out";
        call = FakeSource::ksProperties().back();
        EXPECT_EQ(27U, call.propertyLength);
        EXPECT_EQ((std::vector<BYTE>{'a', 'b', 'c'}), call.payload);
    }
    const size_t calls = FakeSource::ksProperties().size();
    for (const UINT32 flags : {0U, 3U, 4U, 0x100U, 0x201U, 0x10000001U, 0xFFFFFFFFU}) {
        EXPECT_HR(E_INVALIDARG, send(flags, nullptr, 0, 8));
        EXPECT_EQ(0U, written);
    }
    EXPECT_EQ(calls, FakeSource::ksProperties().size()) << "a call that is not offered was made";
    for (const HRESULT code : {HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND),
                               HRESULT_FROM_WIN32(ERROR_NOT_FOUND), E_ACCESSDENIED, E_NOTIMPL}) {
        FakeSource::program().ksProperty = [code](auto&&...) { return code; };
        EXPECT_HR(code, send(1, nullptr, 0, 8));
        EXPECT_EQ(0U, written);
    }
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, TheSourceReceivesTheEventAsItWasAskedFor) {
    const mfvcam_handle camera = started_camera();
    const Handle own = event();
    for (const UINT32 flags : {kEnable, kOneshot}) {
        const mfvcam_handle object = sync(camera, own, flags);
        const KsEventCall call = FakeSource::ksEvents().back();
        EXPECT_TRUE(call.hasEvent);
        EXPECT_TRUE(call.event.Set == kSet);
        EXPECT_EQ(kEventId, call.event.Id);
        EXPECT_EQ(flags, call.event.Flags);
        EXPECT_EQ(static_cast<ULONG>(KSEVENTF_EVENT_HANDLE), call.contents.NotificationType);
        FakeSource::signal();
        EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(own.get(), kPatience));
        EXPECT_HR(S_OK, mfvcam_release(object));
    }
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, ShutdownDisablesOnceWhetherOrNotAWaitSucceeded) {
    for (const bool waited : {true, false}) {
        for (const auto end : {&mfvcam_shutdown, &mfvcam_release}) {
            const mfvcam_handle camera = started_camera();
            const Handle own = event();
            const size_t before = FakeSource::ksEvents().size();
            const mfvcam_handle object = sync(camera, own);
            if (waited) {
                FakeSource::signal();
            }
            EXPECT_HR(waited ? S_OK : S_FALSE, mfvcam_await(object, 0, nullptr));
            EXPECT_HR(S_OK, end(object));
            mfvcam_release(object);
            EXPECT_HR(S_OK, mfvcam_release(camera));
            const std::vector<KsEventCall> calls = FakeSource::ksEvents();
            ASSERT_EQ(before + 2, calls.size());
            EXPECT_TRUE(calls[before].hasEvent);
            EXPECT_FALSE(calls[before + 1].hasEvent);
            EXPECT_EQ(calls[before].data, calls[before + 1].data);
        }
    }
}

TEST_F(BridgeContract, AOneshotIsDisabledOnlyIfItHasNotFired) {
    const mfvcam_handle camera = started_camera();
    for (const bool fired : {true, false}) {
        const Handle own = event();
        const mfvcam_handle object = sync(camera, own, kOneshot);
        const size_t before = FakeSource::ksEvents().size();
        if (fired) {
            FakeSource::signal();
            EXPECT_HR(S_OK, mfvcam_wait_on_signal(object, kPatience));
            EXPECT_HR(MFVCAM_E_SPENT, mfvcam_wait_on_signal(object, 0));
        }
        EXPECT_HR(S_OK, mfvcam_shutdown(object));
        EXPECT_EQ(before + (fired ? 0 : 1), FakeSource::ksEvents().size());
        EXPECT_HR(S_OK, mfvcam_release(object));
    }
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, ASemaphoreIsReleasedByItsAdjustment) {
    const mfvcam_handle camera = started_camera();
    constexpr LONG most = std::numeric_limits<LONG>::max();
    for (const UINT32 flags : {kEnable, kOneshot}) {
        for (const LONG adjustment : {1L, 3L, most}) {
            const Handle semaphore(CreateSemaphoreW(nullptr, 0, most, nullptr));
            mfvcam_handle object = 0;
            ASSERT_HR(S_OK, mfvcam_create_sync_semaphore(camera, &kSet, 2, flags, semaphore.get(),
                                                         adjustment, &object));
            const KsEventCall call = FakeSource::ksEvents().back();
            EXPECT_EQ(2U, call.event.Id);
            EXPECT_EQ(flags, call.event.Flags);
            EXPECT_EQ(static_cast<ULONG>(KSEVENTF_SEMAPHORE_HANDLE),
                      call.contents.NotificationType);
            EXPECT_EQ(adjustment, call.contents.SemaphoreHandle.Adjustment);
            FakeSource::signal();
            EXPECT_HR(S_OK, mfvcam_await(object, kPatience, nullptr));
            LONG left = 0;
            if (adjustment == most) {
                // One is taken: so much room there is.
                EXPECT_TRUE(ReleaseSemaphore(semaphore.get(), 1, &left));
            } else {
                EXPECT_TRUE(ReleaseSemaphore(semaphore.get(), 5, &left));
            }
            EXPECT_EQ(adjustment - 1, left);
            EXPECT_HR(S_OK, mfvcam_release(object));
        }
    }
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, BadSemaphoresDoNotReachTheSource) {
    const mfvcam_handle camera = started_camera();
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
    const Handle own = event();
    const auto create = [&](UINT32 flags, HANDLE handle, LONG adjustment) {
        mfvcam_handle object = 1;
        const HRESULT hr =
            mfvcam_create_sync_semaphore(camera, &kSet, 2, flags, handle, adjustment, &object);
        EXPECT_EQ(0U, object);
        return hr;
    };
    for (const LONG adjustment : {0L, -1L, std::numeric_limits<LONG>::min()}) {
        EXPECT_HR(E_INVALIDARG, create(kEnable, semaphore.get(), adjustment));
    }
    for (const UINT32 flags : {0U, 3U, 4U, 0x200U, 0xFFFFFFFFU}) {
        EXPECT_HR(E_INVALIDARG, create(flags, semaphore.get(), 1));
    }
    for (HANDLE const handle :
         {static_cast<HANDLE>(nullptr), INVALID_HANDLE_VALUE, GetCurrentProcess(), own.get()}) {
        EXPECT_HR(E_HANDLE, create(kEnable, handle, 1));
    }
    EXPECT_EQ(0U, FakeSource::ksEvents().size());
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

TEST_F(BridgeContract, TheCamerasShutdownEndsAllItHasGiven) {
    const mfvcam_handle camera = started_camera();
    const Handle own = event();
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
    std::array<mfvcam_handle, 4> syncs = {sync(camera, own), sync(camera, own, kOneshot), 0, 0};
    for (size_t i = 2; i < syncs.size(); ++i) {
        ASSERT_HR(S_OK, mfvcam_create_sync_semaphore(camera, &kSet, 2, i == 2 ? kEnable : kOneshot,
                                                     semaphore.get(), 1, &syncs[i]));
    }
    mfvcam_handle source = 0;
    ASSERT_HR(S_OK, mfvcam_get_media_source(camera, &source));
    const auto plain_source = com_pointer<IMFMediaSource>(source);
    const auto plain_sync = com_pointer<IMFCameraSyncObject>(syncs[0]);

    EXPECT_HR(S_OK, mfvcam_shutdown(camera));

    EXPECT_EQ(0U, FakeSource::registrations());
    void* pointer = nullptr;
    for (const mfvcam_handle object : syncs) {
        EXPECT_HR(MF_E_SHUTDOWN, mfvcam_await(object, INFINITE, nullptr));
        EXPECT_HR(MF_E_SHUTDOWN, mfvcam_get_com_pointer(object, &pointer));
        EXPECT_HR(S_OK, mfvcam_shutdown(object)) << "no harm in telling it again";
        EXPECT_HR(S_OK, mfvcam_release(object));
    }
    mfvcam_handle reader = 1;
    mfvcam_format format{};
    EXPECT_HR(MF_E_SHUTDOWN, mfvcam_open_reader(source, &MFVideoFormat_NV12, &format, &reader));
    EXPECT_EQ(0U, reader);
    EXPECT_HR(MF_E_SHUTDOWN, mfvcam_get_com_pointer(source, &pointer));
    EXPECT_HR(S_OK, mfvcam_release(source));
    DWORD characteristics = 0;
    EXPECT_HR(MF_E_SHUTDOWN, plain_source->GetCharacteristics(&characteristics));
    EXPECT_HR(MF_E_SHUTDOWN, plain_sync->WaitOnSignal(0));
    EXPECT_HR(S_OK, mfvcam_shutdown(camera)) << "twice is once";
    EXPECT_EQ(1U, FakeSource::shutdowns());
    EXPECT_HR(S_OK, mfvcam_release(camera));
}

// What each call answers in a state of the camera.
struct Answers {
    HRESULT source;
    HRESULT property;
    HRESULT event;
    HRESULT semaphore;
};

void expect_answers(const char* state, mfvcam_handle camera, const Answers& expected) {
    SCOPED_TRACE(state);
    const Handle own(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
    EXPECT_HR(expected.source, try_source(camera));
    UINT32 written = 1;
    EXPECT_HR(expected.property,
              mfvcam_send_camera_property(camera, &kSet, 1, 1, nullptr, 0, nullptr, 0, &written));
    EXPECT_EQ(0U, written);
    mfvcam_handle object = 1;
    EXPECT_HR(expected.event,
              mfvcam_create_sync_event(camera, &kSet, 1, kEnable, own.get(), &object));
    EXPECT_EQ(SUCCEEDED(expected.event), object != 0);
    mfvcam_release(object);
    object = 1;
    EXPECT_HR(expected.semaphore,
              mfvcam_create_sync_semaphore(camera, &kSet, 1, kEnable, semaphore.get(), 1, &object));
    EXPECT_EQ(SUCCEEDED(expected.semaphore), object != 0);
    mfvcam_release(object);
}

// Whatever code Windows has for calls that need a started camera.
TEST_F(BridgeContract, EachCallAnswersInEachState) {
    constexpr HRESULT no_such_set = HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
    for (const switches::Value& value : definition_of("before-start").values) {
        SCOPED_TRACE(value.name);
        const SwitchGuard guard("before-start", value.name);
        const HRESULT early = value.code;
        const Answers not_started = {early, early, early, early};
        const Answers works = {S_OK, no_such_set, S_OK, S_OK};
        const mfvcam_handle camera = open_camera();
        expect_answers("created", camera, not_started);
        EXPECT_HR(kNoSuchCamera, mfvcam_stop(camera));
        EXPECT_HR(kNoSuchCamera, mfvcam_remove(camera));
        EXPECT_HR(S_OK, mfvcam_add_device_source_info(camera, L"\\\\?\\usb"));
        EXPECT_HR(S_OK, mfvcam_set_uint32(camera, &kKey, 1));
        EXPECT_HR(S_OK, mfvcam_start(camera));
        expect_answers("started", camera, works);
        EXPECT_HR(S_OK, mfvcam_stop(camera));
        expect_answers("stopped", camera, not_started);
        EXPECT_HR(S_OK, mfvcam_start(camera));
        expect_answers("started again", camera, works);
        EXPECT_HR(S_OK, mfvcam_remove(camera));
        // What is refused by the bridge itself, as mfvcam_remove says.
        expect_answers("removed", camera,
                       {early, early, MFVCAM_E_CAMERA_LOST, MFVCAM_E_CAMERA_LOST});
        EXPECT_HR(kNoSuchCamera, mfvcam_stop(camera));
        EXPECT_HR(S_OK, mfvcam_shutdown(camera));
        expect_answers("shut down", camera,
                       {MF_E_SHUTDOWN, MF_E_SHUTDOWN, MF_E_SHUTDOWN, MF_E_SHUTDOWN});
        EXPECT_HR(MF_E_SHUTDOWN, mfvcam_start(camera));
        EXPECT_HR(MF_E_SHUTDOWN, mfvcam_stop(camera));
        EXPECT_HR(MF_E_SHUTDOWN, mfvcam_remove(camera));
        EXPECT_HR(MF_E_SHUTDOWN, mfvcam_add_device_source_info(camera, L"\\\\?\\usb"));
        EXPECT_HR(MF_E_SHUTDOWN, mfvcam_set_uint32(camera, &kKey, 1));
        EXPECT_HR(S_OK, mfvcam_release(camera));
    }
}

}  // namespace
}  // namespace mfvcam::simulator_test
