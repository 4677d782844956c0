#include "handle_table.h"

#include <vector>

#include "lock.h"

namespace mfvcam::handles {

namespace {

struct Slot {
    UINT32 generation;
    Object* object;
};

struct Table {
    std::vector<Slot> slots;
    std::vector<UINT32> free_slots;
};

// A handle is positive as a signed number too: generations have 31 bits. Index 0 is stored as 1, so
// that no handle is 0.
constexpr UINT32 generation_mask = 0x7FFFFFFFU;

constinit Lock table_lock;
// Never freed: threads may call until the process is gone.
constinit Table* table = nullptr;

// Generations begin at a place of this copy of the module's own, so that handles of another copy in
// the process are stale here. Modules lie in 64 KB steps in the 47 bits that a process may use, and
// 31 bits keep an odd multiple of their number apart.
UINT32 first_generation() noexcept {
    const auto number = static_cast<UINT64>(reinterpret_cast<UINT_PTR>(&table)) >> 16U;
    return static_cast<UINT32>(number * 0x9E3779B1U) & generation_mask;
}

Slot* slot_of(mfvcam_handle handle) noexcept {
    const auto position = static_cast<UINT32>(handle & 0xFFFFFFFFU);
    const auto generation = static_cast<UINT32>(handle >> 32U);
    if (table == nullptr || position == 0 || position > table->slots.size()) {
        return nullptr;
    }
    Slot& slot = table->slots[position - 1];
    return slot.object != nullptr && slot.generation == generation ? &slot : nullptr;
}

}  // namespace

mfvcam_handle insert(Object* object) {
    const LockGuard guard(table_lock);
    if (table == nullptr) {
        table = new Table();
    }
    if (table->free_slots.empty()) {
        // Room for giving the slot back is made now: remove() must not fail.
        if (table->free_slots.capacity() <= table->slots.size()) {
            table->free_slots.reserve((2 * table->slots.size()) + 64);
        }
        table->slots.push_back({first_generation(), nullptr});
        table->free_slots.push_back(static_cast<UINT32>(table->slots.size() - 1));
    }
    const UINT32 index = table->free_slots.back();
    table->free_slots.pop_back();
    Slot& slot = table->slots[index];
    slot.generation = (slot.generation + 1) & generation_mask;
    slot.object = object;
    object->add_ref();
    return (static_cast<mfvcam_handle>(slot.generation) << 32U) | (index + 1U);
}

Ref<Object> find(mfvcam_handle handle) noexcept {
    const SharedLockGuard guard(table_lock);
    const Slot* slot = slot_of(handle);
    return slot != nullptr ? Ref<Object>::share(slot->object) : Ref<Object>();
}

Ref<Object> find(mfvcam_handle handle, Kind kind) noexcept {
    const Ref<Object> object = find(handle);
    return object && object->kind == kind ? object : Ref<Object>();
}

// NOLINTNEXTLINE(bugprone-exception-escape): the one push_back has its room already.
Ref<Object> remove(mfvcam_handle handle) noexcept {
    const LockGuard guard(table_lock);
    Slot* slot = slot_of(handle);
    if (slot == nullptr) {
        return {};
    }
    table->free_slots.push_back(static_cast<UINT32>(slot - table->slots.data()));
    return Ref<Object>::adopt(std::exchange(slot->object, nullptr));
}

}  // namespace mfvcam::handles
