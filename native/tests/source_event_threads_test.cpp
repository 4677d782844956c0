// Many threads at one registry, locked around as KsEvents does it: signals and what is removed go
// their way after unlocking. What this cannot see by itself, the thread sanitizer does.
#include <event_registry.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace mfvcam::source {
namespace {

constexpr std::uint32_t kPing = 0;
constexpr std::uint32_t kEvent = 1;
constexpr std::int64_t kPeriod = 10;

class Target final : public SignalTarget {
 public:
    Target(std::atomic<int>* alive, std::mutex* registry_lock)
        : alive_(alive), registry_lock_(registry_lock) {
        ++*alive_;
    }
    // Takes the lock of the registry: whoever lets go of a target with it held hangs here.
    ~Target() override {
        const std::scoped_lock guard(*registry_lock_);
        --*alive_;
    }
    bool signal() noexcept override {
        const std::scoped_lock guard(*registry_lock_);
        ++signals;
        return true;
    }
    bool is_named_by(std::uintptr_t /*handle*/) const noexcept override { return true; }
    int signals = 0;

 private:
    std::atomic<int>* alive_;
    std::mutex* registry_lock_;
};

class EventThreadsTest : public testing::Test {
 protected:
    using Batch = std::array<EventRegistry::Target, 4>;

    std::shared_ptr<Target> make() { return std::make_shared<Target>(&alive, &lock); }
    EventRegistry::Serial add(std::uint32_t event_id, EventIdentity identity,
                              std::shared_ptr<SignalTarget> target, bool oneshot) {
        const EventRegistry::Target kept_until_unlocked = target;
        const std::int64_t due = event_id == kPing ? now.load() : EventRegistry::kNever;
        const std::scoped_lock guard(lock);
        return registry.add(event_id, {identity, std::move(target), oneshot, due});
    }
    bool disable(EventIdentity identity) {
        EventRegistry::Target removed;
        const std::scoped_lock guard(lock);
        return registry.remove(identity, &removed);
    }
    void disable_all() {
        EventRegistry::Registrations removed;
        const std::scoped_lock guard(lock);
        registry.remove_all(&removed);
    }
    template <typename Take>
    void signal(Take take) {
        EventRegistry::Cursor cursor;
        for (;;) {
            Batch batch;
            std::size_t count = 0;
            {
                const std::scoped_lock guard(lock);
                count = take(cursor, batch);
            }
            if (count == 0) {
                return;
            }
            for (std::size_t i = 0; i < count; ++i) {
                batch.at(i)->signal();
            }
        }
    }
    void occur() {
        signal([this](EventRegistry::Cursor& cursor, Batch& batch) {
            return registry.take(kEvent, cursor, batch);
        });
    }
    void tick() {
        signal([this, at = now += kPeriod](EventRegistry::Cursor& cursor, Batch& batch) {
            return registry.take_due(kPing, at, kPeriod, cursor, batch);
        });
    }

    std::atomic<int> alive{0};
    std::atomic<std::int64_t> now{0};
    std::mutex lock;
    EventRegistry registry{2};
};

TEST_F(EventThreadsTest, EachOccurrenceSignalsAndAOneshotIsSignalledOnce) {
    constexpr int threads = 3;
    constexpr int occurrences = 500;
    const auto always = make();
    ASSERT_NE(add(kEvent, {1, 1, 1}, always, false), EventRegistry::kFull);
    std::vector<std::shared_ptr<Target>> once;
    std::vector<std::thread> workers;
    for (std::uintptr_t i = 0; i < 100; ++i) {
        once.push_back(make());
        ASSERT_NE(add(kEvent, {i + 2, 1, 2}, once.back(), true), EventRegistry::kFull);
    }
    for (int t = 0; t < threads; ++t) {
        workers.emplace_back([this] {
            for (int i = 0; i < occurrences; ++i) {
                occur();
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    EXPECT_EQ(always->signals, threads * occurrences);
    for (const auto& each : once) {
        EXPECT_EQ(each->signals, 1);
    }
    EXPECT_EQ(registry.size(), 1u);
}

TEST_F(EventThreadsTest, NothingIsLeftWhoeverComesFirst) {
    constexpr int rounds = 2'000;
    constexpr int clients = 3;
    std::atomic<bool> stop{false};
    std::vector<std::thread> service;
    service.emplace_back([&] {
        while (!stop) {
            occur();
        }
    });
    service.emplace_back([&] {
        while (!stop) {
            tick();
        }
    });
    service.emplace_back([&] {
        while (!stop) {
            disable_all();
            std::this_thread::yield();
        }
    });
    std::vector<std::thread> workers;
    for (std::uintptr_t client = 0; client < clients; ++client) {
        workers.emplace_back([this, client] {
            for (std::uintptr_t i = 0; i < rounds; ++i) {
                const EventIdentity identity = {client * 4 + i % 4, 1, client};
                const bool oneshot = i % 3 == 0;
                add(i % 2 == 0 ? kEvent : kPing, identity, make(), oneshot);
                if (i % 5 != 0) {
                    disable(identity);
                }
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    stop = true;
    for (std::thread& worker : service) {
        worker.join();
    }
    disable_all();
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(registry.size(), 0u);
}

}  // namespace
}  // namespace mfvcam::source
