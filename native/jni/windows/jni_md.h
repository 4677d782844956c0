/* The machine-dependent part of JNI for Windows, for building against the jni.h of a JDK on any
 * system. */
#ifndef MFVCAM_JNI_MD_H
#define MFVCAM_JNI_MD_H

/* mfvcam.def names what is exported: this would add JNI_OnLoad@8 on x86. */
#define JNIEXPORT
#define JNIIMPORT __declspec(dllimport)
#define JNICALL __stdcall

typedef long jint;
typedef __int64 jlong;
typedef signed char jbyte;

#endif
