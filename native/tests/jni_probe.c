/* The natives of the JUnit class RegisterNativesTest: mfvcam_register_natives, with a table from
 * Java. */
#include <mfvcam_jni.h>
#include <string.h>

enum { MOST_ENTRIES = 8 };

/* The text at an index, or NULL; to be given back. */
static const char* text_at(JNIEnv* env, jobjectArray texts, jsize index, jstring* text) {
    *text = (*env)->GetObjectArrayElement(env, texts, index);
    return *text == NULL ? NULL : (*env)->GetStringUTFChars(env, *text, NULL);
}

static void give_back(JNIEnv* env, jstring text, const char* characters) {
    if (text != NULL) {
        (*env)->ReleaseStringUTFChars(env, text, characters);
    }
}

/* rows: a function, a method and a signature for each entry; error: its first element is the text.
 */
JNIEXPORT jint JNICALL Java_io_github_mfvcam_RegisterNativesTest_register(JNIEnv* env, jclass type,
                                                                          jclass target,
                                                                          jobjectArray rows,
                                                                          jobjectArray error) {
    mfvcam_native natives[MOST_ENTRIES];
    jstring texts[3 * MOST_ENTRIES];
    mfvcam_native_table table;
    jstring said;
    HRESULT hr;
    UINT32 i;
    (void)type;
    memset(&table, 'x', sizeof(table));
    table.natives = rows == NULL ? NULL : natives;
    table.count = rows == NULL ? 1 : (UINT32)(*env)->GetArrayLength(env, rows) / 3;
    if (table.count > MOST_ENTRIES) {
        return E_UNEXPECTED;
    }
    for (i = 0; rows != NULL && i < table.count; ++i) {
        const jsize row = (jsize)(3 * i);
        natives[i].function = text_at(env, rows, row, &texts[row]);
        natives[i].method = text_at(env, rows, row + 1, &texts[row + 1]);
        natives[i].signature = text_at(env, rows, row + 2, &texts[row + 2]);
    }
    hr = mfvcam_register_natives(env, target, &table);
    if ((*env)->ExceptionCheck(env)) {
        return hr;
    }
    for (i = 0; rows != NULL && i < table.count; ++i) {
        const jsize row = (jsize)(3 * i);
        give_back(env, texts[row], natives[i].function);
        give_back(env, texts[row + 1], natives[i].method);
        give_back(env, texts[row + 2], natives[i].signature);
    }
    said = (*env)->NewStringUTF(env, table.error);
    if (said != NULL) {
        (*env)->SetObjectArrayElement(env, error, 0, said);
    }
    return hr;
}

/* With an exception pending, which is the caller's to see. */
JNIEXPORT void JNICALL Java_io_github_mfvcam_RegisterNativesTest_registerWhilePending(
    JNIEnv* env, jclass type, jclass target, jintArray results) {
    static const mfvcam_native native = {"start", NULL, NULL};
    mfvcam_native_table table = {&native, 1, ""};
    jint codes[2];
    jthrowable pending;
    jclass exception = (*env)->FindClass(env, "java/lang/ArithmeticException");
    (void)type;
    if (exception == NULL || (*env)->ThrowNew(env, exception, "the caller's own") != JNI_OK) {
        return;
    }
    codes[0] = mfvcam_register_natives(env, target, &table);
    codes[1] = mfvcam_unregister_natives(env, target);
    pending = (*env)->ExceptionOccurred(env);
    (*env)->ExceptionClear(env);
    (*env)->SetIntArrayRegion(env, results, 0, 2, codes);
    if (pending != NULL) {
        (*env)->Throw(env, pending);
    }
}

JNIEXPORT jint JNICALL Java_io_github_mfvcam_RegisterNativesTest_unregister(JNIEnv* env,
                                                                            jclass type,
                                                                            jclass target) {
    (void)type;
    return mfvcam_unregister_natives(env, target);
}
