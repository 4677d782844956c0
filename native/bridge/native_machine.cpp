#include "native_machine.h"

#include "late_binding.h"

namespace mfvcam {

namespace {

using IsWow64Process2Function = BOOL(WINAPI*)(HANDLE process, USHORT* process_machine,
                                              USHORT* native_machine);

}  // namespace

USHORT native_machine() noexcept {
    // Since Windows 10 version 1511; the only one that tells an emulated x64 process of ARM64.
    const auto is_wow64_process2 = find_function<IsWow64Process2Function>(
        GetModuleHandleW(L"kernel32.dll"), "IsWow64Process2");
    USHORT emulated = IMAGE_FILE_MACHINE_UNKNOWN;
    USHORT native = IMAGE_FILE_MACHINE_UNKNOWN;
    if (is_wow64_process2 != nullptr &&
        is_wow64_process2(GetCurrentProcess(), &emulated, &native) != FALSE) {
        return native;
    }
    SYSTEM_INFO info{};
    GetNativeSystemInfo(&info);
    switch (info.wProcessorArchitecture) {
        case PROCESSOR_ARCHITECTURE_AMD64:
            return IMAGE_FILE_MACHINE_AMD64;
        case PROCESSOR_ARCHITECTURE_INTEL:
            return IMAGE_FILE_MACHINE_I386;
        case PROCESSOR_ARCHITECTURE_ARM64:
            return IMAGE_FILE_MACHINE_ARM64;
        default:
            return IMAGE_FILE_MACHINE_UNKNOWN;
    }
}

}  // namespace mfvcam
