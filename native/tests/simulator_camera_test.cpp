#include <mferror.h>

#include <array>
#include <cstring>
#include <string>

#include "choices.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

namespace choices = simulator::choices;

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
constexpr DEVPROPTYPE kString = 0x12;

std::wstring stringOf(IMFAttributes* attributes, REFGUID key) {
    std::array<wchar_t, 256> text{};
    return SUCCEEDED(attributes->GetString(key, text.data(), 256, nullptr)) ? text.data()
                                                                            : L"(none)";
}

class SimulatorCamera : public SimulatorTest {
 protected:
    // Every call that needs the media source answers as it must while there is none.
    static void expectNoSource(IMFVirtualCamera* camera) {
        auto* source = reinterpret_cast<IMFMediaSource*>(1);
        EXPECT_HR(kNotStarted, camera->GetMediaSource(&source));
        EXPECT_EQ(nullptr, source);
        ULONG written = 5;
        EXPECT_HR(kNotStarted, camera->SendCameraProperty(kSet, 1, KSPROPERTY_TYPE_GET, nullptr, 0,
                                                          nullptr, 0, &written));
        EXPECT_EQ(0U, written);
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
        EXPECT_HR(kNotStarted,
                  camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), &syncObject));
        EXPECT_EQ(nullptr, syncObject);
        const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
        syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
        EXPECT_HR(kNotStarted, camera->CreateSyncSemaphore(kSet, 0, KSEVENT_TYPE_ENABLE,
                                                           semaphore.get(), 1, &syncObject));
        EXPECT_EQ(nullptr, syncObject);
    }

    static bool usable(IMFVirtualCamera* camera) {
        ComPtr<IMFMediaSource> source;
        const HRESULT hr = camera->GetMediaSource(source.put());
        if (source) {
            source->Shutdown();
        }
        return SUCCEEDED(hr);
    }
};

TEST_F(SimulatorCamera, BeforeStartIsConfigurationOnly) {
    const ComPtr<IMFVirtualCamera> camera = created();
    expectNoSource(camera.get());
    EXPECT_HR(kNoSuchCamera, camera->Stop());
    EXPECT_HR(kNoSuchCamera, camera->Remove());
    EXPECT_EQ(L"(none)", stringOf(camera.get(), kSymbolicLink));
    EXPECT_HR(S_OK, camera->SetUINT32(kKey, 4));
    EXPECT_EQ(0U, FakeSource::activations());
    // Nothing of that has hurt it.
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_TRUE(usable(camera.get()));
}

TEST_F(SimulatorCamera, StartActivatesOnceAndDescribesTheCamera) {
    const ComPtr<IMFVirtualCamera> camera = started();
    EXPECT_EQ(1U, FakeSource::activations());
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_EQ(1U, FakeSource::activations());
    EXPECT_EQ(0U, stringOf(camera.get(), kSymbolicLink).find(L"\\\\?\\mfvcam-simulator#"));
    EXPECT_EQ(L"Test camera (Windows Virtual Camera)", stringOf(camera.get(), kFriendlyName));
    EXPECT_EQ(0U, FakeSource::starts());
}

TEST_F(SimulatorCamera, AttributesReachTheActivateObjectBeforeItActivates) {
    UINT32 value = 0;
    UINT32 own = 0;
    std::wstring link;
    std::wstring text;
    FakeSource::program().insideActivate = [&](IMFAttributes* attributes) {
        attributes->GetUINT32(kKey, &value);
        attributes->GetUINT32(FakeSource::kOwnRequest, &own);
        link = stringOf(attributes, kSymbolicLink);
        text = stringOf(attributes, kSet);
    };
    const ComPtr<IMFVirtualCamera> camera = created();
    EXPECT_HR(S_OK, camera->SetUINT32(kKey, 77));
    EXPECT_HR(S_OK, camera->SetString(kSet, L"seventy-eight"));
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_EQ(77U, value);
    EXPECT_EQ(L"seventy-eight", text);
    EXPECT_EQ(1U, own) << "what the source asked of the pipeline was wiped";
    EXPECT_EQ(stringOf(camera.get(), kSymbolicLink), link);
}

TEST_F(SimulatorCamera, StartFailsWithTheCodesOfActivationAndWorksOnceTheyAreGone) {
    FakeSource::revokeClass();
    const ComPtr<IMFVirtualCamera> camera = created();
    EXPECT_HR(REGDB_E_CLASSNOTREG, camera->Start(nullptr));
    ASSERT_HR(S_OK, FakeSource::registerClass());
    FakeSource::program().activate = E_ACCESSDENIED;
    EXPECT_HR(E_ACCESSDENIED, camera->Start(nullptr));
    expectNoSource(camera.get());
    FakeSource::program().activate = S_OK;
    FakeSource::program().activateWithoutObject = true;
    EXPECT_HR(choices::kNoObject, camera->Start(nullptr));
    EXPECT_HR(kNoSuchCamera, camera->Stop());
    FakeSource::program().activateWithoutObject = false;
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_TRUE(usable(camera.get()));
}

TEST_F(SimulatorCamera, StopAndRemoveEndTheSourceAndStartBringsItBack) {
    const ComPtr<IMFVirtualCamera> camera = started();
    EXPECT_HR(S_OK, camera->Stop());
    EXPECT_EQ(1U, FakeSource::shutdowns());
    expectNoSource(camera.get());
    EXPECT_HR(S_OK, camera->Stop());
    EXPECT_EQ(1U, FakeSource::shutdowns());
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_EQ(2U, FakeSource::activations());
    EXPECT_TRUE(usable(camera.get()));
    EXPECT_HR(S_OK, camera->Remove());
    EXPECT_EQ(2U, FakeSource::shutdowns());
    expectNoSource(camera.get());
    EXPECT_HR(kNoSuchCamera, camera->Stop());
    EXPECT_HR(kNoSuchCamera, camera->Remove());
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_EQ(3U, FakeSource::activations());
    EXPECT_HR(S_OK, camera->Shutdown());
    EXPECT_EQ(3U, FakeSource::shutdowns());
}

TEST_F(SimulatorCamera, EverythingAnswersShutdownAfterShutdown) {
    const ComPtr<IMFVirtualCamera> camera = started();
    EXPECT_HR(S_OK, camera->Shutdown());
    EXPECT_EQ(1U, FakeSource::shutdowns());

    EXPECT_HR(MF_E_SHUTDOWN, camera->Start(nullptr));
    EXPECT_HR(MF_E_SHUTDOWN, camera->Stop());
    EXPECT_HR(MF_E_SHUTDOWN, camera->Remove());
    EXPECT_HR(MF_E_SHUTDOWN, camera->Shutdown());
    EXPECT_HR(MF_E_SHUTDOWN, camera->AddDeviceSourceInfo(L"link"));
    const BYTE byte = 1;
    EXPECT_HR(MF_E_SHUTDOWN, camera->AddProperty(&kPropertyKey, kString, &byte, 1));
    EXPECT_HR(MF_E_SHUTDOWN, camera->AddRegistryEntry(L"e", nullptr, REG_BINARY, &byte, 1));
    auto* source = reinterpret_cast<IMFMediaSource*>(1);
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetMediaSource(&source));
    EXPECT_EQ(nullptr, source);
    ULONG written = 1;
    EXPECT_HR(MF_E_SHUTDOWN, camera->SendCameraProperty(kSet, 1, KSPROPERTY_TYPE_GET, nullptr, 0,
                                                        nullptr, 0, &written));
    EXPECT_EQ(0U, written);
    auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    EXPECT_HR(MF_E_SHUTDOWN,
              camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), &syncObject));
    EXPECT_EQ(nullptr, syncObject);
    syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
    EXPECT_HR(MF_E_SHUTDOWN, camera->CreateSyncSemaphore(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(),
                                                         1, &syncObject));
    EXPECT_EQ(nullptr, syncObject);

    PROPVARIANT value;
    PropVariantInit(&value);
    MF_ATTRIBUTE_TYPE type = MF_ATTRIBUTE_IUNKNOWN;
    BOOL same = FALSE;
    UINT32 small = 0;
    UINT64 large = 0;
    double real = 0;
    GUID guid{};
    std::array<wchar_t, 4> text{};
    std::array<BYTE, 4> blob{};
    auto* string = reinterpret_cast<LPWSTR>(1);
    auto* bytes = reinterpret_cast<UINT8*>(1);
    auto* unknown = reinterpret_cast<void*>(1);
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetItem(kKey, &value));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetItemType(kKey, &type));
    EXPECT_HR(MF_E_SHUTDOWN, camera->CompareItem(kKey, value, &same));
    EXPECT_HR(MF_E_SHUTDOWN, camera->Compare(camera.get(), MF_ATTRIBUTES_MATCH_ALL_ITEMS, &same));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetUINT32(kKey, &small));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetUINT64(kKey, &large));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetDouble(kKey, &real));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetGUID(kKey, &guid));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetStringLength(kKey, &small));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetString(kKey, text.data(), 4, nullptr));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetAllocatedString(kKey, &string, &small));
    EXPECT_EQ(nullptr, string);
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetBlobSize(kKey, &small));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetBlob(kKey, blob.data(), 4, nullptr));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetAllocatedBlob(kKey, &bytes, &small));
    EXPECT_EQ(nullptr, bytes);
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetUnknown(kKey, __uuidof(IUnknown), &unknown));
    EXPECT_EQ(nullptr, unknown);
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetItem(kKey, value));
    EXPECT_HR(MF_E_SHUTDOWN, camera->DeleteItem(kKey));
    EXPECT_HR(MF_E_SHUTDOWN, camera->DeleteAllItems());
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetUINT32(kKey, 1));
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetUINT64(kKey, 1));
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetDouble(kKey, 1));
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetGUID(kKey, kKey));
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetString(kKey, L"a"));
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetBlob(kKey, blob.data(), 4));
    EXPECT_HR(MF_E_SHUTDOWN, camera->SetUnknown(kKey, nullptr));
    EXPECT_HR(MF_E_SHUTDOWN, camera->LockStore());
    EXPECT_HR(MF_E_SHUTDOWN, camera->UnlockStore());
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetCount(&small));
    EXPECT_HR(MF_E_SHUTDOWN, camera->GetItemByIndex(0, &guid, &value));
    EXPECT_HR(MF_E_SHUTDOWN, camera->CopyAllItems(camera.get()));
}

TEST_F(SimulatorCamera, LastReleaseWithoutShutdownEndsASessionCamera) {
    ComPtr<IMFVirtualCamera> camera = started();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const ComPtr<IMFCameraSyncObject> syncObject = syncEvent(camera.get(), event.get());
    ComPtr<IMFMediaSource> source;
    ASSERT_HR(S_OK, camera->GetMediaSource(source.put()));
    camera.reset();
    EXPECT_EQ(1U, FakeSource::shutdowns());
    EXPECT_HR(MF_E_SHUTDOWN, syncObject->WaitOnSignal(0));
    DWORD characteristics = 0;
    EXPECT_HR(MF_E_SHUTDOWN, source->GetCharacteristics(&characteristics));
    const ComPtr<IMFVirtualCamera> next = created();
    expectNoSource(next.get());
}

TEST_F(SimulatorCamera, SameParametersOpenTheSameCamera) {
    const ComPtr<IMFVirtualCamera> first = started();
    const ComPtr<IMFVirtualCamera> second = created();
    EXPECT_TRUE(usable(second.get())) << "valid at once";
    EXPECT_EQ(stringOf(first.get(), kSymbolicLink), stringOf(second.get(), kSymbolicLink));
    EXPECT_HR(S_OK, second->Start(nullptr));
    EXPECT_EQ(1U, FakeSource::activations());

    // The default categories, named.
    const std::array categories = {kCapture, kVideoCamera, kVideo, kCapture};
    Parameters named;
    named.categories = categories.data();
    named.categoryCount = 4;
    EXPECT_TRUE(usable(created(named).get()));

    // Ends with the last object that opened it.
    EXPECT_HR(S_OK, first->Shutdown());
    EXPECT_EQ(0U, FakeSource::shutdowns());
    EXPECT_TRUE(usable(second.get()));
    EXPECT_HR(S_OK, second->Shutdown());
    EXPECT_EQ(1U, FakeSource::shutdowns());
}

TEST_F(SimulatorCamera, AnyOtherParameterIsAnotherCamera) {
    const ComPtr<IMFVirtualCamera> camera = started();
    Parameters other;
    other.name = L"test camera";
    expectNoSource(created(other).get());
    other = {};
    other.lifetime = MFVirtualCameraLifetime_System;
    expectNoSource(created(other).get());
    other = {};
    other.access = MFVirtualCameraAccess_AllUsers;
    expectNoSource(created(other).get());
    other = {};
    other.categories = &kCapture;
    other.categoryCount = 1;
    expectNoSource(created(other).get());
    EXPECT_EQ(1U, FakeSource::activations());
}

TEST_F(SimulatorCamera, RemovingACameraEndsItForAllObjects) {
    const ComPtr<IMFVirtualCamera> first = started();
    const ComPtr<IMFVirtualCamera> second = created();
    ComPtr<IMFMediaSource> source;
    ASSERT_HR(S_OK, second->GetMediaSource(source.put()));
    EXPECT_HR(S_OK, first->Remove());
    EXPECT_EQ(1U, FakeSource::shutdowns());
    expectNoSource(second.get());
    DWORD characteristics = 0;
    EXPECT_HR(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED,
              source->GetCharacteristics(&characteristics));
    EXPECT_HR(S_OK, source->Shutdown());
    EXPECT_HR(S_OK, second->Start(nullptr));
    EXPECT_EQ(2U, FakeSource::activations());
    EXPECT_TRUE(usable(first.get())) << "the same parameters, so the same camera once more";
}

TEST_F(SimulatorCamera, AnObjectThatWasNeverStartedStopsAndRemovesTheCameraThatExists) {
    const ComPtr<IMFVirtualCamera> first = started();
    const ComPtr<IMFVirtualCamera> second = created();
    EXPECT_HR(S_OK, second->Stop());
    EXPECT_EQ(1U, FakeSource::shutdowns());
    expectNoSource(first.get());
    EXPECT_HR(S_OK, first->Start(nullptr));
    EXPECT_TRUE(usable(second.get()));
    EXPECT_HR(S_OK, second->Remove());
    EXPECT_EQ(2U, FakeSource::shutdowns());
    EXPECT_HR(kNoSuchCamera, first->Stop());
}

TEST_F(SimulatorCamera, StopKeepsTheConfiguration) {
    UINT32 value = 0;
    FakeSource::program().insideActivate = [&](IMFAttributes* attributes) {
        attributes->GetUINT32(kKey, &value);
    };
    const ComPtr<IMFVirtualCamera> camera = created();
    EXPECT_HR(S_OK, camera->SetUINT32(kKey, 5));
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_HR(S_OK, camera->Stop());
    value = 0;
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_EQ(5U, value);
}

TEST_F(SimulatorCamera, WhatNeedsAnAdministratorIsRefusedToOthersAndNothingElse) {
    Parameters everybodys;
    everybodys.access = MFVirtualCameraAccess_AllUsers;
    const ComPtr<IMFVirtualCamera> made = started(everybodys);
    const SwitchGuard guard("administrator", "no");
    const auto refused = [](const Parameters& parameters) {
        ComPtr<IMFVirtualCamera> camera;
        EXPECT_HR(E_ACCESSDENIED, create(parameters, camera));
        EXPECT_FALSE(camera);
    };
    refused(everybodys);
    EXPECT_HR(E_ACCESSDENIED, made->Stop());
    EXPECT_HR(E_ACCESSDENIED, made->Remove());
    EXPECT_EQ(0U, FakeSource::shutdowns());
    std::array categories = {kVideoCamera, kVideo, kCapture, kSensorCamera};
    Parameters own;
    own.categories = categories.data();
    own.categoryCount = 4;
    const ComPtr<IMFVirtualCamera> camera = started(own);
    EXPECT_HR(S_OK, camera->AddDeviceSourceInfo(L"\\\\?\\usb#camera"));
    const BYTE byte = 1;
    EXPECT_HR(E_ACCESSDENIED, camera->AddProperty(&kPropertyKey, kString, &byte, 1));
    EXPECT_HR(E_ACCESSDENIED, camera->AddRegistryEntry(L"e", nullptr, REG_BINARY, &byte, 1));
    EXPECT_HR(E_INVALIDARG, camera->AddProperty(nullptr, kString, &byte, 1));
    EXPECT_HR(S_OK, camera->Stop());
    EXPECT_HR(S_OK, camera->Remove());
    categories[2] = kSet;
    refused(own);
}

TEST_F(SimulatorCamera, ASystemCameraOutlivesItsObjectsUntilRemove) {
    Parameters system;
    system.lifetime = MFVirtualCameraLifetime_System;
    ComPtr<IMFVirtualCamera> camera = started(system);
    EXPECT_HR(S_OK, camera->Shutdown());
    camera.reset();
    EXPECT_EQ(0U, FakeSource::shutdowns());
    camera = created(system);
    EXPECT_TRUE(usable(camera.get()));
    EXPECT_EQ(1U, FakeSource::activations());
    EXPECT_HR(S_OK, camera->Remove());
    EXPECT_EQ(1U, FakeSource::shutdowns());
}

TEST_F(SimulatorCamera, ChecksWhatIsAddedToIt) {
    const ComPtr<IMFVirtualCamera> camera = created();
    const auto* data = reinterpret_cast<const BYTE*>(L"a");
    EXPECT_HR(E_INVALIDARG, camera->AddDeviceSourceInfo(nullptr));
    EXPECT_HR(E_INVALIDARG, camera->AddDeviceSourceInfo(L""));
    EXPECT_HR(S_OK, camera->AddDeviceSourceInfo(L"\\\\?\\usb#camera"));
    EXPECT_HR(S_OK, camera->AddDeviceSourceInfo(L"\\\\?\\usb#another"));

    EXPECT_HR(E_INVALIDARG, camera->AddProperty(nullptr, kString, data, 4));
    EXPECT_HR(E_INVALIDARG, camera->AddProperty(&kPropertyKey, 0, data, 4));
    EXPECT_HR(E_INVALIDARG, camera->AddProperty(&kPropertyKey, 1, data, 4));
    EXPECT_HR(choices::kBadDeviceProperty, camera->AddProperty(&kPropertyKey, 0x1A, data, 4));
    EXPECT_HR(choices::kBadDeviceProperty, camera->AddProperty(&kPropertyKey, 0x3012, data, 4));
    EXPECT_HR(choices::kBadDeviceProperty, camera->AddProperty(&kPropertyKey, 0x10012, data, 4));
    EXPECT_HR(choices::kBadDeviceProperty, camera->AddProperty(&kPropertyKey, kString, nullptr, 4));
    EXPECT_HR(S_OK, camera->AddProperty(&kPropertyKey, kString, data, 4));
    EXPECT_HR(S_OK, camera->AddProperty(&kPropertyKey, 0x2012, data, 4));
    EXPECT_HR(S_OK, camera->AddProperty(&kPropertyKey, 0x1003, data, 4));

    EXPECT_HR(E_INVALIDARG, camera->AddRegistryEntry(nullptr, nullptr, REG_SZ, data, 4));
    EXPECT_HR(E_INVALIDARG, camera->AddRegistryEntry(L"e", nullptr, REG_NONE, data, 4));
    EXPECT_HR(choices::kBadRegistryEntry, camera->AddRegistryEntry(L"e", nullptr, 12, data, 4));
    EXPECT_HR(choices::kBadRegistryEntry,
              camera->AddRegistryEntry(L"e", nullptr, REG_SZ, nullptr, 4));
    EXPECT_HR(S_OK, camera->AddRegistryEntry(L"e", nullptr, REG_SZ, data, 4));
    EXPECT_HR(S_OK, camera->AddRegistryEntry(L"e", L"sub\\key", REG_DWORD, data, 4));
}

TEST_F(SimulatorCamera, SendCameraPropertyChecksBeforeItCalls) {
    const ComPtr<IMFVirtualCamera> camera = started();
    std::array<BYTE, 8> buffer{};
    ULONG written = 9;
    const auto send = [&](ULONG flags, void* payload, ULONG payloadLength, void* data,
                          ULONG dataLength) {
        written = 9;
        return camera->SendCameraProperty(kSet, 3, flags, payload, payloadLength, data, dataLength,
                                          &written);
    };
    EXPECT_HR(E_POINTER, camera->SendCameraProperty(kSet, 3, KSPROPERTY_TYPE_GET, nullptr, 0,
                                                    buffer.data(), 8, nullptr));
    for (const ULONG flags :
         {0UL, 3UL, 4UL, 0x100UL, 0x201UL, 0x10001UL, 0x10000000UL, 0x10000001UL, 0xFFFFFFFFUL}) {
        EXPECT_HR(choices::kUnsupportedFlags, send(flags, nullptr, 0, buffer.data(), 8));
        EXPECT_EQ(0U, written);
    }
    EXPECT_HR(choices::kBadBuffer, send(KSPROPERTY_TYPE_GET, nullptr, 1, buffer.data(), 8));
    EXPECT_HR(choices::kBadBuffer, send(KSPROPERTY_TYPE_GET, nullptr, 0, nullptr, 8));
    EXPECT_HR(choices::kBadBuffer,
              send(KSPROPERTY_TYPE_GET, buffer.data(), 0xFFFFFFFF, buffer.data(), 8));
    EXPECT_EQ(0U, FakeSource::ksProperties().size());
}

TEST_F(SimulatorCamera, SendCameraPropertyPutsThePayloadBehindTheKsProperty) {
    const ComPtr<IMFVirtualCamera> camera = started();
    FakeSource::program().ksProperty = [](const KsPropertyCall& call, BYTE* payload, void* data,
                                          ULONG* returned) -> HRESULT {
        if (data == nullptr) {
            *returned = 5;
            return HRESULT_FROM_WIN32(ERROR_MORE_DATA);
        }
        if (call.dataLength < 5) {
            *returned = 5;
            return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
        }
        std::memcpy(data, "frame", 5);
        *returned = 5;
        if (!call.payload.empty()) {
            payload[0] = 'X';
        }
        return S_OK;
    };
    std::array<BYTE, 3> payload = {'a', 'b', 'c'};
    std::array<BYTE, 8> data{};
    ULONG written = 0;
    EXPECT_HR(S_OK, camera->SendCameraProperty(kSet, 3, KSPROPERTY_TYPE_GET, payload.data(), 3,
                                               data.data(), 8, &written));
    EXPECT_EQ(5U, written);
    EXPECT_EQ(0, std::memcmp(data.data(), "frame", 5));
    EXPECT_EQ('X', payload[0]) << "the payload is in and out";
    const auto calls = FakeSource::ksProperties();
    ASSERT_EQ(1U, calls.size());
    EXPECT_EQ(27U, calls[0].propertyLength);
    EXPECT_TRUE(calls[0].property.Set == kSet);
    EXPECT_EQ(3U, calls[0].property.Id);
    EXPECT_EQ(KSPROPERTY_TYPE_GET, calls[0].property.Flags);
    EXPECT_EQ((std::vector<BYTE>{'a', 'b', 'c'}), calls[0].payload);
    EXPECT_EQ(8U, calls[0].dataLength);

    EXPECT_HR(
        HRESULT_FROM_WIN32(ERROR_MORE_DATA),
        camera->SendCameraProperty(kSet, 3, KSPROPERTY_TYPE_GET, nullptr, 0, nullptr, 0, &written));
    EXPECT_EQ(5U, written);
    EXPECT_EQ(24U, FakeSource::ksProperties().back().propertyLength);
    EXPECT_HR(HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER),
              camera->SendCameraProperty(kSet, 3, 0x200, nullptr, 0, data.data(), 4, &written));
    EXPECT_EQ(5U, written);
    EXPECT_HR(S_OK,
              camera->SendCameraProperty(kSet, 3, 0x10000, nullptr, 0, data.data(), 8, &written));
    EXPECT_HR(S_OK, camera->SendCameraProperty(kSet, 3, KSPROPERTY_TYPE_SET, nullptr, 0,
                                               data.data(), 8, &written));
}

TEST_F(SimulatorCamera, CodesOfThePropertyComeThrough) {
    const ComPtr<IMFVirtualCamera> camera = started();
    ULONG written = 9;
    EXPECT_HR(
        HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND),
        camera->SendCameraProperty(kSet, 3, KSPROPERTY_TYPE_GET, nullptr, 0, nullptr, 0, &written));
    EXPECT_EQ(0U, written);
}

TEST_F(SimulatorCamera, ASourceWithoutKsControlHasNeitherEventsNorProperties) {
    FakeSource::program().withoutKsControl = true;
    const ComPtr<IMFVirtualCamera> camera = started();
    ULONG written = 9;
    EXPECT_HR(choices::kNoKsControl, camera->SendCameraProperty(kSet, 3, KSPROPERTY_TYPE_GET,
                                                                nullptr, 0, nullptr, 0, &written));
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    auto* syncObject = reinterpret_cast<IMFCameraSyncObject*>(1);
    EXPECT_HR(choices::kNoKsControl,
              camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), &syncObject));
    EXPECT_EQ(nullptr, syncObject);
}

TEST_F(SimulatorCamera, ASourceWithoutEventsStarts) {
    FakeSource::program().beginGetEvent = E_NOTIMPL;
    const ComPtr<IMFVirtualCamera> camera = started();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    EXPECT_TRUE(syncEvent(camera.get(), event.get()));
}

}  // namespace
}  // namespace mfvcam::simulator_test
