// Where the code and the model must agree.
#pragma once

#include <cstdlib>
#include <iostream>

namespace mfvcam::fuzz {

inline void check(bool holds, const char* what) {
    if (!holds) {
        std::cerr << "The code and the model differ: " << what << "\n";
        std::abort();
    }
}

}  // namespace mfvcam::fuzz
