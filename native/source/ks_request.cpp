#include "ks_request.h"

#include <cstring>

namespace mfvcam::source {
namespace {

// The types of requests, of events and properties alike where they have the same name.
constexpr std::uint32_t kEnable = 1;
constexpr std::uint32_t kOneshot = 2;
constexpr std::uint32_t kGet = 1;
constexpr std::uint32_t kSetSupport = 0x100;
constexpr std::uint32_t kBasicSupport = 0x200;

// A caller's structure may lie at any address.
template <typename Value>
Value read(const void* bytes, std::size_t offset) noexcept {
    Value value;
    std::memcpy(&value, static_cast<const std::uint8_t*>(bytes) + offset, sizeof(value));
    return value;
}

struct Identifier {
    explicit Identifier(const void* bytes) noexcept
        : set(read<KsSet>(bytes, 0)),
          id(read<std::uint32_t>(bytes, sizeof(KsSet))),
          flags(read<std::uint32_t>(bytes, sizeof(KsSet) + sizeof(id))) {}

    KsSet set;
    std::uint32_t id;
    std::uint32_t flags;
};

EventIdentity read_identity(const void* data) noexcept {
    return {reinterpret_cast<std::uintptr_t>(data), read<std::uint32_t>(data, 0),
            read<std::uintptr_t>(data, sizeof(void*))};
}

std::int32_t read_adjustment(const void* data) noexcept {
    return read<std::int32_t>(data, 2 * sizeof(void*) + sizeof(std::uint32_t));
}

KsEventRequest answer_event(KsAnswer answer) noexcept {
    KsEventRequest request;
    request.answer = answer;
    if (answer == KsAnswer::insufficient_buffer) {
        request.size = kKsEventDataSize;
    }
    return request;
}

KsEventRequest parse_enable(const KsCall& call, const Identifier& identifier) noexcept {
    if (call.data_length < kKsEventDataSize) {
        return answer_event(KsAnswer::insufficient_buffer);
    }
    if (call.data == nullptr) {
        return answer_event(KsAnswer::null_pointer);
    }
    KsEventRequest request = answer_event(KsAnswer::proceed);
    request.action = KsEventRequest::Action::enable;
    request.event_id = identifier.id;
    request.oneshot = identifier.flags == kOneshot;
    request.identity = read_identity(call.data);
    if (request.identity.type == kKsNotifySemaphore) {
        request.adjustment = read_adjustment(call.data);
        // As ReleaseSemaphore says.
        return request.adjustment > 0 ? request : answer_event(KsAnswer::invalid_argument);
    }
    return request.identity.type == kKsNotifyEvent ? request
                                                   : answer_event(KsAnswer::invalid_argument);
}

KsEventRequest parse_disable(const KsCall& call) noexcept {
    if (call.request_length != 0) {
        return answer_event(KsAnswer::invalid_argument);
    }
    KsEventRequest request = answer_event(KsAnswer::proceed);
    if (call.data == nullptr) {
        request.action = KsEventRequest::Action::disable_all;
        return call.data_length == 0 ? request : answer_event(KsAnswer::null_pointer);
    }
    if (call.data_length < kKsEventDataSize) {
        return answer_event(KsAnswer::insufficient_buffer);
    }
    request.action = KsEventRequest::Action::disable;
    request.identity = read_identity(call.data);
    return request;
}

// Whether a value of this size can be written.
KsPropertyRequest answer_value(const KsCall& call, KsPropertyRequest::Action action,
                               std::uint32_t size) noexcept {
    if (call.data == nullptr && call.data_length != 0) {
        return {KsAnswer::null_pointer, 0, action};
    }
    if (call.data == nullptr) {
        return {KsAnswer::more_data, size, action};
    }
    if (call.data_length < size) {
        return {KsAnswer::insufficient_buffer, size, action};
    }
    return {KsAnswer::proceed, size, action};
}

}  // namespace

KsEventRequest parse_ks_event(const KsCall& call, const KsSet& set,
                              std::uint32_t event_count) noexcept {
    if (call.request == nullptr) {
        return parse_disable(call);
    }
    if (call.request_length < kKsIdentifierSize) {
        return answer_event(KsAnswer::invalid_argument);
    }
    const Identifier identifier(call.request);
    if (identifier.set != set) {
        return answer_event(KsAnswer::unknown_set);
    }
    if (identifier.flags == kSetSupport) {
        return answer_event(KsAnswer::supported);
    }
    if (identifier.id >= event_count) {
        return answer_event(KsAnswer::unknown_id);
    }
    switch (identifier.flags) {
        case kBasicSupport:
            return answer_event(KsAnswer::supported);
        case kEnable:
        case kOneshot:
            return parse_enable(call, identifier);
        default:
            return answer_event(KsAnswer::invalid_argument);
    }
}

KsPropertyRequest parse_ks_property(const KsCall& call, const KsSet& set, std::uint32_t property_id,
                                    std::uint32_t property_size) noexcept {
    using Action = KsPropertyRequest::Action;
    if (call.request == nullptr) {
        return {KsAnswer::null_pointer};
    }
    if (call.request_length < kKsIdentifierSize) {
        return {KsAnswer::invalid_argument};
    }
    const Identifier identifier(call.request);
    if (identifier.set != set) {
        return {KsAnswer::unknown_set};
    }
    if (identifier.flags == kSetSupport) {
        return {KsAnswer::supported};
    }
    if (identifier.id != property_id) {
        return {KsAnswer::unknown_id};
    }
    switch (identifier.flags) {
        case kGet:
            return answer_value(call, Action::get, property_size);
        case kBasicSupport:
            return answer_value(call, Action::basic_support, sizeof(std::uint32_t));
        default:
            return {KsAnswer::invalid_argument};
    }
}

}  // namespace mfvcam::source
