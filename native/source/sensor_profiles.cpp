#include "sensor_profiles.h"

#include <array>

#include "../abi/mfmediasource_abi.h"
#include "com_ptr.h"
#include "guard.h"
#include "late_binding.h"
#include "media_stream.h"

namespace mfvcam::source {
namespace {

using CreateCollection = HRESULT(STDAPICALLTYPE*)(IMFSensorProfileCollection**);
using CreateProfile = HRESULT(STDAPICALLTYPE*)(REFGUID, UINT32, LPCWSTR, IMFSensorProfile**);

struct Functions {
    CreateCollection create_collection;
    CreateProfile create_profile;
};

// What fits every format of ours; each camera that has profiles must have this one.
HRESULT add_legacy_profile(const Functions& functions,
                           IMFSensorProfileCollection* collection) noexcept {
    ComPtr<IMFSensorProfile> profile;
    HRESULT hr = functions.create_profile(abi::kCameraProfileLegacy, 0, nullptr, profile.put());
    if (SUCCEEDED(hr)) {
        hr = profile
                 ? profile->AddProfileFilter(MediaStream::kIdentifier, L"((RES==;FRT<=30,1;SUT==))")
                 : E_UNEXPECTED;
    }
    return SUCCEEDED(hr) ? collection->AddProfile(profile.get()) : hr;
}

}  // namespace

std::wstring system_sensor_group() {
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT length = GetSystemDirectoryW(folder.data(), MAX_PATH);
    if (length == 0 || length >= MAX_PATH) {
        return {};
    }
    return std::wstring(folder.data(), length) + L"\\mfsensorgroup.dll";
}

HRESULT publish_sensor_profiles(const wchar_t* dll, IMFAttributes* attributes) noexcept {
    const HMODULE module = LoadLibraryExW(
        dll, nullptr, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (module == nullptr) {
        return hresult_from_last_error();
    }
    const Functions functions = {
        find_function<CreateCollection>(module, "MFCreateSensorProfileCollection"),
        find_function<CreateProfile>(module, "MFCreateSensorProfile")};
    if (functions.create_collection == nullptr || functions.create_profile == nullptr) {
        FreeLibrary(module);
        return HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND);
    }
    // It stays loaded: whoever holds the attributes may outlive us, and what is in them is its.
    ComPtr<IMFSensorProfileCollection> collection;
    HRESULT hr = functions.create_collection(collection.put());
    if (SUCCEEDED(hr)) {
        hr = collection ? add_legacy_profile(functions, collection.get()) : E_UNEXPECTED;
    }
    return SUCCEEDED(hr) ? attributes->SetUnknown(abi::MF_DEVICEMFT_SENSORPROFILE_COLLECTION,
                                                  collection.get())
                         : hr;
}

}  // namespace mfvcam::source
