/* The JNI DLL of LegacyCamera.java. */
#include <mfvcam_jni.h>
#include <stdint.h>
#include <stdio.h>

#include "legacy_LegacyCamera.h"

/* mfvcam's function, our method; the signatures are what our class declares. */
static const mfvcam_native natives[] = {
    {"createVirtualCamera", "open", "(IIILjava/lang/String;JJ[JI[J)I"},
    {"start", "startCamera", "(J)I"},
    {"createSyncEvent", "subscribe", "(JJJIIJ[J)I"},
    {"getComPointer", "comPointer", "(J[J)I"},
    {"shutdown", NULL, NULL},
    {"release", "free", NULL},
};

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* vm, void* reserved) {
    mfvcam_native_table table = {natives, sizeof(natives) / sizeof(natives[0]), ""};
    void* pointer = NULL;
    JNIEnv* env;
    jclass type;
    (void)reserved;
    if ((*vm)->GetEnv(vm, &pointer, JNI_VERSION_1_8) != JNI_OK) {
        return JNI_ERR;
    }
    env = pointer;
    type = (*env)->FindClass(env, "legacy/LegacyCamera");
    if (type == NULL) {
        return JNI_ERR; /* with an exception that says so */
    }
    if (FAILED(mfvcam_register_natives(env, type, &table))) {
        jclass error = (*env)->FindClass(env, "java/lang/UnsatisfiedLinkError");
        if (error != NULL) {
            (*env)->ThrowNew(env, error, table.error);
        }
        return JNI_ERR;
    }
    return JNI_VERSION_1_8;
}

JNIEXPORT jint JNICALL Java_legacy_LegacyCamera_useProvider(JNIEnv* env, jclass type,
                                                            jstring path) {
    wchar_t text[MAX_PATH];
    const jsize length = (*env)->GetStringLength(env, path);
    (void)type;
    if (length >= MAX_PATH) {
        return E_INVALIDARG;
    }
    (*env)->GetStringRegion(env, path, 0, length, (jchar*)text);
    text[length] = L'\0';
    return mfvcam_use_provider(text);
}

JNIEXPORT jlong JNICALL Java_legacy_LegacyCamera_newEvent(JNIEnv* env, jclass type) {
    (void)env;
    (void)type;
    return (jlong)(intptr_t)CreateEventW(NULL, FALSE, FALSE, NULL);
}

JNIEXPORT void JNICALL Java_legacy_LegacyCamera_closeEvent(JNIEnv* env, jclass type, jlong event) {
    (void)env;
    (void)type;
    CloseHandle((HANDLE)(intptr_t)event);
}

JNIEXPORT jint JNICALL Java_legacy_LegacyCamera_awaitSignals(JNIEnv* env, jclass type,
                                                             jlong syncObject, jint count,
                                                             jint timeoutMillis) {
    HRESULT hr = S_OK;
    (void)env;
    (void)type;
    while (count-- > 0 && hr == S_OK) {
        hr = mfvcam_await((mfvcam_handle)syncObject, (UINT32)timeoutMillis, NULL);
    }
    return hr;
}

JNIEXPORT jint JNICALL Java_legacy_LegacyCamera_liveObjects(JNIEnv* env, jclass type) {
    mfvcam_ledger ledger;
    (void)env;
    (void)type;
    return SUCCEEDED(mfvcam_get_ledger(&ledger)) ? (jint)(ledger.cameras + ledger.sync_objects)
                                                 : -1;
}
