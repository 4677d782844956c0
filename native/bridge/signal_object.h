// The event or semaphore that a camera signals: a duplicate of the caller's HANDLE, who may close
// his own at any time.
#pragma once

#include <windows.h>

#include "ledger.h"

namespace mfvcam {

class SignalObject {
 public:
    enum class Type : unsigned char { event, semaphore };

    // E_HANDLE: given is no HANDLE of this process, or not of this type.
    static HRESULT duplicate(HANDLE given, Type type, SignalObject& result) noexcept;

    // Another duplicate, of the same object.
    HRESULT copy_to(SignalObject& result) const noexcept;

    [[nodiscard]] HANDLE get() const noexcept { return handle_.get(); }
    // A signal that was consumed and that nobody got.
    void give_back() const noexcept;

 private:
    OwnedHandle handle_;
    Type type_ = Type::event;
    bool keeps_signals_ = false;  // a manual-reset event
};

}  // namespace mfvcam
