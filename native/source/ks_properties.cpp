#include "ks_properties.h"

#include <cstring>

#include "ks_identifiers.h"

namespace mfvcam::source {
namespace {

template <typename Value>
HRESULT put(const Value& value, void* data, ULONG data_length, ULONG* returned) noexcept {
    *returned = sizeof(value);
    if (data == nullptr) {
        if (data_length == 0) {
            return HRESULT_FROM_WIN32(ERROR_MORE_DATA);
        }
        *returned = 0;
        return E_POINTER;
    }
    if (data_length < sizeof(value)) {
        return HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER);
    }
    std::memcpy(data, &value, sizeof(value));
    return S_OK;
}

}  // namespace

HRESULT ks_property(Counters& counters, const KSPROPERTY* property, ULONG property_length,
                    void* data, ULONG data_length, ULONG* returned) noexcept {
    ULONG unused = 0;
    returned = returned != nullptr ? returned : &unused;
    *returned = 0;
    if (property == nullptr) {
        return E_POINTER;
    }
    if (property_length < sizeof(KSPROPERTY)) {
        return E_INVALIDARG;
    }
    KSPROPERTY request;
    std::memcpy(&request, property, sizeof(request));
    if (request.Set != kPropertySet) {
        return HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
    }
    if (request.Flags == KSPROPERTY_TYPE_SETSUPPORT) {
        return S_OK;
    }
    if (request.Id != MFVCAM_PROPERTY_COUNTERS) {
        return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
    }
    switch (request.Flags) {
        case KSPROPERTY_TYPE_GET:
            return put(counters.get(), data, data_length, returned);
        case KSPROPERTY_TYPE_BASICSUPPORT:
            return put<ULONG>(KSPROPERTY_TYPE_GET, data, data_length, returned);
        default:
            return E_INVALIDARG;
    }
}

}  // namespace mfvcam::source
