// The natives of io.github.mfvcam.jni.MfVirtualCamera: unpack, call, pack. natives.inc is their
// list.
#include <algorithm>
#include <array>
#include <type_traits>

#include "conversion.h"
#include "io_github_mfvcam_jni_MfVirtualCamera.h"
#include "natives.h"

namespace mfvcam::jni {

namespace {

jstring JNICALL buildId(JNIEnv* env, jclass /*type*/) {
    return env->NewStringUTF(mfvcam_build_id());
}

jobjectArray JNICALL registeredNatives(JNIEnv* env, jclass /*type*/) {
    static constexpr std::array names = {
#define NATIVE(name, signature) #name signature,
#include "natives.inc"
#undef NATIVE
    };
    jclass string = env->FindClass("java/lang/String");
    if (string == nullptr) {
        return nullptr;
    }
    jobjectArray result = env->NewObjectArray(static_cast<jsize>(names.size()), string, nullptr);
    if (result == nullptr) {
        return nullptr;
    }
    jsize index = 0;
    for (const char* name : names) {
        jstring text = env->NewStringUTF(name);
        if (text == nullptr) {
            return nullptr;
        }
        env->SetObjectArrayElement(result, index++, text);
        env->DeleteLocalRef(text);
    }
    return result;
}

jint JNICALL useProvider(JNIEnv* env, jclass /*type*/, jstring path) {
    return guarded([&] {
        std::wstring text;
        return string_of(env, path, "path", &text) ? mfvcam_use_provider(text.c_str())
                                                   : exception_pending;
    });
}

jint JNICALL isSupported(JNIEnv* /*env*/, jclass /*type*/) {
    return mfvcam_is_supported();
}

jlong JNICALL systemTime(JNIEnv* /*env*/, jclass /*type*/) {
    return mfvcam_system_time();
}

jint JNICALL nativeMachine(JNIEnv* /*env*/, jclass /*type*/) {
    return static_cast<jint>(mfvcam_native_machine());
}

jint JNICALL ledger(JNIEnv* env, jclass /*type*/, jlongArray out) {
    const Results<8> results(env, out);
    if (!results) {
        return exception_pending;
    }
    mfvcam_ledger now{};
    const HRESULT hr = mfvcam_get_ledger(&now);
    results.set({now.cameras, now.sync_objects, now.media_sources, now.readers, now.watches,
                 now.queues, now.handles, now.calls});
    return hr;
}

jint JNICALL shutdown(JNIEnv* /*env*/, jclass /*type*/, jlong handle) {
    return mfvcam_shutdown(object_of(handle));
}

jint JNICALL release(JNIEnv* /*env*/, jclass /*type*/, jlong handle) {
    return mfvcam_release(object_of(handle));
}

jint JNICALL releaseLater(JNIEnv* /*env*/, jclass /*type*/, jlong handle) {
    return mfvcam_release_later(object_of(handle));
}

jint JNICALL getComPointer(JNIEnv* env, jclass /*type*/, jlong handle, jlongArray out) {
    return one_result<void*>(env, out, [&](void** pointer) {
        return mfvcam_get_com_pointer(object_of(handle), pointer);
    });
}

jint JNICALL fromNative(JNIEnv* env, jclass /*type*/, jlong comPointer, jint flags,
                        jlongArray out) {
    return one_result<mfvcam_handle>(env, out, [&](mfvcam_handle* camera) {
        return mfvcam_from_native(handle_of(comPointer), static_cast<UINT32>(flags), camera);
    });
}

jint JNICALL releaseComPointer(JNIEnv* /*env*/, jclass /*type*/, jlong comPointer) {
    return mfvcam_release_com_pointer(handle_of(comPointer));
}

jint JNICALL createVirtualCamera(JNIEnv* env, jclass /*type*/, jint type, jint lifetime,
                                 jint access, jstring friendlyName, jlong sourceIdHigh,
                                 jlong sourceIdLow, jlongArray categories, jint flags,
                                 jlongArray out) {
    return one_result<mfvcam_handle>(env, out, [&](mfvcam_handle* camera) -> HRESULT {
        std::wstring name;
        if (!string_of(env, friendlyName, "friendlyName", &name)) {
            return exception_pending;
        }
        std::vector<GUID> guids;
        if (categories != nullptr) {
            const auto count = static_cast<std::size_t>(env->GetArrayLength(categories));
            if (count % 2 != 0) {
                return throw_illegal(env, "categories must hold two longs for each category");
            }
            // Refused here already: a copy could be of any size.
            if (count / 2 > MFVCAM_MOST_CATEGORIES) {
                return E_INVALIDARG;
            }
            std::vector<jlong> halves(count);
            env->GetLongArrayRegion(categories, 0, static_cast<jsize>(halves.size()),
                                    halves.data());
            for (std::size_t i = 0; i < halves.size(); i += 2) {
                guids.push_back(guid_of(halves[i], halves[i + 1]));
            }
        }
        const GUID source_id = guid_of(sourceIdHigh, sourceIdLow);
        return mfvcam_create_virtual_camera(
            static_cast<UINT32>(type), static_cast<UINT32>(lifetime), static_cast<UINT32>(access),
            name.c_str(), &source_id, guids.empty() ? nullptr : guids.data(),
            static_cast<UINT32>(guids.size()), static_cast<UINT32>(flags), camera);
    });
}

jint JNICALL addDeviceSourceInfo(JNIEnv* env, jclass /*type*/, jlong camera, jstring symbolicLink) {
    return guarded([&] {
        std::wstring link;
        return string_of(env, symbolicLink, "symbolicLink", &link)
                   ? mfvcam_add_device_source_info(object_of(camera), link.c_str())
                   : exception_pending;
    });
}

jint JNICALL addProperty(JNIEnv* env, jclass /*type*/, jlong camera, jlong formatHigh,
                         jlong formatLow, jint id, jint propertyType, jbyteArray data) {
    if (data == nullptr) {
        return throw_null(env, "data");
    }
    return guarded([&] {
        Bytes bytes(env, data);
        const GUID format = guid_of(formatHigh, formatLow);
        return mfvcam_add_property(object_of(camera), &format, static_cast<UINT32>(id),
                                   static_cast<UINT32>(propertyType), bytes.pointer(),
                                   bytes.size());
    });
}

jint JNICALL addRegistryEntry(JNIEnv* env, jclass /*type*/, jlong camera, jstring name,
                              jstring subkey, jint registryType, jbyteArray data) {
    if (data == nullptr) {
        return throw_null(env, "data");
    }
    return guarded([&]() -> HRESULT {
        std::wstring name_text;
        std::wstring subkey_text;
        if (!string_of(env, name, "name", &name_text) ||
            (subkey != nullptr && !string_of(env, subkey, "subkey", &subkey_text))) {
            return exception_pending;
        }
        Bytes bytes(env, data);
        return mfvcam_add_registry_entry(
            object_of(camera), name_text.c_str(), subkey != nullptr ? subkey_text.c_str() : nullptr,
            static_cast<UINT32>(registryType), bytes.data(), bytes.size());
    });
}

jint JNICALL start(JNIEnv* /*env*/, jclass /*type*/, jlong camera) {
    return mfvcam_start(object_of(camera));
}

jint JNICALL stop(JNIEnv* /*env*/, jclass /*type*/, jlong camera) {
    return mfvcam_stop(object_of(camera));
}

jint JNICALL remove(JNIEnv* /*env*/, jclass /*type*/, jlong camera) {
    return mfvcam_remove(object_of(camera));
}

jint JNICALL getMediaSource(JNIEnv* env, jclass /*type*/, jlong camera, jlongArray out) {
    return one_result<mfvcam_handle>(env, out, [&](mfvcam_handle* source) {
        return mfvcam_get_media_source(object_of(camera), source);
    });
}

jint JNICALL sendCameraProperty(JNIEnv* env, jclass /*type*/, jlong camera, jlong setHigh,
                                jlong setLow, jint id, jint flags, jbyteArray payload,
                                jbyteArray data, jlongArray out) {
    const Results<1> results(env, out);
    if (!results) {
        return exception_pending;
    }
    return guarded([&] {
        Bytes payload_bytes(env, payload);
        Bytes data_bytes(env, data);
        const GUID set = guid_of(setHigh, setLow);
        UINT32 written = 0;
        const HRESULT hr = mfvcam_send_camera_property(
            object_of(camera), &set, static_cast<UINT32>(id), static_cast<UINT32>(flags),
            payload_bytes.data(), payload_bytes.size(), data_bytes.data(), data_bytes.size(),
            &written);
        payload_bytes.write_back();
        data_bytes.write_back();
        results.set({written});
        return hr;
    });
}

jint JNICALL createSyncEvent(JNIEnv* env, jclass /*type*/, jlong camera, jlong setHigh,
                             jlong setLow, jint id, jint flags, jlong eventHandle, jlongArray out) {
    return one_result<mfvcam_handle>(env, out, [&](mfvcam_handle* sync_object) {
        const GUID set = guid_of(setHigh, setLow);
        return mfvcam_create_sync_event(object_of(camera), &set, static_cast<UINT32>(id),
                                        static_cast<UINT32>(flags), handle_of(eventHandle),
                                        sync_object);
    });
}

jint JNICALL createSyncSemaphore(JNIEnv* env, jclass /*type*/, jlong camera, jlong setHigh,
                                 jlong setLow, jint id, jint flags, jlong semaphoreHandle,
                                 jint adjustment, jlongArray out) {
    return one_result<mfvcam_handle>(env, out, [&](mfvcam_handle* sync_object) {
        const GUID set = guid_of(setHigh, setLow);
        return mfvcam_create_sync_semaphore(object_of(camera), &set, static_cast<UINT32>(id),
                                            static_cast<UINT32>(flags), handle_of(semaphoreHandle),
                                            adjustment, sync_object);
    });
}

jint JNICALL waitOnSignal(JNIEnv* /*env*/, jclass /*type*/, jlong syncObject, jint timeoutMillis) {
    return mfvcam_wait_on_signal(object_of(syncObject), static_cast<UINT32>(timeoutMillis));
}

jint JNICALL await(JNIEnv* /*env*/, jclass /*type*/, jlong syncObject, jint timeoutMillis,
                   jlong cancelEvent) {
    return mfvcam_await(object_of(syncObject), static_cast<UINT32>(timeoutMillis),
                        handle_of(cancelEvent));
}

jint JNICALL createQueue(JNIEnv* env, jclass /*type*/, jlongArray out) {
    return one_result<mfvcam_handle>(env, out, mfvcam_create_queue);
}

jint JNICALL take(JNIEnv* env, jclass /*type*/, jlong queue, jint timeoutMillis, jlong cancelEvent,
                  jlongArray notifications, jlongArray out) {
    constexpr std::size_t longs = 6;
    constexpr std::size_t most = 64;
    const Results<1> results(env, out);
    if (!results) {
        return exception_pending;
    }
    if (notifications == nullptr) {
        return throw_null(env, "notifications");
    }
    const auto room = static_cast<std::size_t>(env->GetArrayLength(notifications)) / longs;
    if (room == 0) {
        return throw_illegal(env, "notifications is too short for one");
    }
    std::array<mfvcam_notification, most> taken;
    UINT32 count = 0;
    const HRESULT hr =
        mfvcam_take(object_of(queue), static_cast<UINT32>(timeoutMillis), handle_of(cancelEvent),
                    taken.data(), static_cast<UINT32>(std::min(room, most)), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const mfvcam_notification& it = taken[i];
        const std::array<jlong, longs> row = {
            static_cast<jlong>(it.tag), it.kind, it.status, high_of(it.extended_type),
            low_of(it.extended_type),   it.time};
        env->SetLongArrayRegion(notifications, static_cast<jsize>(i * longs),
                                static_cast<jsize>(longs), row.data());
    }
    results.set({count});
    return hr;
}

jint JNICALL watchSignal(JNIEnv* env, jclass /*type*/, jlong syncObject, jlong queue, jlong tag,
                         jlongArray out) {
    return one_result<mfvcam_handle>(env, out, [&](mfvcam_handle* watch) {
        return mfvcam_watch_signal(object_of(syncObject), object_of(queue),
                                   static_cast<UINT64>(tag), watch);
    });
}

jint JNICALL watchCamera(JNIEnv* env, jclass /*type*/, jlong camera, jlong queue, jlong tag,
                         jlongArray out) {
    return one_result<mfvcam_handle>(env, out, [&](mfvcam_handle* watch) {
        return mfvcam_watch_camera(object_of(camera), object_of(queue), static_cast<UINT64>(tag),
                                   watch);
    });
}

jint JNICALL rearm(JNIEnv* /*env*/, jclass /*type*/, jlong watch) {
    return mfvcam_rearm(object_of(watch));
}

jint JNICALL cancelWatch(JNIEnv* /*env*/, jclass /*type*/, jlong watch) {
    return mfvcam_cancel_watch(object_of(watch));
}

jint JNICALL openReader(JNIEnv* env, jclass /*type*/, jlong mediaSource, jlong subtypeHigh,
                        jlong subtypeLow, jlongArray out) {
    const Results<6> results(env, out);
    if (!results) {
        return exception_pending;
    }
    const GUID subtype = guid_of(subtypeHigh, subtypeLow);
    mfvcam_format format{};
    mfvcam_handle reader = 0;
    const HRESULT hr = mfvcam_open_reader(object_of(mediaSource), &subtype, &format, &reader);
    results.set({static_cast<jlong>(reader), format.width, format.height,
                 format.frame_rate_numerator, format.frame_rate_denominator, format.frame_size});
    return hr;
}

jint JNICALL readSample(JNIEnv* env, jclass /*type*/, jlong reader, jint timeoutMillis,
                        jlong cancelEvent, jobject buffer, jlongArray out) {
    const Results<3> results(env, out);
    if (!results) {
        return exception_pending;
    }
    if (buffer == nullptr) {
        return throw_null(env, "buffer");
    }
    void* address = env->GetDirectBufferAddress(buffer);
    const jlong capacity = env->GetDirectBufferCapacity(buffer);
    if (capacity < 0 || (address == nullptr && capacity != 0)) {
        return throw_illegal(env, "buffer is not a direct one");
    }
    if (is_read_only(env, buffer)) {
        if (env->ExceptionCheck() == JNI_FALSE) {
            throw_illegal(env, "buffer is read-only");
        }
        return exception_pending;
    }
    mfvcam_sample sample{};
    const HRESULT hr =
        mfvcam_read_sample(object_of(reader), static_cast<UINT32>(timeoutMillis),
                           handle_of(cancelEvent), address, static_cast<UINT32>(capacity), &sample);
    results.set({sample.size, sample.time, sample.duration});
    return hr;
}

jint JNICALL closeReader(JNIEnv* /*env*/, jclass /*type*/, jlong reader) {
    return mfvcam_close_reader(object_of(reader));
}

// ---- Attributes ----

// Reads one that a long holds.
template <class T>
jint attribute(JNIEnv* env, jlongArray out, jlong camera, const GUID& key,
               HRESULT(MFVCAM_CALL* get)(mfvcam_handle, const GUID*, T*)) {
    return one_result<T>(env, out, [&](T* value) { return get(object_of(camera), &key, value); });
}

// Calls read(&size) until buffer, a string or a vector, holds all there is: that may have grown
// since its size was told. Throws std::bad_alloc.
template <class Buffer, class F>
HRESULT read_whole(Buffer& buffer, F&& read) {
    for (;;) {
        UINT32 size = 0;
        const HRESULT hr = read(&size);
        if (SUCCEEDED(hr) || hr == HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER)) {
            buffer.resize(size);
        }
        if (hr != HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER)) {
            return hr;
        }
    }
}

jint JNICALL getItemType(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                         jlongArray out) {
    return attribute(env, out, camera, guid_of(keyHigh, keyLow), mfvcam_get_item_type);
}

jint JNICALL getUINT32(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jlongArray out) {
    return attribute(env, out, camera, guid_of(keyHigh, keyLow), mfvcam_get_uint32);
}

jint JNICALL getUINT64(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jlongArray out) {
    return attribute(env, out, camera, guid_of(keyHigh, keyLow), mfvcam_get_uint64);
}

jint JNICALL getDouble(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jlongArray out) {
    return attribute(env, out, camera, guid_of(keyHigh, keyLow), mfvcam_get_double);
}

jint JNICALL getGUID(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                     jlongArray out) {
    const Results<2> results(env, out);
    if (!results) {
        return exception_pending;
    }
    const GUID key = guid_of(keyHigh, keyLow);
    GUID value{};
    const HRESULT hr = mfvcam_get_guid(object_of(camera), &key, &value);
    results.set({high_of(value), low_of(value)});
    return hr;
}

jint JNICALL getString(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jobjectArray out) {
    const ObjectResult result(env, out);
    if (!result) {
        return exception_pending;
    }
    return guarded([&] {
        const GUID key = guid_of(keyHigh, keyLow);
        std::wstring text;
        const HRESULT hr = read_whole(text, [&](UINT32* length) {
            // A string has room for the terminator beyond its end.
            return mfvcam_get_string(object_of(camera), &key, text.data(),
                                     static_cast<UINT32>(text.size() + 1), length);
        });
        return FAILED(hr) ? hr
                          : result.set(env->NewString(reinterpret_cast<const jchar*>(text.data()),
                                                      static_cast<jsize>(text.size())));
    });
}

jint JNICALL getBlob(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                     jobjectArray out) {
    const ObjectResult result(env, out);
    if (!result) {
        return exception_pending;
    }
    return guarded([&] {
        const GUID key = guid_of(keyHigh, keyLow);
        std::vector<jbyte> bytes;
        const HRESULT hr = read_whole(bytes, [&](UINT32* size) {
            return mfvcam_get_blob(object_of(camera), &key, bytes.data(),
                                   static_cast<UINT32>(bytes.size()), size);
        });
        if (FAILED(hr)) {
            return hr;
        }
        jbyteArray array = env->NewByteArray(static_cast<jsize>(bytes.size()));
        if (array != nullptr && !bytes.empty()) {
            env->SetByteArrayRegion(array, 0, static_cast<jsize>(bytes.size()), bytes.data());
        }
        return result.set(array);
    });
}

jint JNICALL setUINT32(JNIEnv* /*env*/, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jint value) {
    const GUID key = guid_of(keyHigh, keyLow);
    return mfvcam_set_uint32(object_of(camera), &key, static_cast<UINT32>(value));
}

jint JNICALL setUINT64(JNIEnv* /*env*/, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jlong value) {
    const GUID key = guid_of(keyHigh, keyLow);
    return mfvcam_set_uint64(object_of(camera), &key, static_cast<UINT64>(value));
}

jint JNICALL setDouble(JNIEnv* /*env*/, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jdouble value) {
    const GUID key = guid_of(keyHigh, keyLow);
    return mfvcam_set_double(object_of(camera), &key, value);
}

jint JNICALL setGUID(JNIEnv* /*env*/, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                     jlong valueHigh, jlong valueLow) {
    const GUID key = guid_of(keyHigh, keyLow);
    const GUID value = guid_of(valueHigh, valueLow);
    return mfvcam_set_guid(object_of(camera), &key, &value);
}

jint JNICALL setString(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                       jstring value) {
    return guarded([&] {
        std::wstring text;
        if (!string_of(env, value, "value", &text)) {
            return exception_pending;
        }
        const GUID key = guid_of(keyHigh, keyLow);
        return static_cast<jint>(mfvcam_set_string(object_of(camera), &key, text.c_str()));
    });
}

jint JNICALL setBlob(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                     jbyteArray value) {
    if (value == nullptr) {
        return throw_null(env, "value");
    }
    return guarded([&] {
        Bytes bytes(env, value);
        const GUID key = guid_of(keyHigh, keyLow);
        return mfvcam_set_blob(object_of(camera), &key, bytes.data(), bytes.size());
    });
}

jint JNICALL deleteItem(JNIEnv* /*env*/, jclass /*type*/, jlong camera, jlong keyHigh,
                        jlong keyLow) {
    const GUID key = guid_of(keyHigh, keyLow);
    return mfvcam_delete_item(object_of(camera), &key);
}

jint JNICALL deleteAllItems(JNIEnv* /*env*/, jclass /*type*/, jlong camera) {
    return mfvcam_delete_all_items(object_of(camera));
}

jint JNICALL getKeys(JNIEnv* env, jclass /*type*/, jlong camera, jobjectArray out) {
    const ObjectResult result(env, out);
    if (!result) {
        return exception_pending;
    }
    return guarded([&] {
        std::vector<GUID> keys;
        const HRESULT hr = read_whole(keys, [&](UINT32* count) {
            return mfvcam_get_keys(object_of(camera), keys.data(), static_cast<UINT32>(keys.size()),
                                   count);
        });
        if (FAILED(hr)) {
            return hr;
        }
        std::vector<jlong> halves;
        for (const GUID& key : keys) {
            halves.push_back(high_of(key));
            halves.push_back(low_of(key));
        }
        jlongArray array = env->NewLongArray(static_cast<jsize>(halves.size()));
        if (array != nullptr && !halves.empty()) {
            env->SetLongArrayRegion(array, 0, static_cast<jsize>(halves.size()), halves.data());
        }
        return result.set(array);
    });
}

jint JNICALL compare(JNIEnv* env, jclass /*type*/, jlong camera, jlong other, jint match,
                     jlongArray out) {
    return one_result<BOOL>(env, out, [&](BOOL* same) {
        return mfvcam_compare(object_of(camera), object_of(other), static_cast<UINT32>(match),
                              same);
    });
}

jint JNICALL compareItem(JNIEnv* env, jclass /*type*/, jlong camera, jlong keyHigh, jlong keyLow,
                         jint valueType, jbyteArray value, jlongArray out) {
    return one_result<BOOL>(env, out, [&](BOOL* same) -> HRESULT {
        if (value == nullptr) {
            return throw_null(env, "value");
        }
        Bytes bytes(env, value);
        const GUID key = guid_of(keyHigh, keyLow);
        return mfvcam_compare_item(object_of(camera), &key, static_cast<UINT32>(valueType),
                                   bytes.data(), bytes.size(), same);
    });
}

jint JNICALL copyAllItems(JNIEnv* /*env*/, jclass /*type*/, jlong camera, jlong destination) {
    return mfvcam_copy_all_items(object_of(camera), object_of(destination));
}

// ---- Win32 objects ----

HRESULT result_of(BOOL done) noexcept {
    return done != FALSE ? S_OK : hresult_from_last_error();
}

// name: a text, or null for none. make(name) gives a HANDLE, or null and a last error.
template <class F>
jint named_object(JNIEnv* env, jstring name, jlongArray out, F&& make) {
    return one_result<HANDLE>(env, out, [&](HANDLE* handle) -> HRESULT {
        std::wstring text;
        if (name != nullptr && !string_of(env, name, "name", &text)) {
            return exception_pending;
        }
        SetLastError(ERROR_SUCCESS);
        *handle = make(name != nullptr ? text.c_str() : nullptr);
        if (*handle == nullptr) {
            return hresult_from_last_error();
        }
        return GetLastError() == ERROR_ALREADY_EXISTS ? S_FALSE : S_OK;
    });
}

jint JNICALL createEvent(JNIEnv* env, jclass /*type*/, jboolean manualReset, jboolean initiallySet,
                         jstring name, jlongArray out) {
    return named_object(env, name, out, [&](const wchar_t* text) {
        return CreateEventW(nullptr, manualReset == JNI_TRUE ? TRUE : FALSE,
                            initiallySet == JNI_TRUE ? TRUE : FALSE, text);
    });
}

jint JNICALL openEvent(JNIEnv* env, jclass /*type*/, jstring name, jlongArray out) {
    if (name == nullptr) {
        return throw_null(env, "name");
    }
    return named_object(env, name, out, [](const wchar_t* text) {
        constexpr DWORD kNeeded = EVENT_MODIFY_STATE | SYNCHRONIZE;
        // With this right, mfvcam can tell whether it is a manual-reset one.
        constexpr DWORD kQueryState = 0x0001;
        HANDLE handle = OpenEventW(kNeeded | kQueryState, FALSE, text);
        return handle != nullptr || GetLastError() != ERROR_ACCESS_DENIED
                   ? handle
                   : OpenEventW(kNeeded, FALSE, text);
    });
}

jint JNICALL createSemaphore(JNIEnv* env, jclass /*type*/, jint initialCount, jint maximumCount,
                             jstring name, jlongArray out) {
    return named_object(env, name, out, [&](const wchar_t* text) {
        return CreateSemaphoreW(nullptr, initialCount, maximumCount, text);
    });
}

jint JNICALL openSemaphore(JNIEnv* env, jclass /*type*/, jstring name, jlongArray out) {
    if (name == nullptr) {
        return throw_null(env, "name");
    }
    return named_object(env, name, out, [](const wchar_t* text) {
        return OpenSemaphoreW(SEMAPHORE_MODIFY_STATE | SYNCHRONIZE, FALSE, text);
    });
}

jint JNICALL releaseSemaphore(JNIEnv* env, jclass /*type*/, jlong semaphoreHandle, jint count,
                              jlongArray out) {
    return one_result<LONG>(env, out, [&](LONG* before) {
        return result_of(ReleaseSemaphore(handle_of(semaphoreHandle), count, before));
    });
}

jint JNICALL setEvent(JNIEnv* /*env*/, jclass /*type*/, jlong eventHandle) {
    return result_of(SetEvent(handle_of(eventHandle)));
}

jint JNICALL resetEvent(JNIEnv* /*env*/, jclass /*type*/, jlong eventHandle) {
    return result_of(ResetEvent(handle_of(eventHandle)));
}

jint JNICALL closeHandle(JNIEnv* /*env*/, jclass /*type*/, jlong handle) {
    return result_of(CloseHandle(handle_of(handle)));
}

jint JNICALL waitForSingleObject(JNIEnv* /*env*/, jclass /*type*/, jlong handle,
                                 jint timeoutMillis) {
    switch (WaitForSingleObject(handle_of(handle), static_cast<DWORD>(timeoutMillis))) {
        case WAIT_OBJECT_0:
            return S_OK;
        case WAIT_TIMEOUT:
            return S_FALSE;
        default:
            return hresult_from_last_error();
    }
}

#define NATIVE(name, signature)                                                                \
    static_assert(std::is_same_v<decltype(&(name)),                                            \
                                 decltype(&Java_io_github_mfvcam_jni_MfVirtualCamera_##name)>, \
                  #name " has another type in Java");
#include "natives.inc"
#undef NATIVE

// RegisterNatives takes the functions as untyped pointers, and the texts as writable ones.
template <class F>
JNINativeMethod row(const char* name, const char* signature, F* function) noexcept {
    return {const_cast<char*>(name), const_cast<char*>(signature),
            reinterpret_cast<void*>(function)};
}

// With no exception pending.
bool is_a(JNIEnv* env, jthrowable thrown, const char* class_name) noexcept {
    jclass type = env->FindClass(class_name);
    if (type == nullptr) {
        env->ExceptionClear();
        return false;
    }
    const bool is = env->IsInstanceOf(thrown, type) != JNI_FALSE;
    env->DeleteLocalRef(type);
    return is;
}

jint on_load(JavaVM* vm) noexcept {
    constexpr jint version = JNI_VERSION_1_8;
    void* env_pointer = nullptr;
    if (vm->GetEnv(&env_pointer, version) != JNI_OK) {
        return JNI_ERR;
    }
    auto* env = static_cast<JNIEnv*>(env_pointer);
    jclass type = env->FindClass("io/github/mfvcam/jni/MfVirtualCamera");
    if (type == nullptr) {
        // Legacy code without our jar has other classes for mfvcam_register_natives. Our loader
        // calls a native of the class at once, and hears of its absence so. Anything else fails
        // the load.
        jthrowable thrown = env->ExceptionOccurred();
        env->ExceptionClear();
        const bool absent = is_a(env, thrown, "java/lang/NoClassDefFoundError") ||
                            is_a(env, thrown, "java/lang/ClassNotFoundException");
        if (!absent) {
            env->Throw(thrown);
        }
        env->DeleteLocalRef(thrown);
        return absent ? version : JNI_ERR;
    }
    // A method that is missing leaves an exception pending that names it: the load fails with that.
    const jint result =
        env->RegisterNatives(type, natives().data(), static_cast<jint>(natives().size()));
    env->DeleteLocalRef(type);
    return result == JNI_OK ? version : JNI_ERR;
}

}  // namespace

std::span<const JNINativeMethod> natives() noexcept {
    static const std::array rows = {
#define NATIVE(name, signature) row(#name, signature, &(name)),
#include "natives.inc"
#undef NATIVE
    };
    return rows;
}

}  // namespace mfvcam::jni

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* vm, void* /*reserved*/) {
    return mfvcam::jni::on_load(vm);
}
