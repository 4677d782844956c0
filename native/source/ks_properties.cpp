#include "ks_properties.h"

#include <cstring>

#include "ks_answer.h"
#include "ks_identifiers.h"

namespace mfvcam::source {
namespace {

template <typename Value>
void put(const Value& value, void* data) noexcept {
    std::memcpy(data, &value, sizeof(value));
}

}  // namespace

HRESULT ks_property(Counters& counters, const KSPROPERTY* property, ULONG property_length,
                    void* data, ULONG data_length, ULONG* returned) noexcept {
    const KsPropertyRequest request =
        parse_ks_property({property, property_length, data, data_length}, ks_set(kPropertySet),
                          MFVCAM_PROPERTY_COUNTERS, sizeof(mfvcam_source_counters));
    if (returned != nullptr) {
        *returned = request.size;
    }
    if (request.answer == KsAnswer::proceed) {
        switch (request.action) {
            case KsPropertyRequest::Action::get:
                put(counters.get(), data);
                break;
            case KsPropertyRequest::Action::basic_support:
                put<ULONG>(KSPROPERTY_TYPE_GET, data);
                break;
        }
    }
    return ks_result(request.answer);
}

}  // namespace mfvcam::source
