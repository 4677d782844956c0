// When frames are due: absolute deadlines from one origin, so that lateness never adds up.
#pragma once

#include <cstdint>

namespace mfvcam::source {

class FrameClock {
 public:
    // Times in 100 ns; rate in frames a second.
    FrameClock(std::int64_t origin, std::int64_t rate) noexcept : origin_(origin), rate_(rate) {}

    std::int64_t deadline(std::int64_t frame) const noexcept {
        return origin_ + frame * kUnitsPerSecond / rate_;
    }

    // The deadline now reached, or the last one missed; origin's own before that.
    std::int64_t latest(std::int64_t now) const noexcept { return deadline(frame_at(now)); }

    // The first deadline after now: those missed meanwhile are skipped, not made up for.
    std::int64_t next(std::int64_t now) const noexcept { return deadline(frame_at(now) + 1); }

 private:
    static constexpr std::int64_t kUnitsPerSecond = 10'000'000;

    std::int64_t frame_at(std::int64_t now) const noexcept {
        if (now <= origin_) {
            return 0;
        }
        std::int64_t frame = (now - origin_) * rate_ / kUnitsPerSecond;
        // deadline() rounds down, so the next one may have come already.
        if (deadline(frame + 1) <= now) {
            ++frame;
        }
        return frame;
    }

    std::int64_t origin_;
    std::int64_t rate_;
};

}  // namespace mfvcam::source
