// The objects a camera object has made: they end with it, but do not live by it.
#pragma once

#include <unordered_set>

#include "lock.h"

namespace mfvcam::simulator {

class Child {
 public:
    // A reference, unless the last one has just gone.
    virtual bool try_retain() noexcept = 0;
    virtual void release_retained() noexcept = 0;
    // Ends it as its own Shutdown would; MF_E_SHUTDOWN from here on.
    virtual void shutdown_by_camera() noexcept = 0;

 protected:
    ~Child() = default;
};

class Children {
 public:
    // False if the camera has been shut down: the child is then to be ended by whoever made it.
    bool add(Child* child);
    // By the child, before its memory goes.
    void remove(Child* child) noexcept;
    // Ends all of them; nothing can be added any more.
    void shutdown() noexcept;

 private:
    Lock lock_;
    bool closed_ = false;
    std::unordered_set<Child*> children_;
};

}  // namespace mfvcam::simulator
