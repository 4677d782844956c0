/* As a C89 program includes them. */
#include "mfvcam_jni.h"

const GUID mfvcam_header_check_guids[] = {MFVCAM_SOURCE_CLSID, MFVCAM_EVENT_SET,
                                          MFVCAM_PROPERTY_SET};
/* A function is declared with what it takes. */
HRESULT mfvcam_header_check(mfvcam_handle object);
HRESULT mfvcam_header_check(mfvcam_handle object) {
    return mfvcam_release(object);
}
