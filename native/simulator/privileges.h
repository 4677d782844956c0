// Whether the caller may do what is reserved for administrators.
#pragma once

namespace mfvcam::simulator {

bool isAdministrator() noexcept;

}  // namespace mfvcam::simulator
