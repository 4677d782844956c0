// The class object of MFVCAM_SOURCE_CLSID.
#pragma once

#include <windows.h>

#include <unknwn.h>

#include "module_object.h"

namespace mfvcam::source {

class ClassFactory final : public ModuleObject<ClassFactory, IClassFactory> {
 public:
    void* find_interface(REFIID iid) noexcept;

    // IClassFactory
    STDMETHODIMP CreateInstance(IUnknown* outer, REFIID iid, void** object) noexcept override;
    STDMETHODIMP LockServer(BOOL lock) noexcept override;
};

}  // namespace mfvcam::source
