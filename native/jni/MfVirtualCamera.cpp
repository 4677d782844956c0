// The natives of io.github.mfvcam.jni.MfVirtualCamera: unpack, call, pack. natives.inc is their
// list.
#include <array>
#include <type_traits>

#include "conversion.h"
#include "io_github_mfvcam_jni_MfVirtualCamera.h"

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

jint JNICALL ledger(JNIEnv* env, jclass /*type*/, jlongArray out) {
    const Results<6> results(env, out);
    if (!results) {
        return exception_pending;
    }
    mfvcam_ledger now{};
    const HRESULT hr = mfvcam_get_ledger(&now);
    results.set(
        {now.cameras, now.sync_objects, now.media_sources, now.readers, now.handles, now.calls});
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

jint JNICALL createVirtualCamera(JNIEnv* env, jclass /*type*/, jint type, jint lifetime,
                                 jint access, jstring friendlyName, jlong sourceIdHigh,
                                 jlong sourceIdLow, jlongArray categories, jint flags,
                                 jlongArray out) {
    const Results<1> results(env, out);
    if (!results) {
        return exception_pending;
    }
    return guarded([&]() -> HRESULT {
        std::wstring name;
        if (!string_of(env, friendlyName, "friendlyName", &name)) {
            return exception_pending;
        }
        std::vector<GUID> guids;
        if (categories != nullptr) {
            std::vector<jlong> halves(static_cast<std::size_t>(env->GetArrayLength(categories)));
            if (halves.size() % 2 != 0) {
                throw_illegal(env, "categories must hold two longs for each category");
                return exception_pending;
            }
            env->GetLongArrayRegion(categories, 0, static_cast<jsize>(halves.size()),
                                    halves.data());
            for (std::size_t i = 0; i < halves.size(); i += 2) {
                guids.push_back(guid_of(halves[i], halves[i + 1]));
            }
        }
        const GUID source_id = guid_of(sourceIdHigh, sourceIdLow);
        mfvcam_handle camera = 0;
        const HRESULT hr = mfvcam_create_virtual_camera(
            static_cast<UINT32>(type), static_cast<UINT32>(lifetime), static_cast<UINT32>(access),
            name.c_str(), &source_id, guids.empty() ? nullptr : guids.data(),
            static_cast<UINT32>(guids.size()), static_cast<UINT32>(flags), &camera);
        results.set({static_cast<jlong>(camera)});
        return hr;
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
    const Results<1> results(env, out);
    if (!results) {
        return exception_pending;
    }
    mfvcam_handle source = 0;
    const HRESULT hr = mfvcam_get_media_source(object_of(camera), &source);
    results.set({static_cast<jlong>(source)});
    return hr;
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
    const Results<1> results(env, out);
    if (!results) {
        return exception_pending;
    }
    const GUID set = guid_of(setHigh, setLow);
    mfvcam_handle sync_object = 0;
    const HRESULT hr =
        mfvcam_create_sync_event(object_of(camera), &set, static_cast<UINT32>(id),
                                 static_cast<UINT32>(flags), handle_of(eventHandle), &sync_object);
    results.set({static_cast<jlong>(sync_object)});
    return hr;
}

jint JNICALL waitOnSignal(JNIEnv* /*env*/, jclass /*type*/, jlong syncObject, jint timeoutMillis) {
    return mfvcam_wait_on_signal(object_of(syncObject), static_cast<UINT32>(timeoutMillis));
}

jint JNICALL await(JNIEnv* /*env*/, jclass /*type*/, jlong syncObject, jint timeoutMillis,
                   jlong cancelEvent) {
    return mfvcam_await(object_of(syncObject), static_cast<UINT32>(timeoutMillis),
                        handle_of(cancelEvent));
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
        throw_null(env, "buffer");
        return exception_pending;
    }
    void* address = env->GetDirectBufferAddress(buffer);
    const jlong capacity = env->GetDirectBufferCapacity(buffer);
    if (capacity < 0 || (address == nullptr && capacity != 0)) {
        throw_illegal(env, "buffer is not a direct one");
        return exception_pending;
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

jint JNICALL createEvent(JNIEnv* env, jclass /*type*/, jboolean manualReset, jboolean initiallySet,
                         jlongArray out) {
    const Results<1> results(env, out);
    if (!results) {
        return exception_pending;
    }
    HANDLE event = CreateEventW(nullptr, manualReset == JNI_TRUE ? TRUE : FALSE,
                                initiallySet == JNI_TRUE ? TRUE : FALSE, nullptr);
    results.set({static_cast<jlong>(reinterpret_cast<std::intptr_t>(event))});
    return event != nullptr ? S_OK : hresult_from_last_error();
}

jint JNICALL setEvent(JNIEnv* /*env*/, jclass /*type*/, jlong eventHandle) {
    return SetEvent(handle_of(eventHandle)) != FALSE ? S_OK : hresult_from_last_error();
}

jint JNICALL resetEvent(JNIEnv* /*env*/, jclass /*type*/, jlong eventHandle) {
    return ResetEvent(handle_of(eventHandle)) != FALSE ? S_OK : hresult_from_last_error();
}

jint JNICALL closeHandle(JNIEnv* /*env*/, jclass /*type*/, jlong handle) {
    return CloseHandle(handle_of(handle)) != FALSE ? S_OK : hresult_from_last_error();
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

jint on_load(JavaVM* vm) noexcept {
    constexpr jint version = JNI_VERSION_1_8;
    void* env_pointer = nullptr;
    if (vm->GetEnv(&env_pointer, version) != JNI_OK) {
        return JNI_ERR;
    }
    auto* env = static_cast<JNIEnv*>(env_pointer);
    // A class or a method that is missing leaves an exception pending that names it: the load fails
    // with that.
    jclass type = env->FindClass("io/github/mfvcam/jni/MfVirtualCamera");
    if (type == nullptr) {
        return JNI_ERR;
    }
    const std::array natives = {
#define NATIVE(name, signature) row(#name, signature, &(name)),
#include "natives.inc"
#undef NATIVE
    };
    const jint result =
        env->RegisterNatives(type, natives.data(), static_cast<jint>(natives.size()));
    env->DeleteLocalRef(type);
    return result == JNI_OK ? version : JNI_ERR;
}

}  // namespace

}  // namespace mfvcam::jni

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* vm, void* /*reserved*/) {
    return mfvcam::jni::on_load(vm);
}
