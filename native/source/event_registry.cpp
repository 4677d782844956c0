#include "event_registry.h"

#include <algorithm>
#include <utility>

namespace mfvcam::source {

EventRegistry::EventRegistry(std::uint32_t event_count, std::size_t limit, std::size_t remembered)
    : events_(event_count), limit_(limit), spent_(remembered) {}

EventRegistry::Serial EventRegistry::add(std::uint32_t event_id, Registration registration) {
    if (event_id >= events_.size() || size_ >= limit_) {
        return kFull;
    }
    const Serial serial = last_serial_ + 1;
    events_[event_id].emplace(serial, std::move(registration));
    last_serial_ = serial;
    ++size_;
    return serial;
}

template <typename Take>
std::size_t EventRegistry::take_if(std::uint32_t event_id, Cursor& cursor, std::span<Target> batch,
                                   Take take) noexcept {
    if (event_id >= events_.size()) {
        return 0;
    }
    if (cursor.end == 0) {
        cursor.end = last_serial_ + 1;
    }
    Registrations& event = events_[event_id];
    std::size_t taken = 0;
    auto place = event.lower_bound(cursor.next);
    while (taken < batch.size() && place != event.end() && place->first < cursor.end) {
        cursor.next = place->first + 1;
        if (!take(place->second)) {
            ++place;
            continue;
        }
        const Registration& registration = place->second;
        batch[taken] = registration.target;
        ++taken;
        if (registration.oneshot) {
            remember_spent(registration.identity);
            place = erase(event, place);
        } else {
            ++place;
        }
    }
    return taken;
}

std::size_t EventRegistry::take(std::uint32_t event_id, Cursor& cursor,
                                std::span<Target> batch) noexcept {
    return take_if(event_id, cursor, batch, [](const Registration&) { return true; });
}

std::size_t EventRegistry::take_due(std::uint32_t event_id, std::int64_t now, std::int64_t period,
                                    Cursor& cursor, std::span<Target> batch) noexcept {
    return take_if(event_id, cursor, batch, [now, period](Registration& registration) {
        if (registration.due > now) {
            return false;
        }
        registration.due += ((now - registration.due) / period + 1) * period;
        return true;
    });
}

std::int64_t EventRegistry::next_due(std::uint32_t event_id) const noexcept {
    std::int64_t due = kNever;
    if (event_id < events_.size()) {
        for (const auto& [serial, registration] : events_[event_id]) {
            due = std::min(due, registration.due);
        }
    }
    return due;
}

bool EventRegistry::remove(const EventIdentity& identity, Target* removed) noexcept {
    const auto exact = [&](const auto& each) { return each.identity == identity; };
    const auto address = [&](const auto& each) {
        return each.identity.address == identity.address;
    };
    const auto contents = [&](const auto& each) { return each.identity.same_contents(identity); };
    const auto object = [&](const Registration& each) {
        return contents(each) && each.target->is_named_by(identity.handle);
    };

    Place place = oldest(exact);
    if (place.event == nullptr) {
        // Before anything less exact: an address may have come into use again since.
        if (forget_spent(exact)) {
            return true;
        }
        place = oldest(address);
    }
    if (place.event == nullptr) {
        place = oldest(object);
    }
    if (place.event == nullptr) {
        return forget_spent(address) || forget_spent(contents);
    }
    *removed = std::move(place.registration->second.target);
    erase(*place.event, place.registration);
    return true;
}

void EventRegistry::remove_all(Registrations* removed) noexcept {
    for (Registrations& event : events_) {
        removed->merge(event);
    }
    size_ = 0;
    std::ranges::fill(spent_, Spent{});
}

template <typename Matches>
EventRegistry::Place EventRegistry::oldest(Matches matches) noexcept {
    Place found;
    for (Registrations& event : events_) {
        for (auto place = event.begin(); place != event.end(); ++place) {
            if (found.event != nullptr && place->first > found.registration->first) {
                break;
            }
            if (matches(place->second)) {
                found = {&event, place};
                break;
            }
        }
    }
    return found;
}

template <typename Matches>
bool EventRegistry::forget_spent(Matches matches) noexcept {
    // The oldest is where the next one will be written.
    for (std::size_t i = 0; i < spent_.size(); ++i) {
        Spent& spent = spent_[(next_spent_ + i) % spent_.size()];
        if (spent.used && matches(spent)) {
            spent.used = false;
            return true;
        }
    }
    return false;
}

void EventRegistry::remember_spent(const EventIdentity& identity) noexcept {
    spent_[next_spent_] = {identity, true};
    next_spent_ = (next_spent_ + 1) % spent_.size();
}

EventRegistry::Registrations::iterator EventRegistry::erase(
    Registrations& event, Registrations::iterator place) noexcept {
    --size_;
    return event.erase(place);
}

}  // namespace mfvcam::source
