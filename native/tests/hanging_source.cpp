// Our media source by another class id, whose class can be made to hang in each process that loads
// it: while the event HangingClass::kGo is not set.
#include "hanging_source.h"

#include <objbase.h>

#include "environment.h"
#include "mfvcam.h"

namespace {

namespace tests = mfvcam::tests;

// Of the Frame Server's process, and of the test's that started it.
HANDLE open(const wchar_t* name) {
    return OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE,
                      tests::HangingClass::event_name(name).c_str());
}

}  // namespace

STDAPI DllCanUnloadNow() {
    return S_FALSE;
}

STDAPI DllGetClassObject(REFCLSID /*class_id*/, REFIID iid, void** object) {
    constexpr GUID source = MFVCAM_SOURCE_CLSID;
    const HANDLE arrived = open(tests::HangingClass::kArrived);
    const HANDLE go = open(tests::HangingClass::kGo);
    if (arrived != nullptr && go != nullptr) {
        SetEvent(arrived);
        WaitForSingleObject(go, INFINITE);
        CloseHandle(go);
        CloseHandle(arrived);
    }
    return CoGetClassObject(source, CLSCTX_INPROC_SERVER, nullptr, iid, object);
}
