#include "virtual_camera.h"

#include <mfapi.h>
#include <mferror.h>
#include <mfidl.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "camera_registry.h"
#include "camera_sync_object.h"
#include "choices.h"
#include "guard.h"
#include "ks_control.h"
#include "privileges.h"

namespace mfvcam::simulator {
namespace {

constexpr GUID kSymbolicLink = {
    0x58F0AAD8, 0x22BF, 0x4F8A, {0xBB, 0x3D, 0xD2, 0xC4, 0x97, 0x8C, 0x6E, 0x2F}};
constexpr GUID kFriendlyName = {
    0x60D0E559, 0x52F8, 0x4FA2, {0xBB, 0xCE, 0xAC, 0xDB, 0x34, 0xA8, 0xEC, 0x01}};

constexpr ULONG kPropertyGet = 0x1;
constexpr ULONG kPropertySet = 0x2;
constexpr ULONG kPropertyBasicSupport = 0x200;
constexpr ULONG kPropertyDefaultValues = 0x10000;

constexpr DEVPROPTYPE kDevPropTypeMask = 0xFFF;
constexpr DEVPROPTYPE kDevPropModifierMask = 0xF000;
constexpr DEVPROPTYPE kDevPropNull = 0x1;
constexpr DEVPROPTYPE kDevPropLast = 0x19;  // STRING_INDIRECT
constexpr DEVPROPTYPE kDevPropArray = 0x1000;
constexpr DEVPROPTYPE kDevPropList = 0x2000;
constexpr DWORD kRegQword = 11;  // the last REG_ type

bool knownPropertyType(DEVPROPTYPE type) noexcept {
    const DEVPROPTYPE base = type & kDevPropTypeMask;
    const DEVPROPTYPE modifier = type & kDevPropModifierMask;
    return base > kDevPropNull && base <= kDevPropLast &&
           (type & ~(kDevPropTypeMask | kDevPropModifierMask)) == 0 &&
           (modifier == 0 || modifier == kDevPropArray || modifier == kDevPropList);
}

}  // namespace

HRESULT VirtualCamera::make(const CameraKey& key, ComPtr<IMFVirtualCamera>& camera) {
    ComPtr<IMFAttributes> attributes;
    const HRESULT hr = MFCreateAttributes(attributes.put(), 4);
    if (FAILED(hr)) {
        return hr;
    }
    ComPtr<VirtualCamera> made;
    made.attach(new VirtualCamera(key, attributes));
    made->open(Open::kExisting);
    camera.attach(made.detach());
    return S_OK;
}

VirtualCamera::VirtualCamera(CameraKey key, const ComPtr<IMFAttributes>& attributes)
    : ForwardedAttributes(attributes),
      key_(std::move(key)),
      children_(std::make_shared<Children>()) {}

VirtualCamera::~VirtualCamera() {
    Shutdown();
}

STDMETHODIMP VirtualCamera::QueryInterface(REFIID iid, void** object) {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    if (iid != __uuidof(IUnknown) && iid != __uuidof(IMFAttributes) &&
        iid != __uuidof(IMFVirtualCamera)) {
        return E_NOINTERFACE;
    }
    *object = static_cast<IMFVirtualCamera*>(this);
    AddRef();
    return S_OK;
}

STDMETHODIMP_(ULONG) VirtualCamera::AddRef() {
    return references_.add();
}

STDMETHODIMP_(ULONG) VirtualCamera::Release() {
    const ULONG count = references_.drop();
    if (count == 0) {
        delete this;
    }
    return count;
}

HRESULT VirtualCamera::usable() noexcept {
    const LockScope scope(lock_);
    return shutDown_ ? choices::kCameraShutDown : S_OK;
}

HRESULT VirtualCamera::unlessShutDown(HRESULT failure) noexcept {
    const HRESULT hr = usable();
    return FAILED(hr) ? hr : failure;
}

std::shared_ptr<Camera> VirtualCamera::open(Open how) {
    std::shared_ptr<Camera> stale;  // released outside the lock
    std::shared_ptr<Camera> camera;
    bool opened = false;
    {
        const LockScope scope(lock_);
        if (shutDown_) {
            return nullptr;
        }
        if (camera_ && camera_->removed()) {
            stale = std::move(camera_);
        }
        if (!camera_) {
            CameraRegistry& registry = CameraRegistry::instance();
            camera_ = how == Open::kForStart ? registry.open(key_) : registry.openExisting(key_);
            opened = how == Open::kExisting && camera_ != nullptr;
        }
        camera = camera_;
    }
    if (how == Open::kExisting && camera && !camera->exists()) {
        return nullptr;
    }
    if (opened) {
        describe();
    }
    return camera;
}

std::shared_ptr<HostedSource> VirtualCamera::startedSource() {
    const std::shared_ptr<Camera> camera = open(Open::kExisting);
    return camera ? camera->source() : nullptr;
}

void VirtualCamera::describe() noexcept {
    guarded([&] {
        attributes()->SetString(kSymbolicLink, key_.symbolicLink().c_str());
        attributes()->SetString(kFriendlyName, key_.displayName().c_str());
        return S_OK;
    });
}

STDMETHODIMP VirtualCamera::AddDeviceSourceInfo(LPCWSTR deviceSourceInfo) {
    const HRESULT hr = usable();
    if (FAILED(hr)) {
        return hr;
    }
    return deviceSourceInfo != nullptr && deviceSourceInfo[0] != L'\0' ? S_OK : E_INVALIDARG;
}

STDMETHODIMP VirtualCamera::AddProperty(const DEVPROPKEY* key, DEVPROPTYPE type, const BYTE* data,
                                        ULONG size) {
    const HRESULT hr = usable();
    if (FAILED(hr)) {
        return hr;
    }
    if (key == nullptr || data == nullptr || size == 0 || !knownPropertyType(type)) {
        return choices::kBadDeviceProperty;
    }
    return isAdministrator() ? S_OK : E_ACCESSDENIED;
}

STDMETHODIMP VirtualCamera::AddRegistryEntry(LPCWSTR entryName, LPCWSTR /*subkeyPath*/,
                                             DWORD regType, const BYTE* data, ULONG size) {
    const HRESULT hr = usable();
    if (FAILED(hr)) {
        return hr;
    }
    if (entryName == nullptr || regType == REG_NONE || regType > kRegQword ||
        (data == nullptr && size != 0)) {
        return choices::kBadRegistryEntry;
    }
    return isAdministrator() ? S_OK : E_ACCESSDENIED;
}

STDMETHODIMP VirtualCamera::Start(IMFAsyncCallback* callback) {
    return guarded([&] { return start(callback); });
}

HRESULT VirtualCamera::start(IMFAsyncCallback* callback) {
    HRESULT hr = usable();
    if (FAILED(hr)) {
        return hr;
    }
    ComPtr<StartCallback> registration;
    if (callback != nullptr) {
        registration.attach(new StartCallback(this, callback));
    }
    Activation activation;
    activation.classId = key_.classId;
    hr = MFCreateAttributes(activation.attributes.put(), 4);
    if (SUCCEEDED(hr)) {
        hr = attributes()->CopyAllItems(activation.attributes.get());
    }
    if (SUCCEEDED(hr)) {
        hr = activation.attributes->SetString(kSymbolicLink, key_.symbolicLink().c_str());
    }
    if (FAILED(hr)) {
        return hr;
    }
    std::shared_ptr<Camera> camera;
    do {
        // Once more if somebody removes the camera between the two calls.
        camera = open(Open::kForStart);
        if (!camera) {
            return choices::kCameraShutDown;
        }
        hr = camera->start(activation);
    } while (hr == S_FALSE);
    if (FAILED(hr)) {
        return hr;
    }
    describe();
    if (registration) {
        camera->add(std::move(registration));
    }
    hr = usable();
    if (FAILED(hr)) {
        camera->dropCallbacks(this);
    }
    return hr;
}

STDMETHODIMP VirtualCamera::Stop() {
    return guarded([&] {
        const HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        const std::shared_ptr<Camera> camera = open(Open::kExisting);
        if (!camera) {
            return unlessShutDown(choices::kNoSuchCamera);
        }
        if (key_.access == MFVirtualCameraAccess_AllUsers && !isAdministrator()) {
            return E_ACCESSDENIED;
        }
        camera->stop();
        return S_OK;
    });
}

STDMETHODIMP VirtualCamera::Remove() {
    return guarded([&] {
        const HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        const std::shared_ptr<Camera> camera = open(Open::kExisting);
        if (!camera) {
            return unlessShutDown(choices::kNoSuchCamera);
        }
        if (key_.access == MFVirtualCameraAccess_AllUsers && !isAdministrator()) {
            return E_ACCESSDENIED;
        }
        CameraRegistry::instance().forget(camera);
        camera->remove();
        return S_OK;
    });
}

STDMETHODIMP VirtualCamera::GetMediaSource(IMFMediaSource** mediaSource) {
    if (mediaSource == nullptr) {
        return choices::kNullOutPointer;
    }
    *mediaSource = nullptr;
    return guarded([&] {
        HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        const std::shared_ptr<HostedSource> source = startedSource();
        if (!source) {
            return unlessShutDown(choices::kMediaSourceNotStarted);
        }
        ComPtr<IMFMediaSource> client;
        hr = source->openClient(children_, client);
        if (FAILED(hr)) {
            return unlessShutDown(hr);
        }
        *mediaSource = client.detach();
        return hr;
    });
}

STDMETHODIMP VirtualCamera::SendCameraProperty(REFGUID propertySet, ULONG propertyId,
                                               ULONG propertyFlags, void* propertyPayload,
                                               ULONG propertyPayloadLength, void* data,
                                               ULONG dataLength, ULONG* dataWritten) {
    if (dataWritten == nullptr) {
        return choices::kNullOutPointer;
    }
    *dataWritten = 0;
    return guarded([&] {
        HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        if (isNull(propertySet)) {
            return choices::kNullSet;
        }
        if (propertyFlags != kPropertyGet && propertyFlags != kPropertySet &&
            propertyFlags != kPropertyBasicSupport && propertyFlags != kPropertyDefaultValues) {
            return choices::kUnsupportedFlags;
        }
        if ((propertyPayload == nullptr && propertyPayloadLength != 0) ||
            (data == nullptr && dataLength != 0) ||
            propertyPayloadLength > std::numeric_limits<ULONG>::max() - sizeof(KSPROPERTY)) {
            return choices::kBadBuffer;
        }
        const std::shared_ptr<HostedSource> source = startedSource();
        if (!source) {
            return unlessShutDown(choices::kPropertyNotStarted);
        }
        KSPROPERTY property{};
        property.Set = propertySet;
        property.Id = propertyId;
        property.Flags = propertyFlags;
        const auto length = static_cast<ULONG>(sizeof(property) + propertyPayloadLength);
        // 64-bit elements, for KSPROPERTY's alignment.
        std::vector<std::uint64_t> buffer((std::size_t{length} + 7) / 8);
        auto* const payload = reinterpret_cast<BYTE*>(buffer.data()) + sizeof(property);
        std::memcpy(buffer.data(), &property, sizeof(property));
        if (propertyPayloadLength != 0) {
            std::memcpy(payload, propertyPayload, propertyPayloadLength);
        }
        hr = source->ksProperty(buffer.data(), length, data, dataLength, dataWritten);
        if (propertyPayloadLength != 0) {
            std::memcpy(propertyPayload, payload, propertyPayloadLength);
        }
        return FAILED(hr) ? unlessShutDown(hr) : hr;
    });
}

STDMETHODIMP VirtualCamera::CreateSyncEvent(REFGUID kseventSet, ULONG kseventId, ULONG kseventFlags,
                                            HANDLE eventHandle,
                                            IMFCameraSyncObject** cameraSyncObject) {
    return createSync(kseventSet, kseventId, kseventFlags, eventHandle, KSEVENTF_EVENT_HANDLE, 0,
                      cameraSyncObject);
}

STDMETHODIMP VirtualCamera::CreateSyncSemaphore(REFGUID kseventSet, ULONG kseventId,
                                                ULONG kseventFlags, HANDLE semaphoreHandle,
                                                LONG semaphoreAdjustment,
                                                IMFCameraSyncObject** cameraSyncObject) {
    return createSync(kseventSet, kseventId, kseventFlags, semaphoreHandle,
                      KSEVENTF_SEMAPHORE_HANDLE, semaphoreAdjustment, cameraSyncObject);
}

HRESULT VirtualCamera::createSync(REFGUID set, ULONG id, ULONG flags, HANDLE handle,
                                  ULONG notificationType, LONG adjustment,
                                  IMFCameraSyncObject** syncObject) {
    if (syncObject == nullptr) {
        return choices::kNullOutPointer;
    }
    *syncObject = nullptr;
    return guarded([&] {
        HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        if (isNull(set)) {
            return choices::kNullSet;
        }
        if (flags != KSEVENT_TYPE_ENABLE && flags != KSEVENT_TYPE_ONESHOT) {
            return choices::kUnsupportedFlags;
        }
        if (handle == nullptr || handle == INVALID_HANDLE_VALUE) {
            return choices::kBadHandle;
        }
        KSEVENTDATA notification{};
        notification.NotificationType = notificationType;
        if (notificationType == KSEVENTF_SEMAPHORE_HANDLE) {
            if (adjustment <= 0) {
                return choices::kBadAdjustment;
            }
            notification.SemaphoreHandle.Semaphore = handle;
            notification.SemaphoreHandle.Adjustment = adjustment;
        } else {
            notification.EventHandle.Event = handle;
        }
        const std::shared_ptr<HostedSource> source = startedSource();
        if (!source) {
            return unlessShutDown(choices::kSyncNotStarted);
        }
        KSEVENT event{};
        event.Set = set;
        event.Id = id;
        event.Flags = flags;
        ComPtr<IMFCameraSyncObject> made;
        hr = CameraSyncObject::make(source, children_, event, notification, handle, made);
        if (FAILED(hr)) {
            return unlessShutDown(hr);
        }
        *syncObject = made.detach();
        return hr;
    });
}

STDMETHODIMP VirtualCamera::Shutdown() {
    std::shared_ptr<Camera> camera;
    {
        const LockScope scope(lock_);
        if (shutDown_) {
            return choices::kCameraShutDown;
        }
        shutDown_ = true;
        camera = std::move(camera_);
    }
    children_->shutdown();
    if (camera) {
        camera->dropCallbacks(this);
        if (CameraRegistry::instance().close(camera)) {
            camera->remove();
        }
    }
    return S_OK;
}

}  // namespace mfvcam::simulator
