// mfvcam.h, function by function: checks arguments, clears out-parameters, takes the lease, calls
// the object.
#include "mfvcam.h"

#include <algorithm>
#include <cwchar>

#include "apartment.h"
#include "build_id.h"
#include "c_api.h"
#include "camera_sync_object.h"
#include "handle_table.h"
#include "media_source.h"
#include "native_machine.h"
#include "notification_queue.h"
#include "provider.h"
#include "runtime.h"
#include "sample_reader.h"
#include "system_time.h"
#include "virtual_camera.h"
#include "watch.h"

using mfvcam::CameraSyncObject;
using mfvcam::CameraWatch;
using mfvcam::clear;
using mfvcam::ComPtr;
using mfvcam::guarded;
using mfvcam::Kind;
using mfvcam::MediaSource;
using mfvcam::NotificationQueue;
using mfvcam::Object;
using mfvcam::Ref;
using mfvcam::SampleReader;
using mfvcam::SignalObject;
using mfvcam::SignalWatch;
using mfvcam::VirtualCamera;
using mfvcam::with;

namespace handles = mfvcam::handles;

namespace {

// Runs call(IMFVirtualCamera&) on the camera behind a handle.
template <class F>
HRESULT with_com(mfvcam_handle camera, F&& call) noexcept {
    return with<VirtualCamera>(camera, [&](VirtualCamera& it) { return it.with_camera(call); });
}

HRESULT create_sync(mfvcam_handle camera, const GUID* set, UINT32 id, UINT32 flags,
                    const mfvcam::SignalRequest& request, mfvcam_handle* sync_object) noexcept {
    clear(sync_object);
    if (sync_object == nullptr || set == nullptr) {
        return E_POINTER;
    }
    return with<VirtualCamera>(camera, [&](VirtualCamera& it) {
        return CameraSyncObject::create(Ref<VirtualCamera>::share(&it), *set, id, flags, request,
                                        sync_object);
    });
}

// A watch of what is behind a handle, for the queue behind another.
template <class Watched, class Watch>
HRESULT create_watch(mfvcam_handle watched, mfvcam_handle queue, UINT64 tag,
                     mfvcam_handle* watch) noexcept {
    clear(watch);
    if (watch == nullptr) {
        return E_POINTER;
    }
    return with<NotificationQueue>(queue, [&](NotificationQueue& told) {
        return with<Watched>(watched, [&](Watched& it) {
            return Watch::create(Ref<Watched>::share(&it), Ref<NotificationQueue>::share(&told),
                                 tag, watch);
        });
    });
}

}  // namespace

const char* MFVCAM_CALL mfvcam_build_id() {
    return MFVCAM_BUILD_ID;
}

HRESULT MFVCAM_CALL mfvcam_use_provider(const wchar_t* path) {
    return mfvcam::provider::use(path);
}

HRESULT MFVCAM_CALL mfvcam_is_supported() {
    HRESULT hr = mfvcam::provider::probe();
    if (SUCCEEDED(hr)) {
        hr = mfvcam::ensure_runtime();
    }
    if (FAILED(hr)) {
        return hr;
    }
    BOOL supported = FALSE;
    hr = mfvcam::in_mta([&supported] {
        return MFIsVirtualCameraTypeSupported(MFVirtualCameraType_SoftwareCameraSource, &supported);
    });
    if (FAILED(hr)) {
        return hr;
    }
    return supported != FALSE ? S_OK : HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED);
}

INT64 MFVCAM_CALL mfvcam_system_time() {
    return mfvcam::system_time();
}

UINT32 MFVCAM_CALL mfvcam_native_machine() {
    return mfvcam::native_machine();
}

HRESULT MFVCAM_CALL mfvcam_get_ledger(mfvcam_ledger* ledger) {
    if (ledger == nullptr) {
        return E_POINTER;
    }
    const mfvcam::Ledger& now = mfvcam::ledger;
    *ledger = {now.cameras, now.sync_objects, now.media_sources, now.readers,
               now.watches, now.queues,       now.handles,       now.calls};
    return S_OK;
}

HRESULT MFVCAM_CALL mfvcam_shutdown(mfvcam_handle object) {
    const Ref<Object> found = handles::find(object);
    if (!found) {
        return E_HANDLE;
    }
    switch (found->kind) {
        case Kind::camera:
            return with<VirtualCamera>(object, [](VirtualCamera& it) { return it.shutdown(); });
        case Kind::sync_object:
            return with<CameraSyncObject>(object,
                                          [](CameraSyncObject& it) { return it.shutdown(); });
        default:
            return E_HANDLE;
    }
}

HRESULT MFVCAM_CALL mfvcam_release(mfvcam_handle object) {
    const Ref<Object> removed = handles::remove(object);
    if (!removed) {
        return E_HANDLE;
    }
    removed->close();
    return S_OK;
}

HRESULT MFVCAM_CALL mfvcam_release_later(mfvcam_handle object) {
    Ref<Object> removed = handles::remove(object);
    if (!removed) {
        return E_HANDLE;
    }
    mfvcam::later([removed = std::move(removed)]() noexcept { removed->close(); });
    return S_OK;
}

HRESULT MFVCAM_CALL mfvcam_get_com_pointer(mfvcam_handle object, void** pointer) {
    clear(pointer);
    if (pointer == nullptr) {
        return E_POINTER;
    }
    const Ref<Object> found = handles::find(object);
    if (!found) {
        return E_HANDLE;
    }
    IUnknown* com = nullptr;
    const auto share = [&com](auto& it) { return it.share_com_pointer(&com); };
    HRESULT hr = E_HANDLE;
    if (found->kind == Kind::camera) {
        hr = with<VirtualCamera>(object, share);
    } else if (found->kind == Kind::sync_object) {
        hr = with<CameraSyncObject>(object, share);
    } else if (found->kind == Kind::media_source) {
        hr = with<MediaSource>(object, share);
    }
    *pointer = com;
    return hr;
}

HRESULT MFVCAM_CALL mfvcam_release_com_pointer(void* pointer) {
    if (pointer == nullptr) {
        return E_POINTER;
    }
    const HRESULT hr = mfvcam::ensure_runtime();
    return FAILED(hr) ? hr : mfvcam::in_mta([pointer] {
        static_cast<IUnknown*>(pointer)->Release();
        return S_OK;
    });
}

HRESULT MFVCAM_CALL mfvcam_from_native(void* pointer, UINT32 flags, mfvcam_handle* camera) {
    clear(camera);
    if (camera == nullptr || pointer == nullptr) {
        return E_POINTER;
    }
    if ((flags & ~MFVCAM_ADD_REFERENCE) != 0) {
        return E_INVALIDARG;
    }
    auto* const given = static_cast<IUnknown*>(pointer);
    ComPtr<IMFVirtualCamera> own;
    HRESULT hr = mfvcam::ensure_runtime();
    if (SUCCEEDED(hr)) {
        hr = mfvcam::in_mta([&] {
            const HRESULT queried = given->QueryInterface(IID_PPV_ARGS(own.put()));
            if (FAILED(queried)) {
                // Whatever a failed call left in the out-parameter is not ours to release.
                static_cast<void>(own.detach());
                return queried;
            }
            return own ? S_OK : MFVCAM_E_NO_OBJECT;
        });
    }
    if (FAILED(hr)) {
        return hr;
    }
    hr = guarded([&] { return VirtualCamera::adopt(own.get(), camera); });
    if (SUCCEEDED(hr)) {
        static_cast<void>(own.detach());
    }
    // Its own reference, or the caller's, which one more has been made for. Whether that can be
    // done changes nothing about the camera.
    static_cast<void>(mfvcam::in_mta([&] {
        own.reset();
        if (SUCCEEDED(hr) && (flags & MFVCAM_ADD_REFERENCE) == 0) {
            given->Release();
        }
        return S_OK;
    }));
    return hr;
}

HRESULT MFVCAM_CALL mfvcam_create_virtual_camera(UINT32 type, UINT32 lifetime, UINT32 access,
                                                 const wchar_t* friendly_name,
                                                 const GUID* source_id, const GUID* categories,
                                                 UINT32 category_count, UINT32 flags,
                                                 mfvcam_handle* camera) {
    clear(camera);
    if (camera == nullptr || friendly_name == nullptr || source_id == nullptr) {
        return E_POINTER;
    }
    const bool no_categories = categories == nullptr;
    if (type != MFVirtualCameraType_SoftwareCameraSource ||
        lifetime > MFVirtualCameraLifetime_System || access > MFVirtualCameraAccess_AllUsers ||
        *friendly_name == L'\0' || no_categories != (category_count == 0) ||
        category_count > MFVCAM_MOST_CATEGORIES || (flags & ~MFVCAM_CREATE_ALLOW_SAME) != 0) {
        return E_INVALIDARG;
    }
    return guarded([&] {
        mfvcam::CameraParameters parameters{static_cast<MFVirtualCameraType>(type),
                                            static_cast<MFVirtualCameraLifetime>(lifetime),
                                            static_cast<MFVirtualCameraAccess>(access),
                                            friendly_name,
                                            *source_id,
                                            {}};
        if (!no_categories) {
            parameters.categories.assign(categories, categories + category_count);
        }
        return VirtualCamera::create(std::move(parameters), (flags & MFVCAM_CREATE_ALLOW_SAME) != 0,
                                     camera);
    });
}

HRESULT MFVCAM_CALL mfvcam_add_device_source_info(mfvcam_handle camera,
                                                  const wchar_t* symbolic_link) {
    if (symbolic_link == nullptr) {
        return E_POINTER;
    }
    return with_com(camera, [&](IMFVirtualCamera& it) {
        return *symbolic_link == L'\0' ? E_INVALIDARG : it.AddDeviceSourceInfo(symbolic_link);
    });
}

HRESULT MFVCAM_CALL mfvcam_add_property(mfvcam_handle camera, const GUID* format, UINT32 id,
                                        UINT32 type, const void* data, UINT32 size) {
    if (format == nullptr || data == nullptr) {
        return E_POINTER;
    }
    return with_com(camera, [&](IMFVirtualCamera& it) {
        const DEVPROPKEY key{*format, id};
        return it.AddProperty(&key, type, static_cast<const BYTE*>(data), size);
    });
}

HRESULT MFVCAM_CALL mfvcam_add_registry_entry(mfvcam_handle camera, const wchar_t* name,
                                              const wchar_t* subkey, UINT32 type, const void* data,
                                              UINT32 size) {
    if (name == nullptr || (data == nullptr && size != 0)) {
        return E_POINTER;
    }
    return with_com(camera, [&](IMFVirtualCamera& it) {
        return it.AddRegistryEntry(name, subkey, type, static_cast<const BYTE*>(data), size);
    });
}

HRESULT MFVCAM_CALL mfvcam_start(mfvcam_handle camera) {
    return with<VirtualCamera>(camera, [](VirtualCamera& it) { return it.start(); });
}

HRESULT MFVCAM_CALL mfvcam_stop(mfvcam_handle camera) {
    return with<VirtualCamera>(camera, [](VirtualCamera& it) { return it.stop(); });
}

HRESULT MFVCAM_CALL mfvcam_remove(mfvcam_handle camera) {
    return with<VirtualCamera>(camera, [](VirtualCamera& it) { return it.remove(); });
}

HRESULT MFVCAM_CALL mfvcam_get_media_source(mfvcam_handle camera, mfvcam_handle* source) {
    clear(source);
    if (source == nullptr) {
        return E_POINTER;
    }
    return with<VirtualCamera>(camera, [source](VirtualCamera& it) {
        return MediaSource::create(Ref<VirtualCamera>::share(&it), source);
    });
}

HRESULT MFVCAM_CALL mfvcam_send_camera_property(mfvcam_handle camera, const GUID* set, UINT32 id,
                                                UINT32 flags, void* payload, UINT32 payload_length,
                                                void* data, UINT32 data_length, UINT32* written) {
    clear(written);
    if (written == nullptr || set == nullptr || (payload == nullptr && payload_length != 0) ||
        (data == nullptr && data_length != 0)) {
        return E_POINTER;
    }
    return with<VirtualCamera>(camera, [&](VirtualCamera& it) {
        return it.send_property(*set, id, flags, payload, payload_length, data, data_length,
                                written);
    });
}

HRESULT MFVCAM_CALL mfvcam_create_sync_event(mfvcam_handle camera, const GUID* set, UINT32 id,
                                             UINT32 flags, HANDLE event,
                                             mfvcam_handle* sync_object) {
    return create_sync(camera, set, id, flags, {event, SignalObject::Type::event, 0}, sync_object);
}

HRESULT MFVCAM_CALL mfvcam_create_sync_semaphore(mfvcam_handle camera, const GUID* set, UINT32 id,
                                                 UINT32 flags, HANDLE semaphore, INT32 adjustment,
                                                 mfvcam_handle* sync_object) {
    return create_sync(camera, set, id, flags,
                       {semaphore, SignalObject::Type::semaphore, adjustment}, sync_object);
}

HRESULT MFVCAM_CALL mfvcam_wait_on_signal(mfvcam_handle sync_object, UINT32 timeout) {
    return with<CameraSyncObject>(
        sync_object, [timeout](CameraSyncObject& it) { return it.wait_on_signal(timeout); });
}

HRESULT MFVCAM_CALL mfvcam_await(mfvcam_handle sync_object, UINT32 timeout, HANDLE cancel) {
    return with<CameraSyncObject>(sync_object,
                                  [=](CameraSyncObject& it) { return it.await(timeout, cancel); });
}

HRESULT MFVCAM_CALL mfvcam_create_queue(mfvcam_handle* queue) {
    clear(queue);
    if (queue == nullptr) {
        return E_POINTER;
    }
    const HRESULT hr = mfvcam::ensure_runtime();
    return FAILED(hr) ? hr : guarded([&] { return NotificationQueue::create(queue); });
}

HRESULT MFVCAM_CALL mfvcam_take(mfvcam_handle queue, UINT32 timeout, HANDLE cancel,
                                mfvcam_notification* notifications, UINT32 capacity,
                                UINT32* count) {
    clear(count);
    if (count == nullptr || notifications == nullptr) {
        return E_POINTER;
    }
    if (capacity == 0) {
        return E_INVALIDARG;
    }
    return with<NotificationQueue>(queue, [&](NotificationQueue& it) {
        return it.take(timeout, cancel, notifications, capacity, count);
    });
}

HRESULT MFVCAM_CALL mfvcam_watch_signal(mfvcam_handle sync_object, mfvcam_handle queue, UINT64 tag,
                                        mfvcam_handle* watch) {
    return create_watch<CameraSyncObject, SignalWatch>(sync_object, queue, tag, watch);
}

HRESULT MFVCAM_CALL mfvcam_rearm(mfvcam_handle watch) {
    return with<SignalWatch>(watch, [](SignalWatch& it) { return it.rearm(); });
}

HRESULT MFVCAM_CALL mfvcam_watch_camera(mfvcam_handle camera, mfvcam_handle queue, UINT64 tag,
                                        mfvcam_handle* watch) {
    return create_watch<VirtualCamera, CameraWatch>(camera, queue, tag, watch);
}

HRESULT MFVCAM_CALL mfvcam_cancel_watch(mfvcam_handle watch) {
    if (!handles::find(watch, Kind::signal_watch) && !handles::find(watch, Kind::camera_watch)) {
        return E_HANDLE;
    }
    const Ref<Object> removed = handles::remove(watch);
    if (!removed) {
        return E_HANDLE;
    }
    removed->close();
    const bool given = removed->kind == Kind::signal_watch &&
                       static_cast<const SignalWatch*>(removed.get())->has_given();
    return given ? S_FALSE : S_OK;
}

HRESULT MFVCAM_CALL mfvcam_open_reader(mfvcam_handle source, const GUID* subtype,
                                       mfvcam_format* format, mfvcam_handle* reader) {
    clear(reader);
    clear(format);
    if (reader == nullptr || format == nullptr || subtype == nullptr) {
        return E_POINTER;
    }
    return with<MediaSource>(source, [&](MediaSource& it) {
        return SampleReader::create(it, *subtype, format, reader);
    });
}

HRESULT MFVCAM_CALL mfvcam_read_sample(mfvcam_handle reader, UINT32 timeout, HANDLE cancel,
                                       void* buffer, UINT32 capacity, mfvcam_sample* sample) {
    clear(sample);
    if (sample == nullptr || (buffer == nullptr && capacity != 0)) {
        return E_POINTER;
    }
    return with<SampleReader>(reader, [&](SampleReader& it) {
        return it.read(timeout, cancel, buffer, capacity, sample);
    });
}

HRESULT MFVCAM_CALL mfvcam_close_reader(mfvcam_handle reader) {
    if (!handles::find(reader, Kind::reader)) {
        return E_HANDLE;
    }
    return mfvcam_release(reader);
}
