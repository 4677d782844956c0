// The cameras of this process, and how many camera objects hold each.
#pragma once

#include <memory>
#include <vector>

#include "camera.h"
#include "lock.h"

namespace mfvcam::simulator {

class CameraRegistry {
 public:
    // Never destroyed.
    static CameraRegistry& instance();

    // The camera of this key, held once more; open() makes it if it is not there.
    std::shared_ptr<Camera> open(const CameraKey& key);
    std::shared_ptr<Camera> open_existing(const CameraKey& key);
    // Gives one hold back. True: the camera has ended with it, and is the caller's to remove.
    [[nodiscard]] bool close(const std::shared_ptr<Camera>& camera) noexcept;
    [[nodiscard]] bool empty() noexcept;
    // One that nobody holds.
    void add(std::shared_ptr<Camera> camera);
    // The camera is no longer to be found, whoever holds it.
    void forget(const std::shared_ptr<Camera>& camera) noexcept;

 private:
    struct Entry {
        std::shared_ptr<Camera> camera;
        unsigned holds = 0;
    };

    CameraRegistry() = default;
    Entry* find(const CameraKey& key) noexcept;
    void erase(const std::shared_ptr<Camera>& camera) noexcept;

    Lock lock_;
    std::vector<Entry> entries_;
};

}  // namespace mfvcam::simulator
