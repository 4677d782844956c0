// A COM object that keeps this DLL loaded.
#pragma once

#include "com_object.h"
#include "module.h"

namespace mfvcam::source {

template <typename Derived, typename... Interfaces>
class ModuleObject : public ComObject<Derived, Interfaces...> {
 protected:
    ModuleObject() noexcept { Module::add_object(); }
    ~ModuleObject() { Module::remove_object(); }
};

}  // namespace mfvcam::source
