// The source's kernel-streaming properties: KsProperty.
#pragma once

#include <windows.h>

#include "counters.h"
#include "ks_abi.h"

namespace mfvcam::source {

HRESULT ks_property(Counters& counters, const KSPROPERTY* property, ULONG property_length,
                    void* data, ULONG data_length, ULONG* returned) noexcept;

}  // namespace mfvcam::source
