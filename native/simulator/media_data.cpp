#include "media_data.h"

#include <mfapi.h>
#include <mferror.h>
#include <objbase.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "guard.h"
#include "trace.h"
#include "wire.h"

namespace mfvcam::simulator {
namespace {

class Variant {
 public:
    Variant() noexcept { PropVariantInit(&value_); }
    ~Variant() { PropVariantClear(&value_); }
    Variant(const Variant&) = delete;
    Variant& operator=(const Variant&) = delete;

    [[nodiscard]] PROPVARIANT* get() noexcept { return &value_; }
    PROPVARIANT* operator->() noexcept { return &value_; }

 private:
    PROPVARIANT value_{};
};

// Everything that a PROPVARIANT of this type holds in itself.
std::size_t plain_size(VARTYPE type) noexcept {
    switch (type) {
        case VT_I4:
        case VT_UI4:
            return sizeof(UINT32);
        case VT_I8:
        case VT_UI8:
        case VT_R8:
            return sizeof(UINT64);
        default:
            return 0;
    }
}

void read_value(PROPVARIANT& from, EventData& to) {
    to.value_type = from.vt;
    if (const std::size_t size = plain_size(from.vt); size != 0) {
        const auto* const bytes = reinterpret_cast<const BYTE*>(&from.uhVal);
        to.value.assign(bytes, bytes + size);
    } else if (from.vt == VT_LPWSTR && from.pwszVal != nullptr) {
        const auto* const bytes = reinterpret_cast<const BYTE*>(from.pwszVal);
        to.value.assign(bytes, bytes + (std::wcslen(from.pwszVal) + 1) * sizeof(wchar_t));
    } else {
        to.value_type = VT_EMPTY;
    }
}

// All that counts of a value, if an attribute may have it.
Bytes bytes_of(const PROPVARIANT& value) {
    const void* from = &value.uhVal;
    std::size_t size = plain_size(value.vt);
    switch (value.vt) {
        case VT_CLSID:
            from = value.puuid;
            size = sizeof(GUID);
            break;
        case VT_LPWSTR:
            from = value.pwszVal;
            size = std::wcslen(value.pwszVal) * sizeof(wchar_t);
            break;
        case VT_VECTOR | VT_UI1:
            from = value.caub.pElems;
            size = value.caub.cElems;
            break;
        default:
            break;
    }
    const auto* const bytes = static_cast<const BYTE*>(from);
    return {bytes, bytes + size};
}

HRESULT set_item(IMFAttributes* attributes, Reader& item) {
    const auto key = item.get<GUID>();
    const auto type = item.get<VARTYPE>();
    Bytes bytes;
    item.get(bytes);
    Reader value(bytes);
    switch (type) {
        case VT_UI4:
            return attributes->SetUINT32(key, value.get<UINT32>());
        case VT_UI8:
            return attributes->SetUINT64(key, value.get<UINT64>());
        case VT_R8:
            return attributes->SetDouble(key, value.get<double>());
        case VT_CLSID:
            return attributes->SetGUID(key, value.get<GUID>());
        case VT_LPWSTR: {
            std::wstring text(bytes.size() / sizeof(wchar_t), L'\0');
            std::memcpy(text.data(), bytes.data(), text.size() * sizeof(wchar_t));
            return attributes->SetString(key, text.c_str());
        }
        case VT_VECTOR | VT_UI1: {
            // Never null: what SetBlob does with a null of 0 bytes is not documented.
            static constexpr BYTE nothing = 0;
            return attributes->SetBlob(key, bytes.empty() ? &nothing : bytes.data(),
                                       static_cast<UINT32>(bytes.size()));
        }
        default:
            return E_UNEXPECTED;
    }
}

HRESULT type_at(IMFMediaTypeHandler* handler, DWORD index, StreamData& data) {
    ComPtr<IMFMediaType> type;
    const HRESULT hr = handler->GetMediaTypeByIndex(index, type.put());
    return SUCCEEDED(hr) ? attributes_to_bytes(type.get(), data.types.emplace_back()) : hr;
}

HRESULT read_types(IMFStreamDescriptor* descriptor, StreamData& data) {
    ComPtr<IMFMediaTypeHandler> handler;
    DWORD count = 0;
    HRESULT hr = descriptor->GetMediaTypeHandler(handler.put());
    if (SUCCEEDED(hr)) {
        hr = handler->GetMediaTypeCount(&count);
    }
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        hr = type_at(handler.get(), index, data);
    }
    ComPtr<IMFMediaType> current;
    if (FAILED(hr) || FAILED(handler->GetCurrentMediaType(current.put()))) {
        return hr;
    }
    Bytes bytes;
    hr = attributes_to_bytes(current.get(), bytes);
    for (DWORD index = 0; index < count; ++index) {
        if (data.types[index] == bytes) {
            data.current = index;
        }
    }
    return hr;
}

HRESULT read_stream(IMFPresentationDescriptor* descriptor, DWORD index, IMFMediaSourceEx* extended,
                    StreamData& data) {
    BOOL selected = FALSE;
    ComPtr<IMFStreamDescriptor> stream;
    HRESULT hr = descriptor->GetStreamDescriptorByIndex(index, &selected, stream.put());
    if (SUCCEEDED(hr)) {
        data.selected = selected != FALSE;
        hr = stream->GetStreamIdentifier(&data.id);
    }
    if (SUCCEEDED(hr)) {
        hr = read_types(stream.get(), data);
    }
    ComPtr<IMFAttributes> attributes;
    if (SUCCEEDED(hr) &&
        (extended == nullptr ||
         FAILED(traced(
             extended, "IMFMediaSourceEx::GetStreamAttributes",
             [&] { return extended->GetStreamAttributes(data.id, attributes.put()); }, data.id)))) {
        attributes = stream.as<IMFAttributes>();
    }
    return SUCCEEDED(hr) ? attributes_to_bytes(attributes.get(), data.attributes) : hr;
}

}  // namespace

HRESULT attributes_to_bytes(IMFAttributes* attributes, Bytes& bytes) {
    bytes.clear();
    if (attributes == nullptr) {
        return S_OK;
    }
    std::vector<Bytes> items;
    UINT32 count = 0;
    HRESULT hr = attributes->GetCount(&count);
    for (UINT32 index = 0; SUCCEEDED(hr) && index < count; ++index) {
        GUID key{};
        Variant value;
        hr = attributes->GetItemByIndex(index, &key, value.get());
        if (SUCCEEDED(hr) && value->vt != VT_UNKNOWN) {
            Writer item;
            item.put(key);
            item.put(value->vt);
            item.put(bytes_of(*value.get()));
            items.push_back(item.bytes());
        }
    }
    // By the keys, with which they begin: no two have the same.
    std::ranges::sort(items, [](const Bytes& one, const Bytes& other) {
        // No sort compares what it has moved from. NOLINTNEXTLINE(clang-analyzer-cplusplus.Move)
        return std::memcmp(one.data(), other.data(), sizeof(GUID)) < 0;
    });
    Writer all;
    all.put(items);
    bytes = all.bytes();
    return hr;
}

HRESULT attributes_from_bytes(const Bytes& bytes, IMFAttributes* attributes) {
    HRESULT hr = attributes->DeleteAllItems();
    if (FAILED(hr) || bytes.empty()) {
        return hr;
    }
    return guarded([&] {
        std::vector<Bytes> items;
        Reader(bytes).get(items);
        for (std::size_t index = 0; SUCCEEDED(hr) && index < items.size(); ++index) {
            Reader item(items[index]);
            hr = set_item(attributes, item);
        }
        return hr;
    });
}

HRESULT read_event(IMFMediaEvent* event, EventData& data) {
    HRESULT hr = event->GetType(&data.type);
    if (SUCCEEDED(hr)) {
        hr = event->GetExtendedType(&data.extended_type);
    }
    if (SUCCEEDED(hr)) {
        hr = event->GetStatus(&data.status);
    }
    Variant value;
    if (SUCCEEDED(hr) && SUCCEEDED(event->GetValue(value.get()))) {
        read_value(*value.get(), data);
    }
    return hr;
}

HRESULT make_event(const EventData& data, ComPtr<IMFMediaEvent>& event) {
    PROPVARIANT value;
    PropVariantInit(&value);
    Bytes text;  // what value may point into
    if (const std::size_t size = plain_size(data.value_type); size != 0) {
        value.vt = data.value_type;
        std::memcpy(&value.uhVal, data.value.data(), std::min(size, data.value.size()));
    } else if (data.value_type == VT_LPWSTR) {
        text = data.value;
        text.resize(text.size() + sizeof(wchar_t));
        value.vt = VT_LPWSTR;
        value.pwszVal = reinterpret_cast<LPWSTR>(text.data());
    }
    return MFCreateMediaEvent(data.type, data.extended_type, data.status, &value, event.put());
}

HRESULT read_source(IMFMediaSource* source, SourceData& data) {
    const auto extended = ComPtr<IMFMediaSource>(source).as<IMFMediaSourceEx>();
    ComPtr<IMFPresentationDescriptor> descriptor;
    DWORD count = 0;
    HRESULT hr = traced(source, "IMFMediaSource::GetCharacteristics",
                        [&] { return source->GetCharacteristics(&data.characteristics); });
    if (SUCCEEDED(hr)) {
        hr = traced(source, "IMFMediaSource::CreatePresentationDescriptor",
                    [&] { return source->CreatePresentationDescriptor(descriptor.put()); });
    }
    if (SUCCEEDED(hr)) {
        hr = descriptor->GetStreamDescriptorCount(&count);
    }
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        hr = read_stream(descriptor.get(), index, extended.get(), data.streams.emplace_back());
    }
    ComPtr<IMFAttributes> attributes;
    if (SUCCEEDED(hr) && extended &&
        SUCCEEDED(traced(extended.get(), "IMFMediaSourceEx::GetSourceAttributes",
                         [&] { return extended->GetSourceAttributes(attributes.put()); }))) {
        hr = attributes_to_bytes(attributes.get(), data.attributes);
    }
    data.extended = static_cast<bool>(extended);
    return hr;
}

HRESULT make_descriptor(const StreamData& data, ComPtr<IMFStreamDescriptor>& stream) {
    std::vector<ComPtr<IMFMediaType>> types(data.types.size());
    std::vector<IMFMediaType*> pointers;
    HRESULT hr = S_OK;
    for (std::size_t index = 0; SUCCEEDED(hr) && index < types.size(); ++index) {
        hr = MFCreateMediaType(types[index].put());
        if (SUCCEEDED(hr)) {
            hr = attributes_from_bytes(data.types[index], types[index].get());
        }
        pointers.push_back(types[index].get());
    }
    if (SUCCEEDED(hr)) {
        hr = MFCreateStreamDescriptor(data.id, static_cast<DWORD>(pointers.size()), pointers.data(),
                                      stream.put());
    }
    if (SUCCEEDED(hr)) {
        hr = attributes_from_bytes(data.attributes, stream.get());
    }
    ComPtr<IMFMediaTypeHandler> handler;
    if (SUCCEEDED(hr)) {
        hr = stream->GetMediaTypeHandler(handler.put());
    }
    return SUCCEEDED(hr) && data.current < pointers.size()
               ? handler->SetCurrentMediaType(pointers[data.current])
               : hr;
}

HRESULT make_descriptor(const SourceData& data, ComPtr<IMFPresentationDescriptor>& descriptor) {
    std::vector<ComPtr<IMFStreamDescriptor>> streams(data.streams.size());
    std::vector<IMFStreamDescriptor*> pointers;
    HRESULT hr = S_OK;
    for (std::size_t index = 0; SUCCEEDED(hr) && index < streams.size(); ++index) {
        hr = make_descriptor(data.streams[index], streams[index]);
        pointers.push_back(streams[index].get());
    }
    if (SUCCEEDED(hr)) {
        hr = MFCreatePresentationDescriptor(static_cast<DWORD>(pointers.size()), pointers.data(),
                                            descriptor.put());
    }
    for (DWORD index = 0; SUCCEEDED(hr) && index < data.streams.size(); ++index) {
        hr = data.streams[index].selected ? descriptor->SelectStream(index)
                                          : descriptor->DeselectStream(index);
    }
    return hr;
}

HRESULT read_selections(IMFPresentationDescriptor* descriptor, std::vector<Selection>& selections) {
    DWORD count = 0;
    HRESULT hr = descriptor->GetStreamDescriptorCount(&count);
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        BOOL selected = FALSE;
        ComPtr<IMFStreamDescriptor> stream;
        hr = descriptor->GetStreamDescriptorByIndex(index, &selected, stream.put());
        if (FAILED(hr) || selected == FALSE) {
            continue;
        }
        Selection& selection = selections.emplace_back();
        ComPtr<IMFMediaTypeHandler> handler;
        ComPtr<IMFMediaType> type;
        hr = stream->GetStreamIdentifier(&selection.stream);
        if (SUCCEEDED(hr)) {
            hr = stream->GetMediaTypeHandler(handler.put());
        }
        // None chosen: the first.
        if (SUCCEEDED(hr) && FAILED(handler->GetCurrentMediaType(type.put()))) {
            hr = handler->GetMediaTypeByIndex(0, type.put());
        }
        if (SUCCEEDED(hr)) {
            hr = attributes_to_bytes(type.get(), selection.type);
        }
    }
    return hr;
}

}  // namespace mfvcam::simulator
