#include "virtual_camera.h"

#include <mfapi.h>
#include <mferror.h>
#include <mfidl.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "camera_sync_object.h"
#include "choices.h"
#include "client_media_source.h"
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

Host& host() {
    return code(Switch::kHosting) == switches::kFrameServer ? remote_host() : local_host();
}

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
    std::shared_ptr<CameraHold> hold;
    CameraState state;
    const HRESULT opened = made->open(Host::Open::kExisting, hold, state);
    if (FAILED(opened)) {
        return opened;
    }
    made->counted_.handed_out();
    camera.attach(made.detach());
    return S_OK;
}

VirtualCamera::VirtualCamera(CameraKey key)
    : key_(std::move(key)),
      children_(std::make_shared<Children>()),
      callbacks_(std::make_shared<StartCallbacks>()) {}

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
    return guarded([&] {
        std::shared_ptr<HostedSource> source;
        const HRESULT found = started_source(source);
        return source ? code(Switch::kAddAfterStart) : found;
    });
}

HRESULT VirtualCamera::unless_shut_down(HRESULT failure) noexcept {
    const HRESULT hr = usable();
    return FAILED(hr) ? hr : failure;
}

HRESULT VirtualCamera::open(Host::Open how, std::shared_ptr<CameraHold>& hold, CameraState& state) {
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return choices::kCameraShutDown;
        }
        hold = hold_;
    }
    if (hold) {
        const HRESULT hr = hold->state(state);
        if (FAILED(hr) && how == Host::Open::kExisting) {
            return hr;
        }
        if (FAILED(hr) || state.removed) {
            forget(hold);
            hold.reset();
        }
    }
    bool opened = false;
    if (!hold) {
        std::shared_ptr<CameraHold> fresh;
        HRESULT hr = host().open(key_, how, callbacks_, fresh);
        if (FAILED(hr)) {
            return hr;
        }
        {
            const LockGuard guard(lock_);
            if (shut_down_) {
                return choices::kCameraShutDown;
            }
            if (!hold_) {
                hold_ = fresh;
                opened = how == Host::Open::kExisting && hold_;
            }
            hold = hold_;
        }
        hr = hold ? hold->state(state) : S_OK;
        if (FAILED(hr)) {
            return hr;
        }
    }
    if (how == Host::Open::kExisting && hold && !state.exists) {
        hold.reset();
    }
    if (opened) {
        describe();
    }
    return S_OK;
}

void VirtualCamera::forget(const std::shared_ptr<CameraHold>& hold) noexcept {
    std::shared_ptr<CameraHold> stale;  // given back outside the lock
    const LockGuard guard(lock_);
    if (hold_ == hold) {
        stale = std::move(hold_);
    }
}

HRESULT VirtualCamera::started_source(std::shared_ptr<HostedSource>& source) {
    std::shared_ptr<CameraHold> hold;
    CameraState state;
    const HRESULT hr = open(Host::Open::kExisting, hold, state);
    if (SUCCEEDED(hr) && hold) {
        source = std::move(state.source);
    }
    return hr;
}

void VirtualCamera::describe() noexcept {
    guarded([&] {
        store_->SetString(kSymbolicLink, key_.symbolic_link().c_str());
        store_->SetString(kFriendlyName, key_.display_name().c_str());
        return S_OK;
    });
}

STDMETHODIMP VirtualCamera::AddDeviceSourceInfo(LPCWSTR device_source_info) {
    return traced(
        this, "IMFVirtualCamera::AddDeviceSourceInfo",
        [&] {
            const HRESULT hr = configurable();
            if (FAILED(hr)) {
                return hr;
            }
            return device_source_info != nullptr && device_source_info[0] != L'\0' ? S_OK
                                                                                   : E_INVALIDARG;
        },
        device_source_info);
}

STDMETHODIMP VirtualCamera::AddProperty(const DEVPROPKEY* key, DEVPROPTYPE type, const BYTE* data,
                                        ULONG size) {
    return traced(
        this, "IMFVirtualCamera::AddProperty",
        [&] {
            const HRESULT hr = configurable();
            if (FAILED(hr)) {
                return hr;
            }
            if (key == nullptr || data == nullptr || size == 0 || !known_property_type(type)) {
                return choices::kBadDeviceProperty;
            }
            return is_administrator() ? S_OK : E_ACCESSDENIED;
        },
        key != nullptr ? key->fmtid : GUID_NULL, key != nullptr ? key->pid : 0UL, type, data, size);
}

STDMETHODIMP VirtualCamera::AddRegistryEntry(LPCWSTR entry_name, LPCWSTR subkey_path,
                                             DWORD reg_type, const BYTE* data, ULONG size) {
    return traced(
        this, "IMFVirtualCamera::AddRegistryEntry",
        [&] {
            const HRESULT hr = configurable();
            if (FAILED(hr)) {
                return hr;
            }
            if (entry_name == nullptr || reg_type == REG_NONE || reg_type > kRegQword ||
                (data == nullptr && size != 0)) {
                return choices::kBadRegistryEntry;
            }
            return is_administrator() ? S_OK : E_ACCESSDENIED;
        },
        entry_name, subkey_path, reg_type, data, size);
}

STDMETHODIMP VirtualCamera::Start(IMFAsyncCallback* callback) {
    return traced(this, "IMFVirtualCamera::Start", [&] { return start(callback); }, callback);
}

HRESULT VirtualCamera::start(IMFAsyncCallback* callback) {
    HRESULT hr = usable();
    if (FAILED(hr)) {
        return hr;
    }
    ComPtr<StartCallback> registration;
    if (callback != nullptr) {
        registration.attach(new StartCallback(callback));
    }
    ComPtr<IMFAttributes> attributes;
    Bytes bytes;
    hr = MFCreateAttributes(attributes.put(), 4);
    if (SUCCEEDED(hr)) {
        hr = store_->CopyAllItems(attributes.get());
    }
    if (SUCCEEDED(hr)) {
        hr = attributes->SetString(kSymbolicLink, key_.symbolic_link().c_str());
    }
    if (SUCCEEDED(hr)) {
        hr = attributes_to_bytes(attributes.get(), bytes);
    }
    if (FAILED(hr)) {
        return hr;
    }
    do {
        // Once more if somebody removes the camera between the two calls.
        std::shared_ptr<CameraHold> hold;
        CameraState state;
        hr = open(Host::Open::kMade, hold, state);
        if (SUCCEEDED(hr)) {
            hr = hold->start(bytes);
        }
    } while (hr == S_FALSE);
    if (FAILED(hr)) {
        return hr;
    }
    describe();
    if (registration) {
        callbacks_->add(std::move(registration));
    }
    hr = usable();
    if (FAILED(hr)) {
        callbacks_->cancel();
    }
    return hr;
}

HRESULT VirtualCamera::existing_camera(std::shared_ptr<CameraHold>& hold) {
    CameraState state;
    const HRESULT hr = open(Host::Open::kExisting, hold, state);
    if (FAILED(hr)) {
        return hr;
    }
    if (!hold) {
        return unless_shut_down(code(Switch::kNoSuchCamera));
    }
    const bool needs_administrator = key_.access == MFVirtualCameraAccess_AllUsers;
    return needs_administrator && !is_administrator() ? E_ACCESSDENIED : S_OK;
}

STDMETHODIMP VirtualCamera::Stop() {
    return traced(this, "IMFVirtualCamera::Stop", [&] {
        std::shared_ptr<CameraHold> hold;
        const HRESULT hr = existing_camera(hold);
        return FAILED(hr) || !hold ? hr : hold->stop();
    });
}

STDMETHODIMP VirtualCamera::Remove() {
    return traced(this, "IMFVirtualCamera::Remove", [&] {
        std::shared_ptr<CameraHold> hold;
        const HRESULT hr = existing_camera(hold);
        return FAILED(hr) || !hold ? hr : hold->remove();
    });
}

STDMETHODIMP VirtualCamera::GetMediaSource(IMFMediaSource** media_source) {
    return traced(this, "IMFVirtualCamera::GetMediaSource", [&] {
        if (media_source == nullptr) {
            return choices::kNullOutPointer;
        }
        *media_source = nullptr;
        HRESULT hr = usable();
        if (FAILED(hr)) {
            return hr;
        }
        std::shared_ptr<HostedSource> source;
        hr = started_source(source);
        if (FAILED(hr) || !source) {
            return unless_shut_down(FAILED(hr) ? hr : code(Switch::kBeforeStart));
        }
        if (gives_null(switches::kGetMediaSource)) {
            return S_OK;
        }
        ComPtr<IMFMediaSource> client;
        hr = ClientMediaSource::make(source, children_, client);
        if (FAILED(hr)) {
            return unless_shut_down(hr);
        }
        *media_source = client.detach();
        return hr;
    });
}

// The property set that every camera of the simulator has.
HRESULT VirtualCamera::get_own_property(ULONG id, void* data, ULONG length, ULONG* written) {
    switch (id) {
        case MFVCAM_SIMULATOR_PROPERTY_COUNTERS:
            return answer(counted(), data, length, written);
        case MFVCAM_SIMULATOR_PROPERTY_PROCESS_HANDLES:
            return answer(static_cast<UINT32>(process_handle_count()), data, length, written);
        case MFVCAM_SIMULATOR_PROPERTY_HOST_PROCESS: {
            DWORD process_id = 0;
            const HRESULT hr = host().process_id(process_id);
            return SUCCEEDED(hr) ? answer(UINT32{process_id}, data, length, written) : hr;
        }
        case MFVCAM_SIMULATOR_PROPERTY_MONITOR_PROCESS: {
            std::shared_ptr<CameraHold> hold;
            CameraState state;
            const HRESULT hr = open(Host::Open::kExisting, hold, state);
            return SUCCEEDED(hr) ? answer(UINT32{state.monitor_process}, data, length, written)
                                 : hr;
        }
        default:
            return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
    }
}

HRESULT VirtualCamera::set_own_property(ULONG id, const void* data, ULONG length) {
    if (id != MFVCAM_SIMULATOR_PROPERTY_FAULT) {
        return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
    }
    UINT32 fault = 0;
    if (length != sizeof(fault)) {
        return E_INVALIDARG;
    }
    std::memcpy(&fault, data, sizeof(fault));
    switch (fault) {
        case MFVCAM_SIMULATOR_FAULT_SOURCE_INVALIDATED: {
            std::shared_ptr<CameraHold> hold;
            CameraState state;
            const HRESULT hr = open(Host::Open::kExisting, hold, state);
            if (FAILED(hr) || !hold) {
                return unless_shut_down(FAILED(hr) ? hr : code(Switch::kBeforeStart));
            }
            return hold->invalidate();
        }
        case MFVCAM_SIMULATOR_FAULT_HOST_DIES:
        case MFVCAM_SIMULATOR_FAULT_HOST_RESTARTS:
            return host().die(fault == MFVCAM_SIMULATOR_FAULT_HOST_RESTARTS);
        default:
            return E_INVALIDARG;
    }
}

STDMETHODIMP VirtualCamera::SendCameraProperty(REFGUID property_set, ULONG property_id,
                                               ULONG property_flags, void* property_payload,
                                               ULONG property_payload_length, void* data,
                                               ULONG data_length, ULONG* data_written) {
    return traced(
        this, "IMFVirtualCamera::SendCameraProperty",
        [&] {
            return send_property(property_set, property_id, property_flags, property_payload,
                                 property_payload_length, data, data_length, data_written);
        },
        property_set, property_id, property_flags, property_payload_length, data, data_length);
}

HRESULT VirtualCamera::send_property(REFGUID property_set, ULONG property_id, ULONG property_flags,
                                     void* property_payload, ULONG property_payload_length,
                                     void* data, ULONG data_length, ULONG* data_written) {
    if (data_written == nullptr) {
        return choices::kNullOutPointer;
    }
    *data_written = 0;
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
        switch (property_flags) {
            case kPropertyGet:
                return get_own_property(property_id, data, data_length, data_written);
            case kPropertySet:
                return set_own_property(property_id, data, data_length);
            default:
                return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
        }
    }
    std::shared_ptr<HostedSource> source;
    hr = started_source(source);
    if (FAILED(hr) || !source) {
        return unless_shut_down(FAILED(hr) ? hr : code(Switch::kBeforeStart));
    }
    KSPROPERTY property{};
    property.Set = property_set;
    property.Id = property_id;
    property.Flags = property_flags;
    Bytes buffer(sizeof(property) + property_payload_length);
    std::memcpy(buffer.data(), &property, sizeof(property));
    if (property_payload_length != 0) {
        std::memcpy(buffer.data() + sizeof(property), property_payload, property_payload_length);
    }
    hr = source->ks_property(buffer, data, data_length, data_written);
    if (property_payload_length != 0) {
        std::memcpy(property_payload, buffer.data() + sizeof(property), property_payload_length);
    }
    return FAILED(hr) ? unless_shut_down(hr) : hr;
}

STDMETHODIMP VirtualCamera::CreateSyncEvent(REFGUID ksevent_set, ULONG ksevent_id,
                                            ULONG ksevent_flags, HANDLE event_handle,
                                            IMFCameraSyncObject** camera_sync_object) {
    return traced(
        this, "IMFVirtualCamera::CreateSyncEvent",
        [&] {
            return create_sync(ksevent_set, ksevent_id, ksevent_flags, event_handle,
                               KSEVENTF_EVENT_HANDLE, 0, camera_sync_object);
        },
        ksevent_set, ksevent_id, ksevent_flags, event_handle);
}

STDMETHODIMP VirtualCamera::CreateSyncSemaphore(REFGUID ksevent_set, ULONG ksevent_id,
                                                ULONG ksevent_flags, HANDLE semaphore_handle,
                                                LONG semaphore_adjustment,
                                                IMFCameraSyncObject** camera_sync_object) {
    return traced(
        this, "IMFVirtualCamera::CreateSyncSemaphore",
        [&] {
            return create_sync(ksevent_set, ksevent_id, ksevent_flags, semaphore_handle,
                               KSEVENTF_SEMAPHORE_HANDLE, semaphore_adjustment, camera_sync_object);
        },
        ksevent_set, ksevent_id, ksevent_flags, semaphore_handle, semaphore_adjustment);
}

HRESULT VirtualCamera::create_sync(REFGUID set, ULONG id, ULONG flags, HANDLE handle,
                                   ULONG notification_type, LONG adjustment,
                                   IMFCameraSyncObject** sync_object) {
    if (sync_object == nullptr) {
        return choices::kNullOutPointer;
    }
    *sync_object = nullptr;
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
    std::shared_ptr<HostedSource> source;
    hr = started_source(source);
    if (FAILED(hr) || !source) {
        return unless_shut_down(FAILED(hr) ? hr : code(Switch::kBeforeStart));
    }
    if (gives_null(notification_type == KSEVENTF_EVENT_HANDLE ? switches::kCreateSyncEvent
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
}

STDMETHODIMP VirtualCamera::Shutdown() {
    return traced(this, "IMFVirtualCamera::Shutdown", [&] {
        counted_.shut_down();
        return end();
    });
}

HRESULT VirtualCamera::end() noexcept {
    std::shared_ptr<CameraHold> hold;
    {
        const LockGuard guard(lock_);
        if (shut_down_) {
            return choices::kCameraShutDown;
        }
        shut_down_ = true;
        hold = std::move(hold_);
    }
    children_->shutdown();
    callbacks_->cancel();
    if (hold) {
        hold->close();
    }
    return S_OK;
}

}  // namespace mfvcam::simulator
