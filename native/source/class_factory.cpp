#include "class_factory.h"

#include "activate.h"
#include "guard.h"

namespace mfvcam::source {

void* ClassFactory::find_interface(REFIID iid) noexcept {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(IClassFactory)) {
        return static_cast<IClassFactory*>(this);
    }
    return nullptr;
}

STDMETHODIMP ClassFactory::CreateInstance(IUnknown* outer, REFIID iid, void** object) noexcept {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    if (outer != nullptr) {
        return CLASS_E_NOAGGREGATION;
    }
    return guarded([&] {
        ComPtr<Activate> activate;
        const HRESULT hr = Activate::create(&activate);
        return SUCCEEDED(hr) ? activate->QueryInterface(iid, object) : hr;
    });
}

STDMETHODIMP ClassFactory::LockServer(BOOL lock) noexcept {
    if (lock != FALSE) {
        Module::lock();
    } else {
        Module::unlock();
    }
    return S_OK;
}

}  // namespace mfvcam::source
