#include <event_registry.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <vector>

namespace mfvcam::source {
namespace {

class Target final : public SignalTarget {
 public:
    Target(int* live, const bool* handles_live) : live_(live), handles_live_(handles_live) {
        ++*live_;
    }
    ~Target() override { --*live_; }
    bool signal() noexcept override {
        ++signals;
        return true;
    }
    bool is_named_by(std::uintptr_t /*handle*/) const noexcept override { return *handles_live_; }
    int signals = 0;

 private:
    int* live_;
    const bool* handles_live_;
};

class EventRegistryTest : public testing::Test {
 protected:
    EventRegistry::Serial add(std::uint32_t event, EventIdentity identity, bool oneshot = false,
                              std::int64_t due = EventRegistry::kNever) {
        return registry.add(
            event, {identity, std::make_shared<Target>(&live, &handles_live), oneshot, due});
    }
    std::size_t take(std::uint32_t event) {
        EventRegistry::Cursor cursor;
        std::array<EventRegistry::Target, 3> batch;
        std::size_t total = 0;
        while (const std::size_t count = registry.take(event, cursor, batch)) {
            total += count;
        }
        return total;
    }
    bool remove(EventIdentity identity) {
        EventRegistry::Target removed;
        return registry.remove(identity, &removed);
    }

    int live = 0;
    bool handles_live = true;  // else each value names something else by now
    EventRegistry registry{3, 10};
};

TEST_F(EventRegistryTest, TakesEachRegistrationOfAnEventOnceAnOccurrence) {
    for (std::uintptr_t i = 0; i < 7; ++i) {
        ASSERT_NE(add(1, {i, 1, i}), EventRegistry::kFull);
    }
    add(2, {100, 1, 100});
    EXPECT_EQ(take(0), 0u);
    EXPECT_EQ(take(1), 7u);
    EXPECT_EQ(take(1), 7u);
    EXPECT_EQ(take(2), 1u);
    EXPECT_EQ(take(3), 0u) << "no such event";
}

TEST_F(EventRegistryTest, AnOccurrenceEndsThoughRegistrationsAreAddedMeanwhile) {
    add(1, {1, 1, 1});
    EventRegistry::Cursor cursor;
    std::array<EventRegistry::Target, 1> batch;
    ASSERT_EQ(registry.take(1, cursor, batch), 1u);
    add(1, {2, 1, 2});
    EXPECT_EQ(registry.take(1, cursor, batch), 0u);
    EXPECT_EQ(take(1), 2u);
}

TEST_F(EventRegistryTest, AnOneshotIsTakenOnceAndItsDisableAccepted) {
    add(1, {1, 1, 1}, true);
    EXPECT_EQ(take(1), 1u);
    EXPECT_EQ(live, 0);
    EXPECT_EQ(registry.size(), 0u);
    EXPECT_EQ(take(1), 0u);
    EXPECT_TRUE(remove({1, 1, 1}));
    EXPECT_FALSE(remove({1, 1, 1})) << "once";
}

TEST_F(EventRegistryTest, DisablingASpentOneshotLeavesANewRegistrationAtItsAddress) {
    add(1, {1, 1, 10}, true);
    take(1);
    add(1, {1, 1, 20});
    EXPECT_TRUE(remove({1, 1, 10}));
    EXPECT_EQ(registry.size(), 1u);
    EXPECT_TRUE(remove({1, 1, 20}));
    EXPECT_EQ(registry.size(), 0u);
}

TEST_F(EventRegistryTest, RemembersTheLastSpentOneshotsOnly) {
    constexpr std::uintptr_t count = EventRegistry::kRemembered + 1;
    for (std::uintptr_t i = 0; i < count; ++i) {
        add(1, {i, 1, i}, true);
        ASSERT_EQ(take(1), 1u);
    }
    EXPECT_FALSE(remove({0, 1, 0}));
    for (std::uintptr_t i = 1; i < count; ++i) {
        EXPECT_TRUE(remove({i, 1, i})) << i;
    }
}

TEST_F(EventRegistryTest, DisablingForgetsTheOldestSpentOneshotFirst) {
    for (std::uintptr_t i = 0; i < EventRegistry::kRemembered + 3; ++i) {
        add(1, {7, 1, i}, true);
        ASSERT_EQ(take(1), 1u);
    }
    EXPECT_TRUE(remove({7, 2, 0})) << "by address: the oldest";
    EXPECT_FALSE(remove({8, 1, 3}));
    EXPECT_TRUE(remove({8, 1, 4})) << "by contents";
    EXPECT_FALSE(remove({8, 1, 4}));
}

TEST_F(EventRegistryTest, RemovesByAddressAndContentsThenAddressThenContents) {
    add(1, {1, 1, 10});
    add(2, {1, 1, 20});
    add(0, {3, 1, 30});

    EventRegistry::Target removed;
    ASSERT_TRUE(registry.remove({1, 1, 20}, &removed));
    EXPECT_EQ(take(2), 0u) << "both match: that one, though an older one has the address";
    add(2, {4, 1, 20});
    ASSERT_TRUE(remove({1, 1, 20}));
    EXPECT_EQ(take(1), 0u) << "the address goes before the contents";
    ASSERT_TRUE(remove({99, 1, 20}));
    EXPECT_EQ(take(2), 0u) << "contents";
    EXPECT_FALSE(remove({99, 1, 20}));
    EXPECT_FALSE(remove({99, 2, 30})) << "another type";
    EXPECT_EQ(take(0), 1u);
}

TEST_F(EventRegistryTest, ContentsMatchOnlyWhileTheHandleNamesTheObject) {
    add(1, {1, 1, 10});
    handles_live = false;
    EXPECT_FALSE(remove({99, 1, 10})) << "an equal number, but of another object";
    EXPECT_EQ(registry.size(), 1u);
    EXPECT_TRUE(remove({1, 2, 20})) << "an address needs no proof";
    add(1, {1, 1, 10});
    EXPECT_TRUE(remove({1, 1, 10})) << "nor do both together";
}

// Handles are duplicated for a call and closed, so that one value serves many programs in turn.
TEST_F(EventRegistryTest, DisablingAForgottenOneshotLeavesAnotherProgramsRegistration) {
    constexpr std::uintptr_t fired = EventRegistry::kRemembered + 36;
    constexpr std::uintptr_t same_number = 0x40;
    for (std::uintptr_t i = 1; i <= fired; ++i) {
        add(1, {i, 1, same_number}, true);
        ASSERT_EQ(take(1), 1u);
    }
    add(2, {1'000, 1, same_number});
    handles_live = false;
    for (std::uintptr_t i = 1; i <= fired; ++i) {
        remove({i, 1, same_number});
        ASSERT_EQ(registry.size(), 1u) << i;
    }
    EXPECT_EQ(take(2), 1u);
    EXPECT_TRUE(remove({1'000, 1, same_number}));
}

TEST_F(EventRegistryTest, TakesTheOldestOfEqualOnes) {
    add(2, {1, 1, 1});
    add(0, {1, 1, 1});
    ASSERT_TRUE(remove({1, 1, 1}));
    EXPECT_EQ(take(2), 0u);
    EXPECT_EQ(take(0), 1u);
    add(2, {1, 1, 1});
    ASSERT_TRUE(remove({1, 1, 1}));
    EXPECT_EQ(take(0), 0u) << "whichever event comes first";
    EXPECT_EQ(take(2), 1u);
}

TEST_F(EventRegistryTest, RemoveAllForgetsSpentOneshots) {
    add(1, {1, 1, 1}, true);
    ASSERT_EQ(take(1), 1u);
    EventRegistry::Registrations removed;
    registry.remove_all(&removed);
    EXPECT_FALSE(remove({1, 1, 1}));
}

TEST_F(EventRegistryTest, RefusesBeyondTheLimit) {
    for (std::uintptr_t i = 0; i < 10; ++i) {
        ASSERT_NE(add(static_cast<std::uint32_t>(i % 3), {i, 1, i}), EventRegistry::kFull);
    }
    EXPECT_EQ(add(0, {11, 1, 11}), EventRegistry::kFull);
    EXPECT_EQ(live, 10);
    ASSERT_TRUE(remove({5, 1, 5}));
    EXPECT_NE(add(0, {11, 1, 11}), EventRegistry::kFull);
    EXPECT_EQ(add(3, {12, 1, 12}), EventRegistry::kFull) << "no such event";
}

TEST_F(EventRegistryTest, ATargetOutlivesItsRegistrationWhileTaken) {
    add(1, {1, 1, 1});
    EventRegistry::Cursor cursor;
    std::array<EventRegistry::Target, 1> batch;
    ASSERT_EQ(registry.take(1, cursor, batch), 1u);
    ASSERT_TRUE(remove({1, 1, 1}));
    EXPECT_EQ(live, 1);
    EXPECT_TRUE(batch[0]->signal());
    batch[0].reset();
    EXPECT_EQ(live, 0);
}

TEST_F(EventRegistryTest, RemoveAllHandsOverEverything) {
    for (std::uintptr_t i = 0; i < 9; ++i) {
        add(static_cast<std::uint32_t>(i % 3), {i, 1, i}, i % 2 == 0);
    }
    {
        EventRegistry::Registrations removed;
        registry.remove_all(&removed);
        EXPECT_EQ(removed.size(), 9u);
        EXPECT_EQ(live, 9);
    }
    EXPECT_EQ(live, 0);
    EXPECT_EQ(registry.size(), 0u);
    EXPECT_EQ(take(0) + take(1) + take(2), 0u);
}

TEST_F(EventRegistryTest, PeriodicOnesAreDueAgainAPeriodLater) {
    add(0, {1, 1, 1}, false, 100);
    add(0, {2, 1, 2}, false, 150);
    const auto due = [&](std::int64_t now) {
        EventRegistry::Cursor cursor;
        std::array<EventRegistry::Target, 8> batch;
        return registry.take_due(0, now, 1000, cursor, batch);
    };
    EXPECT_EQ(registry.next_due(0), 100);
    EXPECT_EQ(due(99), 0u);
    EXPECT_EQ(due(100), 1u);
    EXPECT_EQ(registry.next_due(0), 150);
    EXPECT_EQ(due(1100), 2u);
    EXPECT_EQ(registry.next_due(0), 1150);
    EXPECT_EQ(due(5170), 2u) << "missed periods are not made up for";
    EXPECT_EQ(registry.next_due(0), 6100);
    EXPECT_EQ(due(6099), 0u);
    EXPECT_EQ(registry.next_due(1), EventRegistry::kNever);
    EXPECT_EQ(registry.next_due(77), EventRegistry::kNever);
}

}  // namespace
}  // namespace mfvcam::source
