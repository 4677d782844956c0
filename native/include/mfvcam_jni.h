/*
 * mfvcam_jni.h - for JNI code that has a class of its own: its native methods are mfvcam's, under
 * whatever names the class gives them. The rest of the C API, mfvcam.h, needs no jni.h.
 */
#ifndef MFVCAM_JNI_H
#define MFVCAM_JNI_H

#include <jni.h>

#include "mfvcam.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One native method of the caller's class. Texts are the caller's, needed during the call only. */
typedef struct mfvcam_native {
    const char* function;  /* mfvcam's, named as in io.github.mfvcam.jni.MfVirtualCamera, whose
                              documentation holds for the method as well; such as "start" */
    const char* method;    /* the method's name in the caller's class; NULL: the same */
    const char* signature; /* what the caller's class declares, such as "(J)I"; NULL: the same */
} mfvcam_native;

/* Characters of mfvcam_native_table.error, its terminator included. */
#define MFVCAM_ERROR_CAPACITY 256

typedef struct mfvcam_native_table {
    const mfvcam_native* natives;
    UINT32 count;                      /* of natives, 1 at least */
    char error[MFVCAM_ERROR_CAPACITY]; /* out: what is wrong, and where; empty after success */
} mfvcam_native_table;

/*
 * RegisterNatives: binds native methods of the caller's class, static or not, to functions of
 * mfvcam's; all of the table or, on failure, none of it, and then table->error says in modified
 * UTF-8 which entry is wrong, and why. A method that is bound already is bound anew. The class is
 * initialized, as by GetStaticMethodID. mfvcam.dll stays loaded until the process ends, since a JVM
 * does not know which module a method needs; nothing is kept of the table. env: the calling
 * thread's. No exception of these calls stays pending.
 *
 * E_POINTER: env, type, table, its natives or an entry's function is NULL; E_INVALIDARG: an empty
 * table, a signature other than mfvcam's, a method that is in the table twice;
 * HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND): mfvcam has no such function;
 * HRESULT_FROM_WIN32(ERROR_NOT_FOUND): the class itself declares no such native method, or cannot
 * be initialized; E_UNEXPECTED: an exception was pending before, and still is, or the JVM refuses.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_register_natives(JNIEnv* env, jclass type,
                                                       mfvcam_native_table* table);

/*
 * UnregisterNatives: none of the class's native methods is bound any more; a call of one then gives
 * UnsatisfiedLinkError, or binds it by its name where a DLL exports that. JNI knows no finer way:
 * what the caller has registered itself is unbound as well. Not while a thread is inside one of
 * them. mfvcam.dll stays loaded. E_POINTER: env or type is NULL; E_UNEXPECTED: an exception was
 * pending before, or the JVM refuses.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_unregister_natives(JNIEnv* env, jclass type);

#ifdef __cplusplus
}
#endif

#endif
