// As a C++98 program includes them.
#include "mfvcam_jni.h"

extern const GUID mfvcam_header_check_cxx_guids[];
const GUID mfvcam_header_check_cxx_guids[] = {MFVCAM_SOURCE_CLSID, MFVCAM_EVENT_SET,
                                              MFVCAM_PROPERTY_SET};
extern "C" HRESULT mfvcam_header_check_cxx(JNIEnv* env, jclass type);
extern "C" HRESULT mfvcam_header_check_cxx(JNIEnv* env, jclass type) {
    return mfvcam_unregister_natives(env, type);
}
