// The pool itself, for what no watch can bring about.
#include <atomic>

#include "bridge_test.h"
#include "wait_pool.h"

namespace mfvcam::tests {

namespace {

class CountedWait final : public PooledWait {
 public:
    std::atomic<int> count{0};

 private:
    void signalled() noexcept override { ++count; }
};

class WaitPoolTest : public BridgeTest {};

TEST_F(WaitPoolTest, AnObjectThatIsNoneHurtsNoOther) {
    Event closed;
    const Event event;
    CountedWait bad;
    CountedWait good;
    ASSERT_EQ(bad.add(closed.get()), S_OK);
    ASSERT_EQ(good.add(event.get()), S_OK);
    closed.close();
    good.arm();
    bad.arm();
    for (int round = 1; round <= 3; ++round) {
        event.set();
        EXPECT_TRUE(eventually([&] { return good.count == round; }));
        good.arm();
    }
    EXPECT_EQ(bad.count, 0);
    good.remove();
    bad.remove();
}

}  // namespace

}  // namespace mfvcam::tests
