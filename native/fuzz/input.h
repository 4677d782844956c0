// The fuzzer's bytes, read as numbers; zeros after the last one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace mfvcam::fuzz {

class Input {
 public:
    explicit Input(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    bool empty() const { return next_ == bytes_.size(); }
    std::uint8_t byte() { return empty() ? std::uint8_t{0} : bytes_[next_++]; }
    // From 0 to below the limit, which is 256 at most.
    std::uint32_t below(std::uint32_t limit) { return byte() % limit; }
    bool flag() { return below(2) != 0; }
    std::uint32_t word() {
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            value = value << 8 | byte();
        }
        return value;
    }

 private:
    std::span<const std::uint8_t> bytes_;
    std::size_t next_ = 0;
};

}  // namespace mfvcam::fuzz
