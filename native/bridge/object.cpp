#include "object.h"

namespace mfvcam {

bool Object::enter() noexcept {
    UINT32 calls = calls_.load(std::memory_order_relaxed);
    do {
        if ((calls & closed_bit) != 0) {
            return false;
        }
    } while (!calls_.compare_exchange_weak(calls, calls + 1, std::memory_order_acquire));
    ++ledger.calls;
    return true;
}

void Object::leave() noexcept {
    const bool last = calls_.fetch_sub(1, std::memory_order_acq_rel) == (closed_bit | 1U);
    if (last) {
        finish();
    }
    --ledger.calls;
}

void Object::close() noexcept {
    // Closing counts as a call, so that finish() cannot overtake on_close().
    UINT32 calls = calls_.load(std::memory_order_relaxed);
    do {
        if ((calls & closed_bit) != 0) {
            return;
        }
    } while (
        !calls_.compare_exchange_weak(calls, (calls + 1) | closed_bit, std::memory_order_acq_rel));
    ++ledger.calls;
    on_close();
    leave();
}

}  // namespace mfvcam
