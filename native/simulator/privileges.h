// Whether the caller may do what is reserved for administrators.
#pragma once

namespace mfvcam::simulator {

bool is_administrator() noexcept;

}  // namespace mfvcam::simulator
