#include "children.h"

namespace mfvcam::simulator {

bool Children::add(Child* child) {
    const LockGuard guard(lock_);
    if (closed_) {
        return false;
    }
    children_.insert(child);
    return true;
}

void Children::remove(Child* child) noexcept {
    const LockGuard guard(lock_);
    children_.erase(child);
}

void Children::shutdown() noexcept {
    // One at a time: ending a child calls its media source, which no lock may surround, and taking
    // a list of them could run out of memory.
    for (;;) {
        Child* child = nullptr;
        {
            const LockGuard guard(lock_);
            closed_ = true;
            while (child == nullptr && !children_.empty()) {
                Child* const first = *children_.begin();
                children_.erase(children_.begin());
                if (first->try_retain()) {
                    child = first;
                }
            }
        }
        if (child == nullptr) {
            return;
        }
        child->shutdown_by_camera();
        child->release_retained();
    }
}

}  // namespace mfvcam::simulator
