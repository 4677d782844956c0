// mfvcam.h, function by function: checks arguments, clears out-parameters, takes the lease, calls
// the object.
#include "mfvcam.h"

#include <algorithm>
#include <cwchar>

#include "apartment.h"
#include "build_id.h"
#include "camera_sync_object.h"
#include "handle_table.h"
#include "media_source.h"
#include "provider.h"
#include "runtime.h"
#include "sample_reader.h"
#include "system_time.h"
#include "virtual_camera.h"

using mfvcam::CameraSyncObject;
using mfvcam::guarded;
using mfvcam::MediaSource;
using mfvcam::SampleReader;
using mfvcam::VirtualCamera;

namespace handles = mfvcam::handles;

namespace {

// Runs call(object) on the object behind a handle, as a call in flight.
template <class T, class F>
HRESULT with(mfvcam_handle handle, F&& call) noexcept {
    const mfvcam::Lease<T> lease = handles::lease<T>(handle);
    if (!lease) {
        return E_HANDLE;
    }
    return guarded([&] { return call(*lease.operator->()); });
}

template <class T>
void clear(T* out) noexcept {
    if (out != nullptr) {
        *out = T{};
    }
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

HRESULT MFVCAM_CALL mfvcam_get_ledger(mfvcam_ledger* ledger) {
    if (ledger == nullptr) {
        return E_POINTER;
    }
    const mfvcam::Ledger& now = mfvcam::ledger;
    *ledger = {now.cameras, now.sync_objects, now.media_sources,
               now.readers, now.handles,      now.calls};
    return S_OK;
}

HRESULT MFVCAM_CALL mfvcam_shutdown(mfvcam_handle object) {
    const mfvcam::Ref<mfvcam::Object> found = handles::find(object);
    if (!found) {
        return E_HANDLE;
    }
    switch (found->kind) {
        case mfvcam::Kind::camera:
            return with<VirtualCamera>(object, [](VirtualCamera& it) { return it.shutdown(); });
        case mfvcam::Kind::sync_object:
            return with<CameraSyncObject>(object,
                                          [](CameraSyncObject& it) { return it.shutdown(); });
        default:
            return E_HANDLE;
    }
}

HRESULT MFVCAM_CALL mfvcam_release(mfvcam_handle object) {
    const mfvcam::Ref<mfvcam::Object> removed = handles::remove(object);
    if (!removed) {
        return E_HANDLE;
    }
    removed->close();
    return S_OK;
}

HRESULT MFVCAM_CALL mfvcam_release_later(mfvcam_handle object) {
    mfvcam::Ref<mfvcam::Object> removed = handles::remove(object);
    if (!removed) {
        return E_HANDLE;
    }
    mfvcam::later([removed = std::move(removed)]() noexcept { removed->close(); });
    return S_OK;
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
    constexpr UINT32 most_categories = 64;
    const bool no_categories = categories == nullptr;
    if (type != MFVirtualCameraType_SoftwareCameraSource ||
        lifetime > MFVirtualCameraLifetime_System || access > MFVirtualCameraAccess_AllUsers ||
        *friendly_name == L'\0' || no_categories != (category_count == 0) ||
        category_count > most_categories || (flags & ~MFVCAM_CREATE_ALLOW_SAME) != 0) {
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
        return MediaSource::create(mfvcam::Ref<VirtualCamera>::share(&it), source);
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
    clear(sync_object);
    if (sync_object == nullptr || set == nullptr) {
        return E_POINTER;
    }
    return with<VirtualCamera>(camera, [&](VirtualCamera& it) {
        return CameraSyncObject::create(mfvcam::Ref<VirtualCamera>::share(&it), *set, id, flags,
                                        event, sync_object);
    });
}

HRESULT MFVCAM_CALL mfvcam_wait_on_signal(mfvcam_handle sync_object, UINT32 timeout) {
    return with<CameraSyncObject>(
        sync_object, [timeout](CameraSyncObject& it) { return it.wait_on_signal(timeout); });
}

HRESULT MFVCAM_CALL mfvcam_await(mfvcam_handle sync_object, UINT32 timeout, HANDLE cancel) {
    return with<CameraSyncObject>(sync_object,
                                  [=](CameraSyncObject& it) { return it.await(timeout, cancel); });
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
    if (!handles::find(reader, mfvcam::Kind::reader)) {
        return E_HANDLE;
    }
    return mfvcam_release(reader);
}
