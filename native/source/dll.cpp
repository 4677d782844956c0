// What mfvcam-source.dll exports.
#include <windows.h>

#include <olectl.h>

#include "class_factory.h"
#include "com_object.h"
#include "guard.h"
#include "ks_identifiers.h"
#include "module.h"
#include "registration.h"

using mfvcam::guarded;
using mfvcam::is_null;
using mfvcam::make_object;
using namespace mfvcam::source;

STDAPI DllGetClassObject(REFCLSID class_id, REFIID iid, void** object) {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    if (is_null(class_id)) {
        return E_POINTER;
    }
    if (class_id != kClassId) {
        return CLASS_E_CLASSNOTAVAILABLE;
    }
    return guarded([&] { return make_object<ClassFactory>()->QueryInterface(iid, object); });
}

STDAPI DllCanUnloadNow() {
    return Module::is_idle() ? S_OK : S_FALSE;
}

STDAPI DllRegisterServer() {
    return guarded([] { return register_class(); });
}

STDAPI DllUnregisterServer() {
    return unregister_class();
}
