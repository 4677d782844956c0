#include "event_model.h"

#include <algorithm>
#include <utility>

namespace mfvcam::fuzz {

using source::EventIdentity;
using source::EventRegistry;

std::uint64_t EventModel::add(std::uint32_t event_id, const EventIdentity& identity,
                              std::uint64_t object, Target target, bool oneshot, std::int64_t due) {
    if (event_id >= event_count_ || live_.size() == limit_) {
        return EventRegistry::kFull;
    }
    live_.push_back({++last_serial_, event_id, identity, object, target, oneshot, due});
    return last_serial_;
}

template <typename IsDue>
const std::vector<EventModel::Target>& EventModel::take_if(std::uint32_t event_id,
                                                           Occurrence& occurrence, std::size_t most,
                                                           IsDue is_due) {
    taken_.clear();
    if (event_id >= event_count_) {
        return taken_;
    }
    if (!occurrence.begun) {
        occurrence = {true, 0, last_serial_};
    }
    for (std::size_t i = 0; i < live_.size() && taken_.size() < most;) {
        const Registration& each = live_[i];
        const bool asked = each.event_id == event_id && each.serial > occurrence.seen &&
                           each.serial <= occurrence.last;
        if (!asked || !is_due(live_[i])) {
            ++i;
            continue;
        }
        taken_.push_back(each.target);
        occurrence.seen = each.serial;
        if (!each.oneshot) {
            ++i;
            continue;
        }
        spent_.push_back({each.identity, false});
        if (spent_.size() > remembered_) {
            spent_.erase(spent_.begin());
        }
        live_.erase(live_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return taken_;
}

const std::vector<EventModel::Target>& EventModel::take(std::uint32_t event_id,
                                                        Occurrence& occurrence, std::size_t most) {
    return take_if(event_id, occurrence, most, [](const Registration&) { return true; });
}

const std::vector<EventModel::Target>& EventModel::take_due(std::uint32_t event_id,
                                                            std::int64_t now, std::int64_t period,
                                                            Occurrence& occurrence,
                                                            std::size_t most) {
    return take_if(event_id, occurrence, most, [now, period](Registration& each) {
        const bool due = each.due <= now;
        while (each.due <= now) {
            each.due += period;
        }
        return due;
    });
}

std::int64_t EventModel::next_due(std::uint32_t event_id) const {
    std::int64_t due = EventRegistry::kNever;
    for (const Registration& each : live_) {
        if (each.event_id == event_id) {
            due = std::min(due, each.due);
        }
    }
    return due;
}

bool EventModel::remove(const EventIdentity& identity, std::uint64_t object, Target* removed) {
    const auto address = [&](const auto& each) {
        return each.identity.address == identity.address;
    };
    const auto contents = [&](const auto& each) {
        return each.identity.type == identity.type && each.identity.handle == identity.handle;
    };
    const auto exact = [&](const auto& each) { return address(each) && contents(each); };
    const auto same_object = [&](const Registration& each) {
        return contents(each) && each.object == object;
    };
    *removed = nullptr;
    return remove_first(exact, removed) || disable_first_spent(exact) ||
           remove_first(address, removed) || remove_first(same_object, removed) ||
           disable_first_spent(address) || disable_first_spent(contents);
}

std::vector<EventModel::Registration> EventModel::remove_all() {
    spent_.clear();
    return std::exchange(live_, {});
}

bool EventModel::has(Target target) const {
    return std::ranges::any_of(
        live_, [target](const Registration& each) { return each.target == target; });
}

template <typename Matches>
bool EventModel::remove_first(Matches matches, Target* removed) {
    const auto found = std::ranges::find_if(live_, matches);
    if (found == live_.end()) {
        return false;
    }
    *removed = found->target;
    live_.erase(found);
    return true;
}

template <typename Matches>
bool EventModel::disable_first_spent(Matches matches) {
    const auto found = std::ranges::find_if(
        spent_, [&](const Spent& each) { return !each.disabled && matches(each); });
    if (found == spent_.end()) {
        return false;
    }
    found->disabled = true;
    return true;
}

}  // namespace mfvcam::fuzz
