#include <gtest/gtest.h>

#include <vector>

#include "event_registrations.h"

namespace mfvcam::tests {
namespace {

CameraEvent event(HRESULT number) {
    return {MEExtendedType, number, GUID_NULL};
}

EventRegistrations::Id kept(EventRegistrations& registrations) {
    const EventRegistrations::Id id = registrations.add();
    registrations.keep(id);
    return id;
}

TEST(EventRegistrationsTest, OneOfStrangersIsNeverNew) {
    EventRegistrations registrations;
    const EventRegistrations::Id id = kept(registrations);
    EXPECT_TRUE(registrations.is_new(id, event(1)));
    EXPECT_FALSE(registrations.is_new(id + 1, event(2)));
    registrations.remove(id);
    EXPECT_FALSE(registrations.is_new(id, event(3)));
}

TEST(EventRegistrationsTest, TheLastSixtyFourAreListenedTo) {
    EventRegistrations registrations;
    std::vector<EventRegistrations::Id> ids;
    for (int count = 0; count < 65; ++count) {
        ids.push_back(kept(registrations));
    }
    EXPECT_FALSE(registrations.is_new(ids[0], event(1)));
    EXPECT_TRUE(registrations.is_new(ids[1], event(1)));
    // One whose Start fails drives nobody out.
    registrations.remove(registrations.add());
    EXPECT_TRUE(registrations.is_new(ids[1], event(2)));
    EXPECT_FALSE(registrations.is_new(ids[64], event(2)));
}

TEST(EventRegistrationsTest, OneThatIsSilentIsNotRememberedForever) {
    EventRegistrations registrations;
    const EventRegistrations::Id busy = kept(registrations);
    const EventRegistrations::Id silent = kept(registrations);
    for (HRESULT number = 0; number < 65; ++number) {
        EXPECT_TRUE(registrations.is_new(busy, event(number)));
    }
    EXPECT_TRUE(registrations.is_new(silent, event(0))) << "forgotten";
    EXPECT_FALSE(registrations.is_new(silent, event(1)));
}

// It may be the only one that is told from then on.
TEST(EventRegistrationsTest, WhatOthersToldDuringStartIsToldAgain) {
    EventRegistrations registrations;
    const EventRegistrations::Id first = kept(registrations);
    const EventRegistrations::Id second = registrations.add();
    EXPECT_TRUE(registrations.is_new(first, event(1)));
    registrations.keep(second);
    EXPECT_TRUE(registrations.is_new(second, event(1)));
}

}  // namespace
}  // namespace mfvcam::tests
