// Windows forbids waiting on a sync object and on its handle: the way first taken for an event
// or semaphore is the only one.
#pragma once

#include <windows.h>

#include <atomic>
#include <memory>
#include <utility>

#include "ledger.h"

namespace mfvcam {

enum class WaitWay : unsigned char { none, handle, wait_on_signal };

// One for each event or semaphore in use, shared by all sync objects made with the same HANDLE.
class SignalWaitWay {
 public:
    struct Release {
        void operator()(SignalWaitWay* way) const noexcept;
    };
    using Share = std::unique_ptr<SignalWaitWay, Release>;

    SignalWaitWay(HANDLE given, OwnedHandle object) noexcept
        : given_(given), object_(std::move(object)) {}

    // given: the HANDLE the caller passed; own: the bridge's duplicate of it. Throws
    // std::bad_alloc.
    static HRESULT share(HANDLE given, HANDLE own, Share& result);

    // False if the other way was taken before.
    [[nodiscard]] bool take(WaitWay way) noexcept;
    // Whether take() would succeed.
    [[nodiscard]] bool allows(WaitWay way) const noexcept;

 private:
    HANDLE given_;
    OwnedHandle object_;
    UINT32 users_ = 1;
    std::atomic<WaitWay> way_{WaitWay::none};
};

}  // namespace mfvcam
