// What a call of KsEvent or KsProperty asks for: bytes in, a decision out, with no Windows in it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "event_registry.h"

namespace mfvcam::source {

using KsSet = std::array<std::uint8_t, 16>;  // a GUID as it lies in memory

// KSEVENT and KSPROPERTY, which are the same to the byte, and KSEVENTDATA.
inline constexpr std::size_t kKsIdentifierSize = 24;
inline constexpr std::size_t kKsEventDataSize = 4 * sizeof(void*);

inline constexpr std::uint32_t kKsNotifyEvent = 1;      // KSEVENTF_EVENT_HANDLE
inline constexpr std::uint32_t kKsNotifySemaphore = 2;  // KSEVENTF_SEMAPHORE_HANDLE

// A call as it arrives: nothing in it can be relied upon but that a pointer which is not null has
// as many readable bytes as its length says.
struct KsCall {
    const void* request = nullptr;
    std::uint32_t request_length = 0;
    const void* data = nullptr;
    std::uint32_t data_length = 0;
};

enum class KsAnswer {
    proceed,
    supported,  // a question after support: yes, and nothing more to do
    null_pointer,
    invalid_argument,
    unknown_set,
    unknown_id,
    more_data,            // nothing to write to: says the size
    insufficient_buffer,  // too small: says the size
};

struct KsEventRequest {
    enum class Action { enable, disable, disable_all };

    KsAnswer answer = KsAnswer::invalid_argument;
    std::uint32_t size = 0;  // to be told to the caller
    // The rest where the answer is to proceed; of disable_all, the action alone.
    Action action = Action::enable;
    std::uint32_t event_id = 0;  // to enable
    bool oneshot = false;
    std::int32_t adjustment = 0;  // of a semaphore, at least 1
    EventIdentity identity;
};

// The set the caller has, and how many events are in it, from 0 on.
KsEventRequest parse_ks_event(const KsCall& call, const KsSet& set,
                              std::uint32_t event_count) noexcept;

// The properties of a set with one property in it, that can be read.
struct KsPropertyRequest {
    enum class Action { get, basic_support };

    KsAnswer answer = KsAnswer::invalid_argument;
    std::uint32_t size = 0;  // to be told to the caller; to proceed, what is to be written
    Action action = Action::get;
};

KsPropertyRequest parse_ks_property(const KsCall& call, const KsSet& set, std::uint32_t property_id,
                                    std::uint32_t property_size) noexcept;

}  // namespace mfvcam::source
