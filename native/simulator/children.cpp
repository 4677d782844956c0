#include "children.h"

namespace mfvcam::simulator {

bool Children::add(Child* child) {
    const LockScope scope(lock_);
    if (closed_) {
        return false;
    }
    children_.insert(child);
    return true;
}

void Children::remove(Child* child) noexcept {
    const LockScope scope(lock_);
    children_.erase(child);
}

void Children::shutdown() noexcept {
    // One at a time: ending a child calls its media source, which no lock may surround, and taking
    // a list of them could run out of memory.
    for (;;) {
        Child* child = nullptr;
        {
            const LockScope scope(lock_);
            closed_ = true;
            while (child == nullptr && !children_.empty()) {
                Child* const first = *children_.begin();
                children_.erase(children_.begin());
                if (first->tryRetain()) {
                    child = first;
                }
            }
        }
        if (child == nullptr) {
            return;
        }
        child->shutdownByCamera();
        child->releaseRetained();
    }
}

}  // namespace mfvcam::simulator
