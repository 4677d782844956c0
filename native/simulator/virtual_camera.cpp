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
#include "process_handles.h"
#include "switches.h"

namespace mfvcam::simulator {
namespace {

constexpr GUID kSymbolicLink = {
    0x58F0AAD8, 0x22BF, 0x4F8A, {0xBB, 0x3D, 0xD2, 0xC4, 0x97, 0x8C, 0x6E, 0x2F}};
constexpr GUID kFriendlyName = {
    0x60D0E559, 0x52F8, 0x4FA2, {0xBB, 0xCE, 0xAC, 0xDB, 0x34, 0xA8, 0xEC, 0x01}};

constexpr GUID kSimulatorSet = MFVCAM_SIMULATOR_PROPERTY_SET;

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

using switches::code;
using switches::Switch;

bool gives_null(switches::NullObject where) noexcept {
    return switches::code(Switch::kNullObject) == where;
}

template <class T>
HRESULT answer(const T& value, void* data, ULONG length, ULONG* written) noexcept {
    *written = sizeof(value);
    if (length < sizeof(value)) {
        return HRESULT_FROM_WIN32(length == 0 ? ERROR_MORE_DATA : ERROR_INSUFFICIENT_BUFFER);
    }
    std::memcpy(data, &value, sizeof(value));
    return S_OK;
}

// The property set that every camera of the simulator has.
HRESULT get_own_property(ULONG id, void* data, ULONG length, ULONG* written) {
    switch (id) {
        case MFVCAM_SIMULATOR_PROPERTY_COUNTERS:
            return answer(counted(), data, length, written);
        case MFVCAM_SIMULATOR_PROPERTY_PROCESS_HANDLES:
            return answer(static_cast<UINT32>(process_handle_count()), data, length, written);
        default:
            return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
    }
}

HRESULT check_property(REFGUID set, ULONG flags, const void* payload, ULONG payload_length,
                       const void* data, ULONG data_length) noexcept {
    if (is_null(set)) {
        return choices::kNullSet;
    }
    if (flags != kPropertyGet && flags != kPropertySet && flags != kPropertyBasicSupport &&
        flags != kPropertyDefaultValues) {
        return choices::kUnsupportedFlags;
    }
    const bool bad = (payload == nullptr && payload_length != 0) ||
                     (data == nullptr && data_length != 0) ||
                     payload_length > std::numeric_limits<ULONG>::max() - sizeof(KSPROPERTY);
    return bad ? choices::kBadBuffer : S_OK;
}

bool known_property_type(DEVPROPTYPE type) noexcept {
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
    made.attach(new VirtualCamera(key));
    made->store_ = std::move(attributes);
    made->open(Open::kExisting);
    made->counted_.handed_out();
    camera.attach(made.detach());
    return S_OK;
}

VirtualCamera::VirtualCamera(CameraKey key)
    : key_(std::move(key)), children_(std::make_shared<Children>()) {}

VirtualCamera::~VirtualCamera() {
    end();
}

void* VirtualCamera::find_interface(REFIID iid) noexcept {
    const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAttributes) ||
                       iid == __uuidof(IMFVirtualCamera);
    return known ? static_cast<IMFVirtualCamera*>(this) : nullptr;
}

HRESULT VirtualCamera::usable() noexcept {
    const LockGuard guard(lock_);
    return shut_down_ ? choices::kCameraShutDown : S_OK;
}

HRESULT VirtualCamera::configurable() noexcept {
    const HRESULT hr = usable();
    if (FAILED(hr)) {
        return hr;
    }
    return guarded([&] { return started_source() ? code(Switch::kAddAfterStart) : S_OK; });
}

HRESULT VirtualCamera::unless_shut_down(HRESULT failure) noexcept {
    const HRESULT hr = usable();
    return FAILED(hr) ? hr : failure;
}

std::shared_ptr<Camera> VirtualCamera::open(Open how) {
    std::shared_ptr<Camera> stale;  // released outside the lock
    std::shared_ptr<Camera> camera;
    bool opened = false;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return nullptr;
        }
        if (camera_ && camera_->removed()) {
            stale = std::move(camera_);
        }
        if (!camera_) {
            CameraRegistry& registry = CameraRegistry::instance();
            camera_ = how == Open::kForStart ? registry.open(key_) : registry.open_existing(key_);
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

std::shared_ptr<HostedSource> VirtualCamera::started_source() {
    const std::shared_ptr<Camera> camera = open(Open::kExisting);
    return camera ? camera->source() : nullptr;
}

void VirtualCamera::describe() noexcept {
    guarded([&] {
        store_->SetString(kSymbolicLink, key_.symbolic_link().c_str());
        store_->SetString(kFriendlyName, key_.display_name().c_str());
        return S_OK;
    });
}

STDMETHODIMP VirtualCamera::AddDeviceSourceInfo(LPCWSTR device_source_info) {
    const HRESULT hr = configurable();
    if (FAILED(hr)) {
        return hr;
    }
    return device_source_info != nullptr && device_source_info[0] != L'\0' ? S_OK : E_INVALIDARG;
}

STDMETHODIMP VirtualCamera::AddProperty(const DEVPROPKEY* key, DEVPROPTYPE type, const BYTE* data,
                                        ULONG size) {
    const HRESULT hr = configurable();
    if (FAILED(hr)) {
        return hr;
    }
    if (key == nullptr || data == nullptr || size == 0 || !known_property_type(type)) {
        return choices::kBadDeviceProperty;
    }
    return is_administrator() ? S_OK : E_ACCESSDENIED;
}

STDMETHODIMP VirtualCamera::AddRegistryEntry(LPCWSTR entry_name, LPCWSTR /*subkey_path*/,
                                             DWORD reg_type, const BYTE* data, ULONG size) {
    const HRESULT hr = configurable();
    if (FAILED(hr)) {
        return hr;
    }
    if (entry_name == nullptr || reg_type == REG_NONE || reg_type > kRegQword ||
        (data == nullptr && size != 0)) {
        return choices::kBadRegistryEntry;
    }
    return is_administrator() ? S_OK : E_ACCESSDENIED;
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
    activation.class_id = key_.class_id;
    hr = MFCreateAttributes(activation.attributes.put(), 4);
    if (SUCCEEDED(hr)) {
        hr = store_->CopyAllItems(activation.attributes.get());
    }
    if (SUCCEEDED(hr)) {
        hr = activation.attributes->SetString(kSymbolicLink, key_.symbolic_link().c_str());
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
        camera->drop_callbacks(this);
    }
    return hr;
}

HRESULT VirtualCamera::existing_camera(std::shared_ptr<Camera>& camera) {
    const HRESULT hr = usable();
    if (FAILED(hr)) {
        return hr;
    }
    camera = open(Open::kExisting);
    if (!camera) {
        return unless_shut_down(code(Switch::kNoSuchCamera));
    }
    const bool needs_administrator = key_.access == MFVirtualCameraAccess_AllUsers;
    return needs_administrator && !is_administrator() ? E_ACCESSDENIED : S_OK;
}

STDMETHODIMP VirtualCamera::Stop() {
    return guarded([&] {
        std::shared_ptr<Camera> camera;
        const HRESULT hr = existing_camera(camera);
        if (FAILED(hr) || !camera) {
            return hr;
        }
        camera->stop();
        return S_OK;
    });
}

STDMETHODIMP VirtualCamera::Remove() {
    return guarded([&] {
        std::shared_ptr<Camera> camera;
        const HRESULT hr = existing_camera(camera);
        if (FAILED(hr) || !camera) {
            return hr;
        }
        CameraRegistry::instance().forget(camera);
        camera->remove();
        return S_OK;
    });
}

STDMETHODIMP VirtualCamera::GetMediaSource(IMFMediaSource** media_source) {
    if (media_source == nullptr) {
        return choices::kNullOutPointer;
    }
    *media_source = nullptr;
    return guarded([&] {
        HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        const std::shared_ptr<HostedSource> source = started_source();
        if (!source) {
            return unless_shut_down(code(Switch::kBeforeStart));
        }
        if (gives_null(switches::kGetMediaSource)) {
            return S_OK;
        }
        ComPtr<IMFMediaSource> client;
        hr = source->open_client(children_, client);
        if (FAILED(hr)) {
            return unless_shut_down(hr);
        }
        *media_source = client.detach();
        return hr;
    });
}

STDMETHODIMP VirtualCamera::SendCameraProperty(REFGUID property_set, ULONG property_id,
                                               ULONG property_flags, void* property_payload,
                                               ULONG property_payload_length, void* data,
                                               ULONG data_length, ULONG* data_written) {
    if (data_written == nullptr) {
        return choices::kNullOutPointer;
    }
    *data_written = 0;
    return guarded([&] {
        HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        hr = check_property(property_set, property_flags, property_payload, property_payload_length,
                            data, data_length);
        if (FAILED(hr)) {
            return hr;
        }
        if (property_set == kSimulatorSet) {
            return property_flags == kPropertyGet
                       ? get_own_property(property_id, data, data_length, data_written)
                       : HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
        }
        const std::shared_ptr<HostedSource> source = started_source();
        if (!source) {
            return unless_shut_down(code(Switch::kBeforeStart));
        }
        KSPROPERTY property{};
        property.Set = property_set;
        property.Id = property_id;
        property.Flags = property_flags;
        const auto length = static_cast<ULONG>(sizeof(property) + property_payload_length);
        // 64-bit elements, for KSPROPERTY's alignment.
        std::vector<std::uint64_t> buffer((std::size_t{length} + 7) / 8);
        auto* const payload = reinterpret_cast<BYTE*>(buffer.data()) + sizeof(property);
        std::memcpy(buffer.data(), &property, sizeof(property));
        if (property_payload_length != 0) {
            std::memcpy(payload, property_payload, property_payload_length);
        }
        hr = source->ks_property(buffer.data(), length, data, data_length, data_written);
        if (property_payload_length != 0) {
            std::memcpy(property_payload, payload, property_payload_length);
        }
        return FAILED(hr) ? unless_shut_down(hr) : hr;
    });
}

STDMETHODIMP VirtualCamera::CreateSyncEvent(REFGUID ksevent_set, ULONG ksevent_id,
                                            ULONG ksevent_flags, HANDLE event_handle,
                                            IMFCameraSyncObject** camera_sync_object) {
    return create_sync(ksevent_set, ksevent_id, ksevent_flags, event_handle, KSEVENTF_EVENT_HANDLE,
                       0, camera_sync_object);
}

STDMETHODIMP VirtualCamera::CreateSyncSemaphore(REFGUID ksevent_set, ULONG ksevent_id,
                                                ULONG ksevent_flags, HANDLE semaphore_handle,
                                                LONG semaphore_adjustment,
                                                IMFCameraSyncObject** camera_sync_object) {
    return create_sync(ksevent_set, ksevent_id, ksevent_flags, semaphore_handle,
                       KSEVENTF_SEMAPHORE_HANDLE, semaphore_adjustment, camera_sync_object);
}

HRESULT VirtualCamera::create_sync(REFGUID set, ULONG id, ULONG flags, HANDLE handle,
                                   ULONG notification_type, LONG adjustment,
                                   IMFCameraSyncObject** sync_object) {
    if (sync_object == nullptr) {
        return choices::kNullOutPointer;
    }
    *sync_object = nullptr;
    return guarded([&] {
        HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        if (is_null(set)) {
            return choices::kNullSet;
        }
        if (flags != KSEVENT_TYPE_ENABLE && flags != KSEVENT_TYPE_ONESHOT) {
            return choices::kUnsupportedFlags;
        }
        if (handle == nullptr || handle == INVALID_HANDLE_VALUE) {
            return choices::kBadHandle;
        }
        KSEVENTDATA notification{};
        notification.NotificationType = notification_type;
        if (notification_type == KSEVENTF_SEMAPHORE_HANDLE) {
            if (adjustment <= 0) {
                return choices::kBadAdjustment;
            }
            notification.SemaphoreHandle.Semaphore = handle;
            notification.SemaphoreHandle.Adjustment = adjustment;
        } else {
            notification.EventHandle.Event = handle;
        }
        const std::shared_ptr<HostedSource> source = started_source();
        if (!source) {
            return unless_shut_down(code(Switch::kBeforeStart));
        }
        if (gives_null(notification_type == KSEVENTF_EVENT_HANDLE
                           ? switches::kCreateSyncEvent
                           : switches::kCreateSyncSemaphore)) {
            return S_OK;
        }
        KSEVENT event{};
        event.Set = set;
        event.Id = id;
        event.Flags = flags;
        ComPtr<IMFCameraSyncObject> made;
        hr = CameraSyncObject::make(source, children_, event, notification, handle, made);
        if (FAILED(hr)) {
            return unless_shut_down(hr);
        }
        *sync_object = made.detach();
        return hr;
    });
}

STDMETHODIMP VirtualCamera::Shutdown() {
    counted_.shut_down();
    return end();
}

HRESULT VirtualCamera::end() noexcept {
    std::shared_ptr<Camera> camera;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return choices::kCameraShutDown;
        }
        shut_down_ = true;
        camera = std::move(camera_);
    }
    children_->shutdown();
    if (camera) {
        camera->drop_callbacks(this);
        if (CameraRegistry::instance().close(camera)) {
            camera->remove();
        }
    }
    return S_OK;
}

}  // namespace mfvcam::simulator
