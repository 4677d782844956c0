// How many objects programs were given, shut down and released.
#pragma once

#include <windows.h>

#include <atomic>

#include "simulator.h"

namespace mfvcam::simulator {

struct Counters {
    std::atomic<UINT32> created{0};
    std::atomic<UINT32> shutdowns{0};
    std::atomic<UINT32> released{0};
};

inline constinit Counters camera_counters;
inline constinit Counters sync_object_counters;

// Part of an object that is counted from when it is handed out.
class Counted {
 public:
    explicit Counted(Counters& counters) noexcept : counters_(counters) {}
    ~Counted() {
        if (handed_out_) {
            ++counters_.released;
        }
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

    void handed_out() noexcept {
        handed_out_ = true;
        ++counters_.created;
    }
    void shut_down() noexcept { ++counters_.shutdowns; }

 private:
    Counters& counters_;
    bool handed_out_ = false;  // written before anybody else knows the object
};

inline mfvcam_simulator_counters counted() noexcept {
    return {camera_counters.created,        camera_counters.shutdowns,
            camera_counters.released,       sync_object_counters.created,
            sync_object_counters.shutdowns, sync_object_counters.released};
}

}  // namespace mfvcam::simulator
