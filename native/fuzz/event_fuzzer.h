// What the fuzzer does with an input; aborts where the code and the model differ.
#pragma once

#include <cstdint>
#include <span>

namespace mfvcam::fuzz {

void play(std::span<const std::uint8_t> bytes);

}  // namespace mfvcam::fuzz
