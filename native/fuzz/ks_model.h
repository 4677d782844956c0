// The rules of KsEvent and KsProperty once more, as the documents have them: byte by byte.
#pragma once

#include <ks_request.h>

#include <cstdint>

namespace mfvcam::fuzz {

source::KsEventRequest expected_event(const source::KsCall& call, const source::KsSet& set,
                                      std::uint32_t event_count);
source::KsPropertyRequest expected_property(const source::KsCall& call, const source::KsSet& set,
                                            std::uint32_t property_id, std::uint32_t size);

}  // namespace mfvcam::fuzz
