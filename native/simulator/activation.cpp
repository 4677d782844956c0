#include "activation.h"

#include <objbase.h>

#include "choices.h"
#include "switches.h"
#include "trace.h"

namespace mfvcam::simulator {
namespace {

// Not CopyAllItems: that would first delete what the activate object asks of the pipeline.
HRESULT add_items(IMFAttributes* from, IMFAttributes* to) noexcept {
    UINT32 count = 0;
    HRESULT hr = from->GetCount(&count);
    for (UINT32 index = 0; SUCCEEDED(hr) && index < count; ++index) {
        GUID key{};
        PROPVARIANT value;
        PropVariantInit(&value);
        hr = from->GetItemByIndex(index, &key, &value);
        if (SUCCEEDED(hr)) {
            hr = traced(
                to, "IMFAttributes::SetItem", [&] { return to->SetItem(key, value); }, key, value);
            PropVariantClear(&value);
        }
    }
    return hr;
}

}  // namespace

HRESULT activate_source(const GUID& class_id, IMFAttributes* attributes,
                        ComPtr<IMFActivate>& activate, ComPtr<IMFMediaSource>& source) noexcept {
    HRESULT hr = traced(
        nullptr, "CoCreateInstance",
        [&] {
            const HRESULT refused = switches::code(switches::Switch::kActivation);
            if (FAILED(refused)) {
                return refused;
            }
            Sleep(static_cast<DWORD>(switches::code(switches::Switch::kActivationDelay)));
            return CoCreateInstance(class_id, nullptr, CLSCTX_INPROC_SERVER, __uuidof(IMFActivate),
                                    activate.put_void());
        },
        class_id);
    if (SUCCEEDED(hr) && !activate) {
        hr = choices::kNoObject;
    }
    if (SUCCEEDED(hr)) {
        hr = add_items(attributes, activate.get());
    }
    if (SUCCEEDED(hr)) {
        hr = traced(
            activate.get(), "IMFActivate::ActivateObject",
            [&] { return activate->ActivateObject(__uuidof(IMFMediaSource), source.put_void()); },
            __uuidof(IMFMediaSource));
        if (SUCCEEDED(hr) && !source) {
            hr = choices::kNoObject;
        }
    }
    return hr;
}

}  // namespace mfvcam::simulator
