// What keeps this DLL loaded: the live objects and threads, and the class factory's locks.
#pragma once

#include <windows.h>

namespace mfvcam::source {

class Module {
 public:
    static void add_object() noexcept;
    static void remove_object() noexcept;
    static void lock() noexcept;
    static void unlock() noexcept;
    static bool is_idle() noexcept;

    // A reference to this DLL, for a thread that gives it back with FreeLibraryAndExitThread.
    static HMODULE reference() noexcept;
};

}  // namespace mfvcam::source
