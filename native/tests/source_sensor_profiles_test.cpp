// The sensor profiles, made by a DLL of the test's own in the place of Windows' mfsensorgroup.dll.
#include <mfapi.h>
#include <mferror.h>

#include <string>

#include "../source/sensor_profiles.h"
#include "fake_sensor_group.h"
#include "late_binding.h"
#include "source_test_support.h"
#include "test_files.h"

namespace mfvcam::source_test {
namespace {

class SensorProfilesTest : public testing::Test {
 protected:
    void SetUp() override {
        ASSERT_EQ(MFCreateAttributes(attributes.put(), 1), S_OK);
        const HMODULE module = LoadLibraryW(fake.c_str());
        ASSERT_NE(module, nullptr);
        group = find_function<tests::FakeSensorGroupFunction>(module, "fake_sensor_group")();
        *group = {};
    }
    void TearDown() override {
        attributes.reset();
        EXPECT_EQ(group->alive, 0);
    }
    static ComPtr<IMFSensorProfileCollection> published(IMFAttributes* store) {
        ComPtr<IMFSensorProfileCollection> collection;
        const HRESULT hr =
            store->GetUnknown(abi::MF_DEVICEMFT_SENSORPROFILE_COLLECTION,
                              __uuidof(IMFSensorProfileCollection), collection.put_void());
        EXPECT_EQ(hr, collection ? S_OK : MF_E_ATTRIBUTENOTFOUND);
        return collection;
    }

    const std::wstring fake = tests::program_folder() + L"fake_sensor_group.dll";
    tests::FakeSensorGroup* group = nullptr;
    ComPtr<IMFAttributes> attributes;
};

TEST_F(SensorProfilesTest, ALegacyProfileForOurStreamIsPublished) {
    ASSERT_EQ(source::publish_sensor_profiles(fake.c_str(), attributes.get()), S_OK);
    const auto collection = published(attributes.get());
    ASSERT_TRUE(collection);
    EXPECT_EQ(collection->GetProfileCount(), 1u);
    EXPECT_TRUE(group->type == abi::kCameraProfileLegacy);
    EXPECT_EQ(group->index, 0u);
    EXPECT_FALSE(group->constrained);
    EXPECT_EQ(group->stream, 0u);
    EXPECT_STREQ(group->filter, L"((RES==;FRT<=30,1;SUT==))");
    EXPECT_EQ(group->added, 1);
    EXPECT_EQ(group->alive, 2);
}

TEST_F(SensorProfilesTest, WhateverFailsNothingIsPublishedAndNothingIsLeft) {
    for (HRESULT tests::FakeSensorGroup::* const step :
         {&tests::FakeSensorGroup::create_collection, &tests::FakeSensorGroup::create_profile,
          &tests::FakeSensorGroup::add_filter, &tests::FakeSensorGroup::add_profile}) {
        *group = {};
        group->*step = E_ACCESSDENIED;
        EXPECT_EQ(source::publish_sensor_profiles(fake.c_str(), attributes.get()), E_ACCESSDENIED);
        EXPECT_FALSE(published(attributes.get()));
        EXPECT_EQ(group->alive, 0);
    }
}

TEST_F(SensorProfilesTest, ADllThatIsMissingOrAnotherIsNoHarm) {
    const std::wstring missing = tests::program_folder() + L"no such sensor group.dll";
    EXPECT_EQ(source::publish_sensor_profiles(missing.c_str(), attributes.get()),
              HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND));
    EXPECT_EQ(source::publish_sensor_profiles(tests::source_path().c_str(), attributes.get()),
              HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND));
    EXPECT_TRUE(FAILED(source::publish_sensor_profiles(L"", attributes.get())));
    EXPECT_TRUE(FAILED(source::publish_sensor_profiles(L"fake_sensor_group.dll", attributes.get())))
        << "by full path only";
    EXPECT_FALSE(published(attributes.get()));
}

TEST_F(SensorProfilesTest, TheSourceHasThemWhereWindowsDoes) {
    const std::wstring path = source::system_sensor_group();
    EXPECT_TRUE(path.ends_with(L"\\mfsensorgroup.dll"));
    const bool there = GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
    const auto source = create_source();
    ASSERT_TRUE(source);
    ComPtr<IMFAttributes> store;
    ASSERT_EQ(source->GetSourceAttributes(store.put()), S_OK);
    EXPECT_EQ(published(store.get()).get() != nullptr, there);
    EXPECT_EQ(source->Shutdown(), S_OK);
}

}  // namespace
}  // namespace mfvcam::source_test
