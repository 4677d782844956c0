// Runs actions one at a time and in the order they were appended, with no lock held.
#pragma once

#include <functional>
#include <list>

#include "lock.h"

namespace mfvcam::source {

// A change of state appends what follows from it while its lock is held, and runs after releasing
// it. So events leave in the order of the changes, though nothing calls out under a lock. A thread
// that finds another running leaves its actions to that one, and never waits.
class ActionQueue {
 public:
    using Actions = std::list<std::function<void()>>;

    void append(Actions&& actions) noexcept;
    // Not to be called with any lock held.
    void run() noexcept;
    // Drops what has not begun, and everything after. Not to be called with any lock held.
    void close() noexcept;

 private:
    Lock lock_;
    Actions actions_;
    bool running_ = false;
    bool closed_ = false;
};

}  // namespace mfvcam::source
