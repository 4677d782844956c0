#include "ks_model.h"

#include <cstddef>

namespace mfvcam::fuzz {
namespace {

using source::KsAnswer;
using source::KsCall;
using source::KsEventRequest;
using source::KsPropertyRequest;
using source::KsSet;

constexpr std::size_t kPointer = sizeof(void*);

std::uint64_t number(const void* bytes, std::size_t from, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i > 0; --i) {
        value = value << 8 | static_cast<const std::uint8_t*>(bytes)[from + i - 1];
    }
    return value;
}

// The first of these that a request for one of our own sets fails; else to proceed.
KsAnswer identify(const KsCall& call, const KsSet& set) {
    if (call.request_length < 24) {
        return KsAnswer::invalid_argument;
    }
    for (std::size_t i = 0; i < 16; ++i) {
        if (number(call.request, i, 1) != set[i]) {
            return KsAnswer::unknown_set;
        }
    }
    // SETSUPPORT is a question about the set: whatever the identifier.
    return number(call.request, 20, 4) == 0x100 ? KsAnswer::supported : KsAnswer::proceed;
}

KsEventRequest refuse(KsAnswer answer, std::uint32_t size = 0) {
    KsEventRequest request;
    request.answer = answer;
    request.size = size;
    return request;
}

source::EventIdentity identity(const void* data) {
    return {reinterpret_cast<std::uintptr_t>(data), static_cast<std::uint32_t>(number(data, 0, 4)),
            static_cast<std::uintptr_t>(number(data, kPointer, kPointer))};
}

}  // namespace

KsEventRequest expected_event(const KsCall& call, const KsSet& set, std::uint32_t event_count) {
    constexpr std::uint32_t data_size = kPointer == 8 ? 32 : 16;
    const bool disables = call.request == nullptr;
    if (disables && call.request_length != 0) {
        return refuse(KsAnswer::invalid_argument);
    }
    KsEventRequest request = refuse(KsAnswer::proceed);
    std::uint64_t flags = 0;
    if (!disables) {
        const KsAnswer identified = identify(call, set);
        if (identified != KsAnswer::proceed) {
            return refuse(identified);
        }
        const std::uint64_t id = number(call.request, 16, 4);
        flags = number(call.request, 20, 4);
        if (id >= event_count) {
            return refuse(KsAnswer::unknown_id);
        }
        if (flags == 0x200) {
            return refuse(KsAnswer::supported);
        }
        if (flags != 1 && flags != 2) {
            return refuse(KsAnswer::invalid_argument);
        }
        request.event_id = static_cast<std::uint32_t>(id);
        request.oneshot = flags == 2;
    } else if (call.data == nullptr && call.data_length == 0) {
        request.action = KsEventRequest::Action::disable_all;
        return request;
    } else if (call.data == nullptr) {
        return refuse(KsAnswer::null_pointer);
    }
    if (call.data_length < data_size) {
        return refuse(KsAnswer::insufficient_buffer, data_size);
    }
    if (call.data == nullptr) {
        return refuse(KsAnswer::null_pointer);
    }
    request.identity = identity(call.data);
    if (disables) {
        request.action = KsEventRequest::Action::disable;
        return request;
    }
    request.action = KsEventRequest::Action::enable;
    const auto adjustment = number(call.data, kPointer == 8 ? 20 : 12, 4);
    switch (request.identity.type) {
        case 1:
            return request;
        case 2:
            request.adjustment = static_cast<std::int32_t>(adjustment);
            return adjustment >= 1 && adjustment <= 0x7FFFFFFF ? request
                                                               : refuse(KsAnswer::invalid_argument);
        default:
            return refuse(KsAnswer::invalid_argument);
    }
}

KsPropertyRequest expected_property(const KsCall& call, const KsSet& set, std::uint32_t property_id,
                                    std::uint32_t size) {
    using Action = KsPropertyRequest::Action;
    if (call.request == nullptr) {
        return {KsAnswer::null_pointer};
    }
    const KsAnswer identified = identify(call, set);
    if (identified != KsAnswer::proceed) {
        return {identified};
    }
    if (number(call.request, 16, 4) != property_id) {
        return {KsAnswer::unknown_id};
    }
    const std::uint64_t flags = number(call.request, 20, 4);
    if (flags != 1 && flags != 0x200) {
        return {KsAnswer::invalid_argument};
    }
    const Action action = flags == 1 ? Action::get : Action::basic_support;
    const std::uint32_t needed = flags == 1 ? size : 4;
    if (call.data == nullptr) {
        return call.data_length == 0 ? KsPropertyRequest{KsAnswer::more_data, needed, action}
                                     : KsPropertyRequest{KsAnswer::null_pointer, 0, action};
    }
    return {call.data_length < needed ? KsAnswer::insufficient_buffer : KsAnswer::proceed, needed,
            action};
}

}  // namespace mfvcam::fuzz
