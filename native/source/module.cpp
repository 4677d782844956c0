#include "module.h"

#include <atomic>

namespace mfvcam::source {
namespace {

constinit std::atomic<long> objects{0};
constinit std::atomic<long> locks{0};

}  // namespace

void Module::add_object() noexcept {
    objects.fetch_add(1, std::memory_order_relaxed);
}
void Module::remove_object() noexcept {
    objects.fetch_sub(1, std::memory_order_release);
}
void Module::lock() noexcept {
    locks.fetch_add(1, std::memory_order_relaxed);
}

void Module::unlock() noexcept {
    // A client may unlock more often than it locked; that must not let go of another's lock.
    long count = locks.load(std::memory_order_relaxed);
    while (count > 0 && !locks.compare_exchange_weak(count, count - 1, std::memory_order_release,
                                                     std::memory_order_relaxed)) {
    }
}

bool Module::is_idle() noexcept {
    return objects.load(std::memory_order_acquire) == 0 &&
           locks.load(std::memory_order_acquire) == 0;
}

HMODULE Module::reference() noexcept {
    HMODULE module = nullptr;
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                           reinterpret_cast<LPCWSTR>(&objects), &module) == FALSE) {
        return nullptr;
    }
    return module;
}

}  // namespace mfvcam::source
