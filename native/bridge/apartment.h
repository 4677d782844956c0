// Every COM call of the bridge goes through in_mta(): a caller in a single-threaded apartment has
// it run elsewhere.
#pragma once

#include <windows.h>

#include <memory>
#include <type_traits>

#include "guard.h"

namespace mfvcam {

namespace apartment {

bool caller_is_single_threaded() noexcept;
// Runs work(context) on a thread of the system's pool and waits for it.
HRESULT run_elsewhere(HRESULT (*work)(void*) noexcept, void* context) noexcept;
// Runs work(context) on a thread of the system's pool, some time.
HRESULT run_later(void (*work)(void*) noexcept, void* context) noexcept;

}  // namespace apartment

template <class F>
HRESULT in_mta(F&& call) noexcept {
    if (!apartment::caller_is_single_threaded()) {
        return guarded(call);
    }
    using Call = std::remove_reference_t<F>;
    return apartment::run_elsewhere(
        [](void* context) noexcept { return guarded(*static_cast<Call*>(context)); },
        const_cast<std::remove_const_t<Call>*>(&call));
}

// Hands work over to a thread of the system's pool; failing that, does it here and now, so that
// nothing is left undone.
template <class F>
void later(const F& work) noexcept {
    auto context = std::unique_ptr<F>(new (std::nothrow) F(work));
    const auto run = [](void* argument) noexcept {
        const std::unique_ptr<F> owned(static_cast<F*>(argument));
        (*owned)();
    };
    if (context != nullptr && SUCCEEDED(apartment::run_later(run, context.get()))) {
        static_cast<void>(context.release());
    } else {
        work();
    }
}

}  // namespace mfvcam
