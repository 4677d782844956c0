// Counts of what is alive, for mfvcam_get_ledger: the exact leak check of all tests.
#pragma once

#include <windows.h>

#include <atomic>
#include <utility>

#include "mfvcam.h"

namespace mfvcam {

struct Ledger {
    std::atomic<UINT32> cameras{0};
    std::atomic<UINT32> sync_objects{0};
    std::atomic<UINT32> media_sources{0};
    std::atomic<UINT32> readers{0};
    std::atomic<UINT32> watches{0};
    std::atomic<UINT32> queues{0};
    std::atomic<UINT32> handles{0};
    std::atomic<UINT32> calls{0};
};

inline constinit Ledger ledger;

// One entry of the ledger, for as long as it lives.
class LedgerEntry {
 public:
    explicit LedgerEntry(std::atomic<UINT32>& counter) noexcept : counter_(counter) { ++counter_; }
    ~LedgerEntry() { --counter_; }
    LedgerEntry(const LedgerEntry&) = delete;
    LedgerEntry& operator=(const LedgerEntry&) = delete;

 private:
    std::atomic<UINT32>& counter_;
};

// A kernel handle of the bridge's own, counted.
class OwnedHandle {
 public:
    OwnedHandle() noexcept = default;
    explicit OwnedHandle(HANDLE handle) noexcept : handle_(handle) {
        if (handle_ != nullptr) {
            ++ledger.handles;
        }
    }
    OwnedHandle(OwnedHandle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    OwnedHandle& operator=(OwnedHandle&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~OwnedHandle() {
        if (handle_ != nullptr) {
            CloseHandle(handle_);
            --ledger.handles;
        }
    }

    [[nodiscard]] HANDLE get() const noexcept { return handle_; }
    explicit operator bool() const noexcept { return handle_ != nullptr; }

 private:
    HANDLE handle_ = nullptr;
};

}  // namespace mfvcam
