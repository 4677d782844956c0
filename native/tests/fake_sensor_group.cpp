#include "fake_sensor_group.h"

#include <windows.h>

#include <mfidl.h>

#include <cwchar>
#include <iterator>

#include "../abi/mfmediasource_abi.h"
#include "com_object.h"

namespace mfvcam::tests {
namespace {

FakeSensorGroup group{};

template <typename Derived, typename Interface>
class Counted : public ComObject<Derived, Interface> {
 public:
    void* find_interface(REFIID iid) noexcept {
        return iid == __uuidof(IUnknown) || iid == __uuidof(Interface) ? this : nullptr;
    }

 protected:
    Counted() noexcept { ++group.alive; }
    ~Counted() { --group.alive; }
};

class Profile final : public Counted<Profile, IMFSensorProfile> {
 public:
    STDMETHODIMP GetProfileId(SENSORPROFILEID*) noexcept override { return E_NOTIMPL; }
    STDMETHODIMP AddProfileFilter(UINT32 stream, LPCWSTR filter) noexcept override {
        group.stream = stream;
        std::wcsncpy(group.filter, filter, std::size(group.filter) - 1);
        return group.add_filter;
    }
    STDMETHODIMP IsMediaTypeSupported(UINT32, IMFMediaType*, BOOL*) noexcept override {
        return E_NOTIMPL;
    }
    STDMETHODIMP AddBlockedControl(LPCWSTR) noexcept override { return E_NOTIMPL; }
};

class Collection final : public Counted<Collection, IMFSensorProfileCollection> {
 public:
    STDMETHODIMP_(DWORD) GetProfileCount() noexcept override { return profile_ ? 1 : 0; }
    STDMETHODIMP GetProfile(DWORD, IMFSensorProfile**) noexcept override { return E_NOTIMPL; }
    STDMETHODIMP AddProfile(IMFSensorProfile* profile) noexcept override {
        profile_ = ComPtr<IMFSensorProfile>(profile);
        ++group.added;
        return group.add_profile;
    }
    STDMETHODIMP FindProfile(SENSORPROFILEID*, IMFSensorProfile**) noexcept override {
        return E_NOTIMPL;
    }
    STDMETHODIMP_(void) RemoveProfileByIndex(DWORD) noexcept override {}
    STDMETHODIMP_(void) RemoveProfile(SENSORPROFILEID*) noexcept override {}

 private:
    ComPtr<IMFSensorProfile> profile_;
};

}  // namespace
}  // namespace mfvcam::tests

using namespace mfvcam::tests;

extern "C" HRESULT STDAPICALLTYPE
MFCreateSensorProfileCollection(IMFSensorProfileCollection** collection) {
    if (SUCCEEDED(group.create_collection)) {
        *collection = mfvcam::make_object<Collection>().detach();
    }
    return group.create_collection;
}

extern "C" HRESULT STDAPICALLTYPE MFCreateSensorProfile(REFGUID type, UINT32 index,
                                                        LPCWSTR constraints,
                                                        IMFSensorProfile** profile) {
    group.type = type;
    group.index = index;
    group.constrained = constraints != nullptr;
    if (SUCCEEDED(group.create_profile)) {
        *profile = mfvcam::make_object<Profile>().detach();
    }
    return group.create_profile;
}

extern "C" FakeSensorGroup* fake_sensor_group() {
    return &group;
}
