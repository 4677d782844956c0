#include <mferror.h>

#include <array>
#include <cstddef>
#include <cstring>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

static_assert(sizeof(mfvcam_source_counters) == 128);
static_assert(offsetof(mfvcam_source_counters, signals) == 24);

class KsPropertyTest : public SourceTest {
 protected:
    HRESULT get(ULONG flags, void* data, ULONG length, ULONG* returned,
                ULONG id = MFVCAM_PROPERTY_COUNTERS, const GUID& set = kPropertySet) {
        KSPROPERTY property = {};
        property.Set = set;
        property.Id = id;
        property.Flags = flags;
        return control->KsProperty(&property, sizeof(property), data, length, returned);
    }
};

TEST_F(KsPropertyTest, CountersBeginAtNothing) {
    const auto values = counters(control.get());
    EXPECT_EQ(values.size, sizeof(values));
    EXPECT_EQ(values.event_count, static_cast<UINT32>(MFVCAM_EVENT_COUNT));
    mfvcam_source_counters nothing = {};
    nothing.size = values.size;
    nothing.event_count = values.event_count;
    nothing.process_id = GetCurrentProcessId();
    nothing.instance = values.instance;
    EXPECT_NE(values.instance, 0U);
    EXPECT_EQ(std::memcmp(&values, &nothing, sizeof(values)), 0);
}

TEST_F(KsPropertyTest, SizesFollowTheRules) {
    ULONG returned = 0;
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, nullptr, 0, &returned), HRESULT_FROM_WIN32(ERROR_MORE_DATA));
    EXPECT_EQ(returned, 128u);
    std::array<unsigned char, 200> buffer = {};
    buffer.fill(0xA5);
    returned = 0;
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, buffer.data(), 127, &returned),
              HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER));
    EXPECT_EQ(returned, 128u);
    EXPECT_EQ(buffer[0], 0xA5) << "nothing may be written";
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, buffer.data(), 0, &returned),
              HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER));
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, buffer.data(), sizeof(buffer), &returned), S_OK);
    EXPECT_EQ(returned, 128u);
    EXPECT_EQ(buffer[127], 0);
    EXPECT_EQ(buffer[128], 0xA5);
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, nullptr, 128, &returned), E_POINTER);
    EXPECT_EQ(returned, 0u);
    // An odd address, and nobody asking how much.
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, buffer.data() + 1, 128, nullptr), S_OK);
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, nullptr, 0, nullptr), HRESULT_FROM_WIN32(ERROR_MORE_DATA));
}

TEST_F(KsPropertyTest, BasicSupportSaysGet) {
    ULONG returned = 0;
    ULONG mask = 0;
    EXPECT_EQ(get(KSPROPERTY_TYPE_BASICSUPPORT, &mask, sizeof(mask), &returned), S_OK);
    EXPECT_EQ(returned, sizeof(mask));
    EXPECT_EQ(mask, static_cast<ULONG>(KSPROPERTY_TYPE_GET));
    EXPECT_EQ(get(KSPROPERTY_TYPE_BASICSUPPORT, nullptr, 0, &returned),
              HRESULT_FROM_WIN32(ERROR_MORE_DATA));
    EXPECT_EQ(returned, sizeof(mask));
    EXPECT_EQ(get(KSPROPERTY_TYPE_SETSUPPORT, nullptr, 0, &returned), S_OK);
    EXPECT_EQ(returned, 0u);
}

TEST_F(KsPropertyTest, RefusesWhatItDoesNotHave) {
    mfvcam_source_counters values = {};
    ULONG returned = 77;
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, &values, sizeof(values), &returned, 1, kForeignSet),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    EXPECT_EQ(returned, 0u);
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, &values, sizeof(values), &returned, 1, kEventSet),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    for (const ULONG id : {0UL, 2UL, 0xFFFFFFFFUL}) {
        EXPECT_EQ(get(KSPROPERTY_TYPE_GET, &values, sizeof(values), &returned, id),
                  HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
    }
    for (const ULONG flags : {0UL, 2UL, 3UL, 0x10000UL, 0x10000001UL, 0xFFFFFFFFUL}) {
        EXPECT_EQ(get(flags, &values, sizeof(values), &returned), E_INVALIDARG) << flags;
    }
    KSPROPERTY property = {};
    property.Set = kPropertySet;
    property.Id = MFVCAM_PROPERTY_COUNTERS;
    property.Flags = KSPROPERTY_TYPE_GET;
    EXPECT_EQ(control->KsProperty(&property, 23, &values, sizeof(values), &returned), E_INVALIDARG);
    EXPECT_EQ(control->KsProperty(&property, 0, &values, sizeof(values), &returned), E_INVALIDARG);
    EXPECT_EQ(control->KsProperty(nullptr, 24, &values, sizeof(values), &returned), E_POINTER);
    EXPECT_EQ(control->KsMethod(nullptr, 0, nullptr, 0, &returned),
              HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    EXPECT_EQ(values.size, 0u) << "nothing was written";
}

TEST_F(KsPropertyTest, ShutDownMeansShutDown) {
    ASSERT_EQ(source->Shutdown(), S_OK);
    mfvcam_source_counters values = {};
    ULONG returned = 77;
    EXPECT_EQ(get(KSPROPERTY_TYPE_GET, &values, sizeof(values), &returned), MF_E_SHUTDOWN);
    EXPECT_EQ(returned, 0u);
    EXPECT_EQ(control->KsMethod(nullptr, 0, nullptr, 0, &returned), MF_E_SHUTDOWN);
}

}  // namespace
}  // namespace mfvcam::source_test
