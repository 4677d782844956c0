// What EventRegistry is to do, said as simply as possible: two lists, searched from the front.
#pragma once

#include <event_registry.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mfvcam::fuzz {

class EventModel {
 public:
    using Target = const source::SignalTarget*;

    struct Registration {
        std::uint64_t serial;
        std::uint32_t event_id;
        source::EventIdentity identity;
        std::uint64_t object;  // what the handle named when it was added
        Target target;
        bool oneshot;
        std::int64_t due;
    };
    // One occurrence: of those registered when it is first asked for, the ones not yet seen.
    struct Occurrence {
        bool begun = false;
        std::uint64_t seen = 0;
        std::uint64_t last = 0;
    };

    EventModel(std::uint32_t event_count, std::size_t limit, std::size_t remembered)
        : event_count_(event_count), limit_(limit), remembered_(remembered) {}

    std::uint64_t add(std::uint32_t event_id, const source::EventIdentity& identity,
                      std::uint64_t object, Target target, bool oneshot, std::int64_t due);
    // Valid until the next call.
    const std::vector<Target>& take(std::uint32_t event_id, Occurrence& occurrence,
                                    std::size_t most);
    const std::vector<Target>& take_due(std::uint32_t event_id, std::int64_t now,
                                        std::int64_t period, Occurrence& occurrence,
                                        std::size_t most);
    std::int64_t next_due(std::uint32_t event_id) const;
    // object: what the handle names now. What is removed is null for a one-shot one that has been
    // signalled.
    bool remove(const source::EventIdentity& identity, std::uint64_t object, Target* removed);
    std::vector<Registration> remove_all();

    std::size_t size() const { return live_.size(); }
    bool has(Target target) const;

 private:
    struct Spent {
        source::EventIdentity identity;
        bool disabled;
    };

    template <typename Matches>
    bool remove_first(Matches matches, Target* removed);
    template <typename Matches>
    bool disable_first_spent(Matches matches);
    template <typename IsDue>
    const std::vector<Target>& take_if(std::uint32_t event_id, Occurrence& occurrence,
                                       std::size_t most, IsDue is_due);

    std::uint32_t event_count_;
    std::size_t limit_;
    std::size_t remembered_;
    std::uint64_t last_serial_ = 0;
    std::vector<Target> taken_;
    std::vector<Registration> live_;  // the oldest first
    std::vector<Spent> spent_;        // the last signalled one-shot ones, the oldest first
};

}  // namespace mfvcam::fuzz
