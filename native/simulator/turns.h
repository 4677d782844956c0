// Lets those who change something follow each other, with no lock held while they call out.
#pragma once

#include <windows.h>

#include "lock.h"

namespace mfvcam::simulator {

class Turns {
 public:
    // Waits for its turn, and ends it.
    class Turn {
     public:
        explicit Turn(Turns& turns) noexcept : turns_(turns) {
            const LockGuard guard(turns_.lock_);
            while (turns_.busy_) {
                SleepConditionVariableSRW(&turns_.idle_, turns_.lock_.get(), INFINITE, 0);
            }
            turns_.busy_ = true;
        }
        ~Turn() {
            {
                const LockGuard guard(turns_.lock_);
                turns_.busy_ = false;
            }
            WakeConditionVariable(&turns_.idle_);
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

     private:
        Turns& turns_;
    };

 private:
    Lock lock_;
    CONDITION_VARIABLE idle_ = CONDITION_VARIABLE_INIT;
    bool busy_ = false;
};

}  // namespace mfvcam::simulator
