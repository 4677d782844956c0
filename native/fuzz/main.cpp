// The entry that libFuzzer calls.
#include <cstddef>

#include "event_fuzzer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    mfvcam::fuzz::play({bytes, size});
    return 0;
}
