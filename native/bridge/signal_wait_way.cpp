#include "signal_wait_way.h"

#include <unordered_map>
#include <utility>

#include "guard.h"
#include "late_binding.h"
#include "lock.h"

namespace mfvcam {

namespace {

using Registry = std::unordered_map<HANDLE, SignalWaitWay*>;

constinit Lock registry_lock;
// Never freed: threads may call until the process is gone.
constinit Registry* registry = nullptr;

bool same_object(HANDLE first, HANDLE second) noexcept {
    // Absent before Windows 10; then equal numbers have to do.
    const auto compare = find_function<BOOL(WINAPI*)(HANDLE, HANDLE)>(
        GetModuleHandleW(L"kernelbase.dll"), "CompareObjectHandles");
    return compare == nullptr || compare(first, second) != FALSE;
}

}  // namespace

HRESULT SignalWaitWay::share(HANDLE given, HANDLE own, Share& result) {
    const LockGuard guard(registry_lock);
    if (registry == nullptr) {
        registry = new Registry();
    }
    SignalWaitWay*& entry = (*registry)[given];
    if (entry != nullptr && same_object(entry->object_.get(), own)) {
        ++entry->users_;
        result.reset(entry);
        return S_OK;
    }
    // New, or the number belongs to another object by now; the sync objects of the old one keep
    // what they share.
    HANDLE duplicate = nullptr;
    if (DuplicateHandle(GetCurrentProcess(), own, GetCurrentProcess(), &duplicate, 0, FALSE,
                        DUPLICATE_SAME_ACCESS) == FALSE) {
        return hresult_from_last_error();
    }
    OwnedHandle object(duplicate);
    entry = new SignalWaitWay(given, std::move(object));
    result.reset(entry);
    return S_OK;
}

void SignalWaitWay::Release::operator()(SignalWaitWay* way) const noexcept {
    {
        const LockGuard guard(registry_lock);
        if (--way->users_ != 0) {
            return;
        }
        if (const auto entry = registry->find(way->given_);
            entry != registry->end() && entry->second == way) {
            registry->erase(entry);
        }
    }
    delete way;
}

bool SignalWaitWay::take(WaitWay way) noexcept {
    WaitWay taken = WaitWay::none;
    return way_.compare_exchange_strong(taken, way) || taken == way;
}

bool SignalWaitWay::allows(WaitWay way) const noexcept {
    const WaitWay taken = way_;
    return taken == WaitWay::none || taken == way;
}

}  // namespace mfvcam
