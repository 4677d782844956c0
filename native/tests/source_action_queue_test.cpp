#include "../source/action_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace mfvcam::source {
namespace {

ActionQueue::Actions one(std::function<void()> action) {
    ActionQueue::Actions actions;
    actions.push_back(std::move(action));
    return actions;
}

TEST(ActionQueue, RunsInTheOrderAppended) {
    ActionQueue queue;
    std::vector<int> ran;
    for (int i = 0; i < 5; ++i) {
        queue.append(one([&ran, i] { ran.push_back(i); }));
    }
    EXPECT_TRUE(ran.empty());
    queue.run();
    EXPECT_EQ(ran, (std::vector<int>{0, 1, 2, 3, 4}));
    queue.run();
    EXPECT_EQ(ran.size(), 5u);
}

TEST(ActionQueue, AnActionMayAppendAndRun) {
    ActionQueue queue;
    std::vector<int> ran;
    queue.append(one([&] {
        queue.append(one([&] { ran.push_back(2); }));
        queue.run();
        ran.push_back(1);
    }));
    queue.run();
    EXPECT_EQ(ran, (std::vector<int>{1, 2}));
}

TEST(ActionQueue, OneThatThrowsDoesNotKeepTheRest) {
    ActionQueue queue;
    bool ran = false;
    queue.append(one([] { throw std::runtime_error("lost"); }));
    queue.append(one([&] { ran = true; }));
    queue.run();
    EXPECT_TRUE(ran);
}

TEST(ActionQueue, RunsOneAtATimeAndLosesNoneWithManyThreads) {
    constexpr int threads = 4;
    constexpr int each = 2'000;
    ActionQueue queue;
    std::atomic<int> inside{0};
    std::atomic<int> overlaps{0};
    std::vector<std::vector<int>> order(threads);
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                queue.append(one([&, t, i] {
                    overlaps += inside.fetch_add(1) != 0 ? 1 : 0;
                    order[static_cast<std::size_t>(t)].push_back(i);
                    inside.fetch_sub(1);
                }));
                queue.run();
            }
        });
    }
    for (auto& worker : workers) {
        worker.join();
    }
    EXPECT_EQ(overlaps, 0);
    for (const auto& ran : order) {
        ASSERT_EQ(ran.size(), static_cast<std::size_t>(each));
        EXPECT_TRUE(std::ranges::is_sorted(ran));
    }
}

TEST(ActionQueue, ClosingDropsWhatHasNotBegunAndAllAfter) {
    ActionQueue queue;
    const auto held = std::make_shared<int>(0);
    queue.append(one([held] { ++*held; }));
    queue.close();
    EXPECT_EQ(held.use_count(), 1);
    queue.append(one([held] { ++*held; }));
    queue.run();
    EXPECT_EQ(*held, 0);
    EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace mfvcam::source
