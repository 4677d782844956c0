#include "action_queue.h"

#include "guard.h"

namespace mfvcam::source {

void ActionQueue::append(Actions&& actions) noexcept {
    const LockGuard guard(lock_);
    if (!closed_) {
        actions_.splice(actions_.end(), actions);
    }
}

void ActionQueue::run() noexcept {
    for (;;) {
        Actions next;
        {
            const LockGuard guard(lock_);
            if (running_ || actions_.empty()) {
                return;
            }
            next.splice(next.end(), actions_, actions_.begin());
            running_ = true;
        }
        // An action that runs out of memory is lost; those after it are not.
        guarded([&] {
            next.front()();
            return S_OK;
        });
        next.clear();
        const LockGuard guard(lock_);
        running_ = false;
    }
}

void ActionQueue::close() noexcept {
    Actions dropped;
    const LockGuard guard(lock_);
    closed_ = true;
    dropped.swap(actions_);
}

}  // namespace mfvcam::source
