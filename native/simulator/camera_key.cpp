#include "camera_key.h"

#include <objbase.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "choices.h"
#include "privileges.h"

namespace mfvcam::simulator {
namespace {

constexpr GUID kVideoCamera = {
    0xE5323777, 0xF976, 0x4F5B, {0x9B, 0x55, 0xB9, 0x46, 0x99, 0xC4, 0x6E, 0x44}};
constexpr GUID kVideo = {
    0x6994AD05, 0x93EF, 0x11D0, {0xA3, 0xCC, 0x00, 0xA0, 0xC9, 0x22, 0x31, 0x96}};
constexpr GUID kCapture = {
    0x65E8773D, 0x8F56, 0x11D0, {0xA3, 0xB9, 0x00, 0xA0, 0xC9, 0x22, 0x31, 0x96}};
constexpr GUID kSensorCamera = {
    0x24E552D7, 0x6523, 0x47F7, {0xA6, 0x47, 0xD3, 0x46, 0x5B, 0xF1, 0xF5, 0xCA}};

// {8-4-4-4-12}
constexpr size_t kClassIdLength = 38;

bool before(const GUID& left, const GUID& right) noexcept {
    return std::memcmp(&left, &right, sizeof(GUID)) < 0;
}

bool open_to_everybody(const GUID& category) noexcept {
    return category == kVideoCamera || category == kVideo || category == kCapture ||
           category == kSensorCamera;
}

bool parse_class_id(LPCWSTR text, GUID& class_id) noexcept {
    size_t length = 0;
    while (length <= kClassIdLength && text[length] != L'\0') {
        ++length;
    }
    // IIDFromString, because CLSIDFromString takes a ProgID as well.
    return length == kClassIdLength && SUCCEEDED(IIDFromString(text, &class_id));
}

std::wstring text_of(const GUID& guid) {
    std::array<wchar_t, kClassIdLength + 1> text{};
    StringFromGUID2(guid, text.data(), static_cast<int>(text.size()));
    return text.data();
}

std::uint64_t fnv1a(std::wstring_view text) noexcept {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const wchar_t letter : text) {
        hash = (hash ^ static_cast<std::uint64_t>(letter)) * 0x100000001B3ULL;
    }
    return hash;
}

}  // namespace

bool CameraKey::operator==(const CameraKey& other) const noexcept {
    return type == other.type && lifetime == other.lifetime && access == other.access &&
           friendly_name == other.friendly_name && class_id == other.class_id &&
           categories == other.categories;
}

HRESULT CameraKey::make(MFVirtualCameraType type, MFVirtualCameraLifetime lifetime,
                        MFVirtualCameraAccess access, LPCWSTR friendly_name, LPCWSTR source_id,
                        const GUID* categories, ULONG category_count, CameraKey& key) {
    if (type != MFVirtualCameraType_SoftwareCameraSource ||
        (lifetime != MFVirtualCameraLifetime_Session &&
         lifetime != MFVirtualCameraLifetime_System) ||
        (access != MFVirtualCameraAccess_CurrentUser && access != MFVirtualCameraAccess_AllUsers) ||
        friendly_name == nullptr || source_id == nullptr ||
        (categories == nullptr && category_count != 0)) {
        return E_INVALIDARG;
    }
    if (friendly_name[0] == L'\0') {
        return choices::kEmptyFriendlyName;
    }
    if (!parse_class_id(source_id, key.class_id)) {
        return choices::kBadClassIdText;
    }
    if (category_count > choices::kMostCategories) {
        return choices::kTooManyCategories;
    }
    key.type = type;
    key.lifetime = lifetime;
    key.access = access;
    key.friendly_name = friendly_name;
    if (category_count == 0) {
        key.categories = {kVideoCamera, kVideo, kCapture};
    } else {
        key.categories.assign(categories, categories + category_count);
    }
    std::ranges::sort(key.categories, before);
    const auto repeated = std::ranges::unique(key.categories);
    key.categories.erase(repeated.begin(), repeated.end());
    const bool ordinary = access == MFVirtualCameraAccess_CurrentUser &&
                          std::ranges::all_of(key.categories, open_to_everybody);
    return ordinary || is_administrator() ? S_OK : E_ACCESSDENIED;
}

std::wstring CameraKey::symbolic_link() const {
    std::wstring parameters = std::to_wstring(static_cast<int>(type)) + L'|' +
                              std::to_wstring(static_cast<int>(lifetime)) + L'|' +
                              std::to_wstring(static_cast<int>(access)) + L'|' + text_of(class_id);
    for (const GUID& category : categories) {
        parameters += text_of(category);
    }
    const std::uint64_t hash = fnv1a(parameters + friendly_name);
    std::wstring link = L"\\\\?\\mfvcam-simulator#";
    for (int shift = 60; shift >= 0; shift -= 4) {
        link += L"0123456789abcdef"[(hash >> shift) & 0xF];
    }
    return link + L"#{e5323777-f976-4f5b-9b55-b94699c46e44}\\global";
}

std::wstring CameraKey::display_name() const {
    return friendly_name + L" (Windows Virtual Camera)";
}

}  // namespace mfvcam::simulator
