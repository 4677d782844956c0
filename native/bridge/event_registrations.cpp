#include "event_registrations.h"

#include <algorithm>

#include "guard.h"

namespace mfvcam {

namespace {

// A registration that Windows has dropped falls behind for good.
constexpr size_t kMostAhead = 64;
// Those before the last so many are not listened to any more.
constexpr size_t kMostRegistrations = 64;

}  // namespace

EventRegistrations::Id EventRegistrations::add() {
    const LockGuard guard(lock_);
    ahead_[++last_];
    return last_;
}

void EventRegistrations::keep(Id registration) noexcept {
    const LockGuard guard(lock_);
    // Whether it will tell what others have told during Start is not known; twice is better than
    // never.
    if (const auto own = ahead_.find(registration); own != ahead_.end()) {
        own->second.clear();
    }
    if (ahead_.size() > kMostRegistrations) {
        ahead_.erase(ahead_.begin());
    }
}

void EventRegistrations::remove(Id registration) noexcept {
    const LockGuard guard(lock_);
    ahead_.erase(registration);
}

bool EventRegistrations::is_new(Id registration, const CameraEvent& event) noexcept {
    const LockGuard guard(lock_);
    const auto own = ahead_.find(registration);
    if (own == ahead_.end()) {
        return false;
    }
    const auto told = std::ranges::find(own->second, event);
    if (told != own->second.end()) {
        // What came before it was told while this registration was not there yet.
        own->second.erase(own->second.begin(), told + 1);
        return false;
    }
    for (auto& [other, ahead] : ahead_) {
        if (other == registration) {
            continue;
        }
        // Without memory an event may be told twice, which is better than never.
        static_cast<void>(guarded([&] {
            ahead.push_back(event);
            return S_OK;
        }));
        if (ahead.size() > kMostAhead) {
            ahead.pop_front();
        }
    }
    return true;
}

}  // namespace mfvcam
