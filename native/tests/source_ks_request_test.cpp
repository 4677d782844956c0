// What a KsEvent or KsProperty buffer of given lengths and contents means. That the media source
// does what is decided here, source_ks_event_test.cpp and source_ks_property_test.cpp show.
#include <gtest/gtest.h>
#include <ks_request.h>

#include <array>
#include <cstring>
#include <vector>

namespace mfvcam::source {
namespace {

constexpr KsSet kSet = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
constexpr std::uint32_t kEventCount = 6;
constexpr std::uint32_t kProperty = 1;
constexpr std::uint32_t kPropertySize = 120;

constexpr std::uint32_t kEnable = 1;
constexpr std::uint32_t kOneshot = 2;
constexpr std::uint32_t kSetSupport = 0x100;
constexpr std::uint32_t kBasicSupport = 0x200;

class KsRequestTest : public testing::Test {
 protected:
    void identify(std::uint32_t id, std::uint32_t flags, const KsSet& set = kSet) {
        std::memcpy(identifier.data(), set.data(), set.size());
        std::memcpy(identifier.data() + 16, &id, 4);
        std::memcpy(identifier.data() + 20, &flags, 4);
    }
    void fill(std::uint32_t type, std::uintptr_t handle, std::int32_t adjustment) {
        std::memcpy(data.data(), &type, 4);
        std::memcpy(data.data() + sizeof(void*), &handle, sizeof(void*));
        std::memcpy(data.data() + 2 * sizeof(void*) + 4, &adjustment, 4);
    }
    KsCall call() {
        return {identifier.data(), kKsIdentifierSize, data.data(),
                static_cast<std::uint32_t>(data.size())};
    }
    KsEventRequest enable(std::uint32_t id, std::uint32_t flags) {
        identify(id, flags);
        return parse_ks_event(call(), kSet, kEventCount);
    }
    static KsEventRequest parse(const KsCall& call) {
        return parse_ks_event(call, kSet, kEventCount);
    }
    static KsPropertyRequest parse_property(const KsCall& call) {
        return parse_ks_property(call, kSet, kProperty, kPropertySize);
    }

    std::array<std::uint8_t, kKsIdentifierSize> identifier = {};
    std::array<std::uint8_t, kKsEventDataSize> data = {};
};

TEST_F(KsRequestTest, EnablesWithWhatTheBytesSay) {
    fill(kKsNotifyEvent, 0x1234, 0);
    const KsEventRequest request = enable(5, kEnable);
    EXPECT_EQ(request.answer, KsAnswer::proceed);
    EXPECT_EQ(request.size, 0u);
    EXPECT_EQ(request.action, KsEventRequest::Action::enable);
    EXPECT_EQ(request.event_id, 5u);
    EXPECT_FALSE(request.oneshot);
    EXPECT_EQ(request.identity.address, reinterpret_cast<std::uintptr_t>(data.data()));
    EXPECT_EQ(request.identity.type, kKsNotifyEvent);
    EXPECT_EQ(request.identity.handle, 0x1234u);
    EXPECT_TRUE(enable(0, kOneshot).oneshot);
    EXPECT_EQ(enable(0, kOneshot).answer, KsAnswer::proceed);
}

TEST_F(KsRequestTest, ASemaphoresAdjustmentIsPositive) {
    for (const std::int32_t adjustment : {1, 2, 0x7FFFFFFF}) {
        fill(kKsNotifySemaphore, 8, adjustment);
        EXPECT_EQ(enable(0, kEnable).answer, KsAnswer::proceed);
        EXPECT_EQ(enable(0, kEnable).adjustment, adjustment);
    }
    for (const std::int32_t adjustment : {0, -1, INT32_MIN}) {
        fill(kKsNotifySemaphore, 8, adjustment);
        EXPECT_EQ(enable(0, kEnable).answer, KsAnswer::invalid_argument);
    }
}

TEST_F(KsRequestTest, OtherNotificationsAreRefused) {
    for (const std::uint32_t type : {0u, 3u, 4u, 8u, 0x10u, 0xFFFFFFFFu}) {
        fill(type, 8, 1);
        EXPECT_EQ(enable(0, kEnable).answer, KsAnswer::invalid_argument) << type;
    }
}

TEST_F(KsRequestTest, DisablesOneOrAll) {
    fill(7, 0x99, 0);
    const KsEventRequest one = parse({nullptr, 0, data.data(), kKsEventDataSize});
    EXPECT_EQ(one.answer, KsAnswer::proceed);
    EXPECT_EQ(one.action, KsEventRequest::Action::disable);
    EXPECT_EQ(one.identity.address, reinterpret_cast<std::uintptr_t>(data.data()));
    EXPECT_EQ(one.identity.type, 7u) << "to compare: whatever it is";
    EXPECT_EQ(one.identity.handle, 0x99u);
    const KsEventRequest all = parse({});
    EXPECT_EQ(all.answer, KsAnswer::proceed);
    EXPECT_EQ(all.action, KsEventRequest::Action::disable_all);
    EXPECT_EQ(parse({nullptr, 0, nullptr, 1}).answer, KsAnswer::null_pointer);
    EXPECT_EQ(parse({nullptr, 24, nullptr, 0}).answer, KsAnswer::invalid_argument);
    EXPECT_EQ(parse({nullptr, 24, data.data(), kKsEventDataSize}).answer,
              KsAnswer::invalid_argument);
    const KsEventRequest shorter = parse({nullptr, 0, data.data(), kKsEventDataSize - 1});
    EXPECT_EQ(shorter.answer, KsAnswer::insufficient_buffer);
    EXPECT_EQ(shorter.size, kKsEventDataSize);
}

TEST_F(KsRequestTest, ShortDataIsToldTheSize) {
    fill(kKsNotifyEvent, 8, 0);
    identify(0, kEnable);
    KsCall request = call();
    request.data_length = kKsEventDataSize - 1;
    EXPECT_EQ(parse(request).answer, KsAnswer::insufficient_buffer);
    EXPECT_EQ(parse(request).size, kKsEventDataSize);
    request.data = nullptr;
    EXPECT_EQ(parse(request).answer, KsAnswer::insufficient_buffer);
    request.data_length = kKsEventDataSize;
    EXPECT_EQ(parse(request).answer, KsAnswer::null_pointer);
    EXPECT_EQ(parse(request).size, 0u);
}

TEST_F(KsRequestTest, QuestionsAfterSupportNeedNoData) {
    identify(5, kBasicSupport);
    const KsCall request = {identifier.data(), kKsIdentifierSize, nullptr, 0};
    EXPECT_EQ(parse(request).answer, KsAnswer::supported);
    identify(kEventCount, kBasicSupport);
    EXPECT_EQ(parse(request).answer, KsAnswer::unknown_id);
    identify(kEventCount, kSetSupport);
    EXPECT_EQ(parse(request).answer, KsAnswer::supported) << "of the set";
}

TEST_F(KsRequestTest, RefusesShortRequestsForeignSetsUnknownIdsAndOtherFlags) {
    fill(kKsNotifyEvent, 8, 0);
    identify(0, kEnable);
    for (std::uint32_t length = 0; length < kKsIdentifierSize; ++length) {
        KsCall request = call();
        request.request_length = length;
        EXPECT_EQ(parse(request).answer, KsAnswer::invalid_argument);
        EXPECT_EQ(parse_property(request).answer, KsAnswer::invalid_argument);
    }
    for (std::size_t i = 0; i < kSet.size(); ++i) {
        KsSet foreign = kSet;
        foreign.at(i) ^= 0x80;
        for (const std::uint32_t flags : {kEnable, kSetSupport, kBasicSupport}) {
            identify(0, flags, foreign);
            EXPECT_EQ(parse(call()).answer, KsAnswer::unknown_set);
            EXPECT_EQ(parse_property(call()).answer, KsAnswer::unknown_set);
        }
    }
    for (const std::uint32_t id : {kEventCount, 0x80000000u, 0xFFFFFFFFu}) {
        EXPECT_EQ(enable(id, kEnable).answer, KsAnswer::unknown_id);
    }
    for (const std::uint32_t flags : {0u, 3u, 4u, 0x101u, 0x201u, 0x400u, 0x10000001u}) {
        EXPECT_EQ(enable(0, flags).answer, KsAnswer::invalid_argument);
    }
}

TEST_F(KsRequestTest, APropertyIsReadWhereThereIsRoom) {
    std::vector<std::uint8_t> room(kPropertySize);
    KsCall request = {identifier.data(), kKsIdentifierSize, room.data(), kPropertySize};
    const auto expect = [&](KsAnswer answer, std::uint32_t size) {
        EXPECT_EQ(parse_property(request).answer, answer);
        EXPECT_EQ(parse_property(request).size, size);
    };
    for (const std::uint32_t flags : {1u, kBasicSupport}) {
        const std::uint32_t size = flags == 1 ? kPropertySize : 4;
        identify(kProperty, flags);
        request.data = room.data();
        request.data_length = size;
        expect(KsAnswer::proceed, size);
        EXPECT_EQ(parse_property(request).action, flags == 1
                                                      ? KsPropertyRequest::Action::get
                                                      : KsPropertyRequest::Action::basic_support);
        request.data_length = size - 1;
        expect(KsAnswer::insufficient_buffer, size);
        request.data = nullptr;
        expect(KsAnswer::null_pointer, 0);
        request.data_length = 0;
        expect(KsAnswer::more_data, size);
    }
    identify(7, kSetSupport);
    expect(KsAnswer::supported, 0);
    identify(2, 1);
    expect(KsAnswer::unknown_id, 0);
    identify(kProperty, 2);
    expect(KsAnswer::invalid_argument, 0);
    request.request = nullptr;
    expect(KsAnswer::null_pointer, 0);
}

}  // namespace
}  // namespace mfvcam::source
