#include <frame_clock.h>
#include <gtest/gtest.h>

namespace mfvcam::source {
namespace {

constexpr std::int64_t kOrigin = 123'456'789'012'345;

TEST(FrameClock, DoesNotDrift) {
    const FrameClock clock(kOrigin, 30);
    EXPECT_EQ(clock.deadline(0), kOrigin);
    EXPECT_EQ(clock.deadline(1), kOrigin + 333'333);
    EXPECT_EQ(clock.deadline(3), kOrigin + 1'000'000);
    // A day, to the 100 ns.
    EXPECT_EQ(clock.deadline(30LL * 86'400), kOrigin + 86'400LL * 10'000'000);
}

TEST(FrameClock, EachDeadlineLeadsToTheNext) {
    const FrameClock clock(kOrigin, 30);
    std::int64_t now = kOrigin;
    for (std::int64_t frame = 1; frame < 3'000; ++frame) {
        ASSERT_EQ(clock.next(now), clock.deadline(frame));
        ASSERT_EQ(clock.next(clock.deadline(frame) - 1), clock.deadline(frame));
        now = clock.deadline(frame);
        ASSERT_EQ(clock.latest(now), now);
        ASSERT_EQ(clock.latest(now + 333'332), now);
    }
}

TEST(FrameClock, SkipsWhatWasMissed) {
    const FrameClock clock(kOrigin, 30);
    const std::int64_t late = clock.deadline(10'000) + 5;
    EXPECT_EQ(clock.latest(late), clock.deadline(10'000));
    EXPECT_EQ(clock.next(late), clock.deadline(10'001));
}

TEST(FrameClock, BeforeItsOriginTheFirstFrameIsNext) {
    const FrameClock clock(kOrigin, 30);
    EXPECT_EQ(clock.latest(kOrigin - 1), kOrigin);
    EXPECT_EQ(clock.next(0), clock.deadline(1));
}

}  // namespace
}  // namespace mfvcam::source
