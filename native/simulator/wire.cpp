#include "wire.h"

namespace mfvcam::simulator {

void Writer::append(const void* from, std::size_t size) {
    const std::size_t end = bytes_.size();
    bytes_.resize(end + size);
    if (size != 0) {
        std::memcpy(bytes_.data() + end, from, size);
    }
}

void Writer::put(const Bytes& value) {
    put(static_cast<UINT32>(value.size()));
    append(value.data(), value.size());
}

void Writer::put(const std::wstring& value) {
    put(static_cast<UINT32>(value.size()));
    append(value.data(), value.size() * sizeof(wchar_t));
}

void Writer::put(const CameraKey& value) {
    put(value.type);
    put(value.lifetime);
    put(value.access);
    put(value.friendly_name);
    put(value.class_id);
    put(value.categories);
}

void Writer::put(const EventData& value) {
    put(value.type);
    put(value.extended_type);
    put(value.status);
    put(value.value_type);
    put(value.value);
}

void Writer::put(const StreamData& value) {
    put(value.id);
    put(value.selected);
    put(value.types);
    put(value.current);
    put(value.attributes);
}

void Writer::put(const SourceData& value) {
    put(value.characteristics);
    put(value.extended);
    put(value.attributes);
    put(value.streams);
}

void Writer::put(const Selection& value) {
    put(value.stream);
    put(value.type);
}

const BYTE* Reader::take(std::size_t count) {
    if (count > bytes_.size() - position_) {
        throw MalformedMessage();
    }
    const BYTE* const at = bytes_.data() + position_;
    position_ += count;
    return at;
}

void Reader::get(Bytes& value) {
    const auto size = get<UINT32>();
    const BYTE* const from = take(size);
    value.assign(from, from + size);
}

void Reader::get(std::wstring& value) {
    const std::size_t length = get<UINT32>();
    if (length > bytes_.size() / sizeof(wchar_t)) {
        throw MalformedMessage();  // also where the product below has no room
    }
    const BYTE* const from = take(length * sizeof(wchar_t));
    value.resize(length);
    std::memcpy(value.data(), from, length * sizeof(wchar_t));
}

void Reader::get(CameraKey& value) {
    value.type = get<MFVirtualCameraType>();
    value.lifetime = get<MFVirtualCameraLifetime>();
    value.access = get<MFVirtualCameraAccess>();
    get(value.friendly_name);
    value.class_id = get<GUID>();
    get(value.categories);
}

void Reader::get(EventData& value) {
    value.type = get<MediaEventType>();
    value.extended_type = get<GUID>();
    value.status = get<HRESULT>();
    value.value_type = get<VARTYPE>();
    get(value.value);
}

void Reader::get(StreamData& value) {
    value.id = get<DWORD>();
    value.selected = get_flag();
    get(value.types);
    value.current = get<DWORD>();
    get(value.attributes);
}

void Reader::get(SourceData& value) {
    value.characteristics = get<DWORD>();
    value.extended = get_flag();
    get(value.attributes);
    get(value.streams);
}

void Reader::get(Selection& value) {
    value.stream = get<DWORD>();
    get(value.type);
}

}  // namespace mfvcam::simulator
