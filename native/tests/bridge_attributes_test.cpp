#include <gtest/gtest.h>
#include <mfapi.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "bridge_test.h"
#include "forwarded_attributes.h"

namespace mfvcam::tests {
namespace {

constexpr GUID key = {0x11111111, 0x2222, 0x3333, {4, 5, 6, 7, 8, 9, 10, 11}};
constexpr GUID other_key = {0x21111111, 0x2222, 0x3333, {4, 5, 6, 7, 8, 9, 10, 11}};
constexpr HRESULT too_small = HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);

class AttributesTest : public BridgeTest {
 protected:
    void SetUp() override {
        BridgeTest::SetUp();
        camera_ = open_camera();
    }

    void TearDown() override {
        EXPECT_EQ(mfvcam_release(camera_), S_OK);
        BridgeTest::TearDown();
    }

    [[nodiscard]] UINT32 type_of(const GUID& of) const {
        UINT32 type = 1;
        return SUCCEEDED(mfvcam_get_item_type(camera_, &of, &type)) ? type : 0;
    }

    [[nodiscard]] bool equals(UINT32 type, const void* value, UINT32 size) const {
        BOOL same = FALSE;
        EXPECT_EQ(mfvcam_compare_item(camera_, &key, type, value, size, &same), S_OK);
        return same != FALSE;
    }

    mfvcam_handle camera_ = 0;
};

TEST_F(AttributesTest, NumbersComeBack) {
    UINT32 small = 1;
    EXPECT_EQ(mfvcam_get_uint32(camera_, &key, &small), MF_E_ATTRIBUTENOTFOUND);
    EXPECT_EQ(small, 0U);
    EXPECT_EQ(mfvcam_set_uint32(camera_, &key, 0xFFFFFFFE), S_OK);
    EXPECT_EQ(mfvcam_get_uint32(camera_, &key, &small), S_OK);
    EXPECT_EQ(small, 0xFFFFFFFE);
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_UINT32);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_UINT32, &small, sizeof(small)));

    UINT64 large = 1;
    EXPECT_EQ(mfvcam_get_uint64(camera_, &key, &large), MF_E_INVALIDTYPE);
    EXPECT_EQ(large, 0U);
    EXPECT_EQ(mfvcam_set_uint64(camera_, &key, 0xFFFFFFFFFFFFFFFD), S_OK);
    EXPECT_EQ(mfvcam_get_uint64(camera_, &key, &large), S_OK);
    EXPECT_EQ(large, 0xFFFFFFFFFFFFFFFD);
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_UINT64);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_UINT64, &large, sizeof(large)));
    EXPECT_FALSE(equals(MFVCAM_ATTRIBUTE_UINT32, &small, sizeof(small)));

    double real = 1;
    EXPECT_EQ(mfvcam_set_double(camera_, &key, -0.125), S_OK);
    EXPECT_EQ(mfvcam_get_double(camera_, &key, &real), S_OK);
    EXPECT_EQ(real, -0.125);
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_DOUBLE);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_DOUBLE, &real, sizeof(real)));
}

TEST_F(AttributesTest, GuidsComeBack) {
    GUID value{};
    EXPECT_EQ(mfvcam_set_guid(camera_, &key, &other_key), S_OK);
    EXPECT_EQ(mfvcam_get_guid(camera_, &key, &value), S_OK);
    EXPECT_EQ(value, other_key);
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_GUID);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_GUID, &other_key, sizeof(GUID)));
    EXPECT_FALSE(equals(MFVCAM_ATTRIBUTE_GUID, &key, sizeof(GUID)));
}

TEST_F(AttributesTest, AStringIsAskedForItsLengthFirst) {
    EXPECT_EQ(mfvcam_set_string(camera_, &key, L"four"), S_OK);
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_STRING);
    UINT32 length = 99;
    EXPECT_EQ(mfvcam_get_string(camera_, &key, nullptr, 0, &length), too_small);
    EXPECT_EQ(length, 4U);
    std::array<wchar_t, 5> text = {L'x', L'x', L'x', L'x', L'x'};
    EXPECT_EQ(mfvcam_get_string(camera_, &key, text.data(), 4, &length), too_small);
    EXPECT_EQ(length, 4U);
    EXPECT_EQ(text[0], L'x');
    EXPECT_EQ(mfvcam_get_string(camera_, &key, text.data(), 5, &length), S_OK);
    EXPECT_EQ(length, 4U);
    EXPECT_STREQ(text.data(), L"four");
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_STRING, L"four", 4 * sizeof(wchar_t)));
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_STRING, L"four", 5 * sizeof(wchar_t)));
    EXPECT_FALSE(equals(MFVCAM_ATTRIBUTE_STRING, L"five", 4 * sizeof(wchar_t)));
}

TEST_F(AttributesTest, ABlobIsAskedForItsSizeFirst) {
    const std::array<BYTE, 3> value = {1, 0, 255};
    EXPECT_EQ(mfvcam_set_blob(camera_, &key, value.data(), 3), S_OK);
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_BLOB);
    UINT32 size = 99;
    EXPECT_EQ(mfvcam_get_blob(camera_, &key, nullptr, 0, &size), too_small);
    EXPECT_EQ(size, 3U);
    std::array<BYTE, 3> read = {9, 9, 9};
    EXPECT_EQ(mfvcam_get_blob(camera_, &key, read.data(), 2, &size), too_small);
    EXPECT_EQ(read[0], 9);
    EXPECT_EQ(mfvcam_get_blob(camera_, &key, read.data(), 3, &size), S_OK);
    EXPECT_EQ(read, value);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_BLOB, value.data(), 3));
    EXPECT_FALSE(equals(MFVCAM_ATTRIBUTE_BLOB, value.data(), 2));
}

TEST_F(AttributesTest, ABlobOfNothingComesBack) {
    EXPECT_EQ(mfvcam_set_blob(camera_, &key, nullptr, 0), S_OK);
    UINT32 size = 99;
    EXPECT_EQ(mfvcam_get_blob(camera_, &key, nullptr, 0, &size), S_OK);
    EXPECT_EQ(size, 0U);
}

TEST_F(AttributesTest, KeysAreCountedGivenAndDeleted) {
    UINT32 count = 99;
    EXPECT_EQ(mfvcam_get_keys(camera_, nullptr, 0, &count), S_OK);
    EXPECT_EQ(count, 0U);
    EXPECT_EQ(mfvcam_set_uint32(camera_, &key, 1), S_OK);
    EXPECT_EQ(mfvcam_set_uint32(camera_, &other_key, 2), S_OK);
    std::array<GUID, 3> keys{};
    EXPECT_EQ(mfvcam_get_keys(camera_, keys.data(), 1, &count), too_small);
    EXPECT_EQ(count, 2U);
    EXPECT_NE(keys[0], GUID_NULL);
    EXPECT_EQ(keys[1], GUID_NULL);
    EXPECT_EQ(mfvcam_get_keys(camera_, keys.data(), 3, &count), S_OK);
    EXPECT_EQ(count, 2U);
    EXPECT_TRUE((keys[0] == key && keys[1] == other_key) ||
                (keys[0] == other_key && keys[1] == key));

    EXPECT_EQ(mfvcam_delete_item(camera_, &key), S_OK);
    EXPECT_EQ(mfvcam_delete_item(camera_, &key), S_OK);
    EXPECT_EQ(type_of(key), 0U);
    EXPECT_EQ(type_of(other_key), MFVCAM_ATTRIBUTE_UINT32);
    EXPECT_EQ(mfvcam_delete_all_items(camera_), S_OK);
    EXPECT_EQ(mfvcam_get_keys(camera_, nullptr, 0, &count), S_OK);
    EXPECT_EQ(count, 0U);
}

TEST_F(AttributesTest, StoresAreComparedAndCopied) {
    const mfvcam_handle other = open_camera(MFVCAM_CREATE_ALLOW_SAME);
    EXPECT_EQ(mfvcam_set_uint32(camera_, &key, 1), S_OK);
    EXPECT_EQ(mfvcam_set_uint32(other, &other_key, 2), S_OK);
    BOOL same = TRUE;
    EXPECT_EQ(mfvcam_compare(camera_, other, MF_ATTRIBUTES_MATCH_ALL_ITEMS, &same), S_OK);
    EXPECT_EQ(same, FALSE);
    EXPECT_EQ(mfvcam_copy_all_items(camera_, other), S_OK);
    EXPECT_EQ(mfvcam_compare(camera_, other, MF_ATTRIBUTES_MATCH_ALL_ITEMS, &same), S_OK);
    EXPECT_EQ(same, TRUE);
    UINT32 value = 0;
    EXPECT_EQ(mfvcam_get_uint32(other, &other_key, &value), MF_E_ATTRIBUTENOTFOUND);
    EXPECT_EQ(mfvcam_set_uint32(other, &other_key, 2), S_OK);
    EXPECT_EQ(mfvcam_compare(camera_, other, MF_ATTRIBUTES_MATCH_OUR_ITEMS, &same), S_OK);
    EXPECT_EQ(same, TRUE);
    EXPECT_EQ(mfvcam_compare(camera_, other, MF_ATTRIBUTES_MATCH_THEIR_ITEMS, &same), S_OK);
    EXPECT_EQ(same, FALSE);
    EXPECT_EQ(mfvcam_compare(camera_, other, 5, &same), E_INVALIDARG);
    // With itself: nothing locks up.
    EXPECT_EQ(mfvcam_compare(camera_, camera_, MF_ATTRIBUTES_MATCH_ALL_ITEMS, &same), S_OK);
    EXPECT_EQ(same, TRUE);
    EXPECT_EQ(mfvcam_release(other), S_OK);
    EXPECT_EQ(mfvcam_compare(camera_, other, 0, &same), E_HANDLE);
    EXPECT_EQ(mfvcam_copy_all_items(camera_, other), E_HANDLE);
}

// Another interface pointer to the same camera, as a proxy or a tear-off would be.
class Facade final : public Unknown<ForwardedAttributes<IMFVirtualCamera>> {
 public:
    explicit Facade(IMFVirtualCamera* camera) : camera_(camera) {
        store_ = ComPtr<IMFAttributes>(camera);
    }

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID riid, void** object) noexcept override {
        if (riid != __uuidof(IMFVirtualCamera)) {
            return camera_->QueryInterface(riid, object);
        }
        *object = static_cast<IMFVirtualCamera*>(this);
        AddRef();
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE AddDeviceSourceInfo(LPCWSTR) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE AddProperty(const DEVPROPKEY*, DEVPROPTYPE, const BYTE*,
                                          ULONG) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE AddRegistryEntry(LPCWSTR, LPCWSTR, DWORD, const BYTE*,
                                               ULONG) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE Start(IMFAsyncCallback*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE Stop() override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE Remove() override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetMediaSource(IMFMediaSource**) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SendCameraProperty(REFGUID, ULONG, ULONG, void*, ULONG, void*, ULONG,
                                                 ULONG*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE CreateSyncEvent(REFGUID, ULONG, ULONG, HANDLE,
                                              IMFCameraSyncObject**) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE CreateSyncSemaphore(REFGUID, ULONG, ULONG, HANDLE, LONG,
                                                  IMFCameraSyncObject**) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE Shutdown() override { return S_OK; }

 private:
    ComPtr<IMFVirtualCamera> camera_;
};

TEST_F(AttributesTest, ACopyToTheSameCameraKeepsWhatThereIs) {
    EXPECT_EQ(mfvcam_set_uint32(camera_, &key, 5), S_OK);
    void* pointer = nullptr;
    ASSERT_EQ(mfvcam_get_com_pointer(camera_, &pointer), S_OK);
    ComPtr<Facade> facade;
    facade.attach(new Facade(static_cast<IMFVirtualCamera*>(pointer)));
    mfvcam_handle same = 0;
    mfvcam_handle by_facade = 0;
    ASSERT_EQ(mfvcam_from_native(pointer, 0, &same), S_OK);
    ASSERT_EQ(mfvcam_from_native(facade.get(), MFVCAM_ADD_REFERENCE, &by_facade), S_OK);
    UINT32 value = 0;
    for (const mfvcam_handle other : {camera_, same, by_facade}) {
        EXPECT_EQ(mfvcam_copy_all_items(camera_, other), S_OK);
        EXPECT_EQ(mfvcam_copy_all_items(other, camera_), S_OK);
        EXPECT_EQ(mfvcam_get_uint32(camera_, &key, &value), S_OK);
        EXPECT_EQ(value, 5U);
    }
    EXPECT_EQ(mfvcam_release(by_facade), S_OK);
    EXPECT_EQ(mfvcam_release(same), S_OK);
}

// Nobody has that much; who believed it would ask for room without end.
TEST_F(AttributesTest, SizesThatCannotBeAreNotBelieved) {
    constexpr HRESULT invalid = HRESULT_FROM_WIN32(ERROR_INVALID_DATA);
    for (const UINT32 size : {0x80000000U, 0xFFFFFFFEU, 0xFFFFFFFFU}) {
        fake().attribute_size = size;
        UINT32 found = 9;
        EXPECT_EQ(mfvcam_get_string(camera_, &key, nullptr, 0, &found), invalid);
        EXPECT_EQ(found, 0U);
        found = 9;
        EXPECT_EQ(mfvcam_get_blob(camera_, &key, nullptr, 0, &found), invalid);
        EXPECT_EQ(found, 0U);
        found = 9;
        EXPECT_EQ(mfvcam_get_keys(camera_, nullptr, 0, &found), invalid);
        EXPECT_EQ(found, 0U);
    }
    fake().attribute_size = 0x10000000;
    UINT32 found = 0;
    EXPECT_EQ(mfvcam_get_blob(camera_, &key, nullptr, 0, &found), too_small);
    EXPECT_EQ(found, 0x10000000U);
}

TEST_F(AttributesTest, AFailureLeavesNoResult) {
    const mfvcam_handle other = open_camera(MFVCAM_CREATE_ALLOW_SAME);
    EXPECT_EQ(mfvcam_set_string(camera_, &key, L"text"), S_OK);
    EXPECT_EQ(mfvcam_set_blob(camera_, &other_key, "blob", 4), S_OK);
    fake().attribute_result = E_ACCESSDENIED;
    std::array<wchar_t, 8> text{};
    UINT32 found = 9;
    EXPECT_EQ(mfvcam_get_string(camera_, &key, text.data(), 8, &found), E_ACCESSDENIED);
    EXPECT_EQ(found, 0U);
    found = 9;
    EXPECT_EQ(mfvcam_get_blob(camera_, &other_key, text.data(), 8, &found), E_ACCESSDENIED);
    EXPECT_EQ(found, 0U);
    found = 9;
    GUID first{};
    EXPECT_EQ(mfvcam_get_keys(camera_, &first, 1, &found), E_ACCESSDENIED);
    EXPECT_EQ(found, 0U);
    BOOL same = TRUE;
    EXPECT_EQ(mfvcam_compare(camera_, other, MF_ATTRIBUTES_MATCH_ALL_ITEMS, &same), E_ACCESSDENIED);
    EXPECT_EQ(same, FALSE);
    same = TRUE;
    EXPECT_EQ(mfvcam_compare_item(camera_, &key, MFVCAM_ATTRIBUTE_UINT32, &found, 4, &same),
              E_ACCESSDENIED);
    EXPECT_EQ(same, FALSE);
    EXPECT_EQ(mfvcam_release(other), S_OK);
}

TEST_F(AttributesTest, WhatIsComparedIsTheWholeValue) {
    EXPECT_FALSE(equals(MFVCAM_ATTRIBUTE_STRING, L"a", 2)) << "no such key";
    EXPECT_EQ(mfvcam_set_string(camera_, &key, L"a"), S_OK);
    BOOL same = TRUE;
    EXPECT_EQ(mfvcam_compare_item(camera_, &key, MFVCAM_ATTRIBUTE_STRING, L"a\0b",
                                  3 * sizeof(wchar_t), &same),
              E_INVALIDARG);
    EXPECT_EQ(same, FALSE);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_STRING, L"a", 2 * sizeof(wchar_t)));
    EXPECT_EQ(mfvcam_set_string(camera_, &key, L""), S_OK);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_STRING, nullptr, 0));
    EXPECT_EQ(mfvcam_set_blob(camera_, &key, nullptr, 0), S_OK);
    EXPECT_TRUE(equals(MFVCAM_ATTRIBUTE_BLOB, nullptr, 0));
    EXPECT_EQ(fake().compared_with_null, 0);
}

TEST_F(AttributesTest, AnInterfaceIsSeenAndNotRead) {
    void* pointer = nullptr;
    ASSERT_EQ(mfvcam_get_com_pointer(camera_, &pointer), S_OK);
    auto* const com = static_cast<IMFVirtualCamera*>(pointer);
    ComPtr<IMFAttributes> value;
    MFCreateAttributes(value.put(), 0);
    EXPECT_EQ(com->SetUnknown(key, value.get()), S_OK);
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_IUNKNOWN);
    UINT32 number = 1;
    EXPECT_EQ(mfvcam_get_uint32(camera_, &key, &number), MF_E_INVALIDTYPE);
    BOOL same = TRUE;
    EXPECT_EQ(
        mfvcam_compare_item(camera_, &key, MFVCAM_ATTRIBUTE_IUNKNOWN, &value, sizeof(value), &same),
        E_INVALIDARG);
    EXPECT_EQ(mfvcam_delete_item(camera_, &key), S_OK);
    EXPECT_EQ(mfvcam_release_com_pointer(pointer), S_OK);
}

TEST_F(AttributesTest, BadArgumentsAreRefused) {
    UINT32 number = 1;
    BOOL same = TRUE;
    EXPECT_EQ(mfvcam_get_uint32(camera_, nullptr, &number), E_POINTER);
    EXPECT_EQ(mfvcam_get_uint32(camera_, &key, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_get_uint64(camera_, &key, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_get_double(camera_, &key, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_get_guid(camera_, &key, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_get_item_type(camera_, &key, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_get_string(camera_, &key, nullptr, 1, &number), E_POINTER);
    EXPECT_EQ(mfvcam_get_string(camera_, &key, nullptr, 0, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_get_blob(camera_, &key, nullptr, 1, &number), E_POINTER);
    EXPECT_EQ(mfvcam_set_guid(camera_, &key, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_set_string(camera_, &key, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_set_blob(camera_, &key, nullptr, 1), E_POINTER);
    EXPECT_EQ(mfvcam_delete_item(camera_, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_get_keys(camera_, nullptr, 1, &number), E_POINTER);
    EXPECT_EQ(mfvcam_compare_item(camera_, &key, MFVCAM_ATTRIBUTE_UINT32, &number, 3, &same),
              E_INVALIDARG);
    EXPECT_EQ(mfvcam_compare_item(camera_, &key, MFVCAM_ATTRIBUTE_STRING, L"ab", 3, &same),
              E_INVALIDARG);
    EXPECT_EQ(mfvcam_compare_item(camera_, &key, 4711, &number, 4, &same), E_INVALIDARG);
    EXPECT_EQ(mfvcam_compare_item(camera_, &key, MFVCAM_ATTRIBUTE_BLOB, nullptr, 4, &same),
              E_POINTER);
    EXPECT_EQ(mfvcam_set_uint32(0, &key, 1), E_HANDLE);
    EXPECT_EQ(mfvcam_delete_all_items(0), E_HANDLE);
    EXPECT_EQ(mfvcam_shutdown(camera_), S_OK);
    EXPECT_EQ(mfvcam_set_uint32(camera_, &key, 1), MF_E_SHUTDOWN);
    EXPECT_EQ(mfvcam_get_keys(camera_, nullptr, 0, &number), MF_E_SHUTDOWN);
}

// LockStore belongs to a thread: a caller whose calls run elsewhere must not be left with it.
TEST_F(AttributesTest, WorkFromASingleThreadedApartment) {
    std::thread([&] {
        ASSERT_EQ(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED), S_OK);
        UINT32 length = 0;
        EXPECT_EQ(mfvcam_set_string(camera_, &key, L"text"), S_OK);
        EXPECT_EQ(mfvcam_get_string(camera_, &key, nullptr, 0, &length), too_small);
        EXPECT_EQ(length, 4U);
        BOOL same = FALSE;
        EXPECT_EQ(mfvcam_compare(camera_, camera_, MF_ATTRIBUTES_MATCH_ALL_ITEMS, &same), S_OK);
        CoUninitialize();
    }).join();
    EXPECT_EQ(type_of(key), MFVCAM_ATTRIBUTE_STRING);
}

TEST_F(AttributesTest, DevicePropertiesReachTheCameraAsTheyAre) {
    EXPECT_EQ(mfvcam_add_device_source_info(camera_, L"link"), S_OK);
    EXPECT_EQ(fake().device_source_info, L"link");
    EXPECT_EQ(mfvcam_add_device_source_info(camera_, L""), E_INVALIDARG);
    EXPECT_EQ(mfvcam_add_device_source_info(camera_, nullptr), E_POINTER);

    const std::vector<BYTE> data = {1, 2, 3};
    EXPECT_EQ(mfvcam_add_property(camera_, &key, 42, 0x1003, data.data(), 3), S_OK);
    EXPECT_EQ(fake().property.format, key);
    EXPECT_EQ(fake().property.id, 42U);
    EXPECT_EQ(fake().property.type, 0x1003U);
    EXPECT_EQ(fake().property.data, data);
    EXPECT_EQ(mfvcam_add_property(camera_, &key, 42, 0x1003, nullptr, 3), E_POINTER);
    EXPECT_EQ(mfvcam_add_property(camera_, nullptr, 42, 0x1003, data.data(), 3), E_POINTER);

    EXPECT_EQ(mfvcam_add_registry_entry(camera_, L"name", nullptr, REG_BINARY, data.data(), 2),
              S_OK);
    EXPECT_EQ(fake().entry.name, L"name");
    EXPECT_EQ(fake().entry.subkey, L"(none)");
    EXPECT_EQ(fake().entry.type, static_cast<DWORD>(REG_BINARY));
    EXPECT_EQ(fake().entry.data, (std::vector<BYTE>{1, 2}));
    EXPECT_EQ(mfvcam_add_registry_entry(camera_, L"name", L"sub", REG_BINARY, nullptr, 0), S_OK);
    EXPECT_EQ(fake().entry.subkey, L"sub");
    EXPECT_EQ(mfvcam_add_registry_entry(camera_, nullptr, nullptr, REG_SZ, data.data(), 2),
              E_POINTER);
    EXPECT_EQ(mfvcam_add_registry_entry(camera_, L"name", nullptr, REG_SZ, nullptr, 2), E_POINTER);

    fake().configure_result = E_ACCESSDENIED;
    EXPECT_EQ(mfvcam_add_device_source_info(camera_, L"link"), E_ACCESSDENIED);
    EXPECT_EQ(mfvcam_add_property(camera_, &key, 42, 0x1003, data.data(), 3), E_ACCESSDENIED);
    EXPECT_EQ(mfvcam_add_registry_entry(camera_, L"n", nullptr, REG_SZ, data.data(), 2),
              E_ACCESSDENIED);
}

TEST_F(AttributesTest, APlainPointerIsTheCameraItself) {
    void* pointer = nullptr;
    ASSERT_EQ(mfvcam_get_com_pointer(camera_, &pointer), S_OK);
    mfvcam_handle second = 0;
    ASSERT_EQ(mfvcam_from_native(pointer, MFVCAM_ADD_REFERENCE, &second), S_OK);
    EXPECT_EQ(mfvcam_set_uint32(second, &key, 7), S_OK);
    UINT32 value = 0;
    EXPECT_EQ(mfvcam_get_uint32(camera_, &key, &value), S_OK);
    EXPECT_EQ(value, 7U);

    mfvcam_handle third = 0;
    ASSERT_EQ(mfvcam_from_native(pointer, 0, &third), S_OK);
    EXPECT_EQ(ledger_now().cameras, 3U);
    EXPECT_EQ(mfvcam_release(second), S_OK);
    EXPECT_EQ(mfvcam_release(third), S_OK);
    EXPECT_EQ(fake().camera_shutdowns, 2);
    EXPECT_EQ(fake().cameras_alive, 1);
}

TEST_F(AttributesTest, APointerToSomethingElseIsLeftAlone) {
    ComPtr<IMFAttributes> attributes;
    MFCreateAttributes(attributes.put(), 0);
    mfvcam_handle camera = 1;
    EXPECT_EQ(mfvcam_from_native(attributes.get(), 0, &camera), E_NOINTERFACE);
    EXPECT_EQ(camera, 0U);
    EXPECT_EQ(attributes->AddRef(), 2U);
    EXPECT_EQ(attributes->Release(), 1U);
    EXPECT_EQ(mfvcam_from_native(nullptr, 0, &camera), E_POINTER);
    EXPECT_EQ(mfvcam_from_native(attributes.get(), 2, &camera), E_INVALIDARG);
    void* pointer = nullptr;
    EXPECT_EQ(mfvcam_get_com_pointer(0, &pointer), E_HANDLE);
    EXPECT_EQ(mfvcam_get_com_pointer(camera_, nullptr), E_POINTER);
    EXPECT_EQ(mfvcam_release_com_pointer(nullptr), E_POINTER);
}

// Answers QueryInterface as no object should.
class OddObject final : public Unknown<IUnknown> {
 public:
    OddObject(HRESULT result, void* pointer) : result_(result), pointer_(pointer) {}

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID /*riid*/, void** object) noexcept override {
        note_apartment();
        *object = pointer_;
        return result_;
    }
    ULONG STDMETHODCALLTYPE Release() noexcept override {
        note_apartment();
        return Unknown::Release();
    }

 private:
    const HRESULT result_;
    void* const pointer_;
};

TEST_F(AttributesTest, AnObjectThatAnswersOddlyDoesNoHarm) {
    std::array<std::uintptr_t, 4> garbage{};
    ComPtr<OddObject> nothing;
    ComPtr<OddObject> rubbish;
    nothing.attach(new OddObject(S_OK, nullptr));
    rubbish.attach(new OddObject(E_NOINTERFACE, garbage.data()));
    mfvcam_handle camera = 1;
    EXPECT_EQ(mfvcam_from_native(nothing.get(), MFVCAM_ADD_REFERENCE, &camera), MFVCAM_E_NO_OBJECT);
    EXPECT_EQ(camera, 0U);
    EXPECT_EQ(mfvcam_from_native(rubbish.get(), 0, &camera), E_NOINTERFACE);
    EXPECT_EQ(camera, 0U);
}

// Run alone, as ctest does, these are the first calls of their process.
class PointerTest : public BridgeTest {
 protected:
    static void expect_apartment() {
        auto* const object = new OddObject(E_NOINTERFACE, nullptr);
        mfvcam_handle camera = 1;
        EXPECT_EQ(mfvcam_from_native(object, 0, &camera), E_NOINTERFACE);
        EXPECT_EQ(mfvcam_release_com_pointer(object), S_OK);
        EXPECT_EQ(fake().calls_from_single_threaded_apartments, 0);
    }
};

TEST_F(PointerTest, IsUsedInTheMultithreadedApartment) {
    expect_apartment();
}

TEST_F(PointerTest, IsUsedInTheMultithreadedApartmentFromASingleThreadedOne) {
    std::thread([] {
        ASSERT_EQ(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED), S_OK);
        expect_apartment();
        // The camera, its sync object, and what is left of them.
        const mfvcam_handle camera = started_camera();
        const Event event;
        const mfvcam_handle object = sync(camera, event.get());
        void* pointer = nullptr;
        EXPECT_EQ(mfvcam_get_com_pointer(object, &pointer), S_OK);
        EXPECT_EQ(mfvcam_release_com_pointer(pointer), S_OK);
        EXPECT_EQ(mfvcam_get_com_pointer(camera, &pointer), S_OK);
        mfvcam_handle second = 0;
        EXPECT_EQ(mfvcam_from_native(pointer, 0, &second), S_OK);
        EXPECT_EQ(mfvcam_wait_on_signal(object, 0), S_OK);
        EXPECT_EQ(mfvcam_stop(camera), S_OK);
        EXPECT_EQ(mfvcam_start(camera), S_OK);
        EXPECT_EQ(mfvcam_remove(camera), S_OK);
        EXPECT_EQ(mfvcam_release(object), S_OK);
        EXPECT_EQ(mfvcam_release(second), S_OK);
        EXPECT_EQ(mfvcam_release(camera), S_OK);
        CoUninitialize();
    }).join();
    EXPECT_EQ(fake().syncs_alive, 0);
}

}  // namespace
}  // namespace mfvcam::tests
