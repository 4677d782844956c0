// The handles of this process, as the system counts them: exact where nobody else is at work, and
// a slope where Media Foundation's threads come and go.
#pragma once

#include <cstddef>
#include <functional>

namespace mfvcam::tests {

std::size_t handle_count();

// Runs the round until the process is warm and then many times more, and fails if the handles have
// grown by as much as one in ten rounds. settled: whether nothing of a round is alive any more.
void expect_handles_do_not_add_up(const std::function<void()>& round,
                                  const std::function<bool()>& settled);

}  // namespace mfvcam::tests
