// With the Windows 11 SDK, mfsensorgroup.lib is delay-loaded; this hands the delay-load helper the
// provider's module, never whichever mfsensorgroup.dll a search path would give. Never run: it is
// compiled by MSVC alone.
#include <windows.h>

#include <delayimp.h>

#include <cstring>

#include "provider.h"

namespace {

FARPROC WINAPI take_provider(unsigned event, PDelayLoadInfo info) {
    if (event == dliNotePreGetProcAddress && info->dlp.fImportByName != FALSE &&
        _stricmp(info->szDll, "mfsensorgroup.dll") == 0) {
        HRESULT hr = S_OK;
        return mfvcam::provider::symbol(info->dlp.szProcName, &hr);
    }
    if (event == dliNotePreLoadLibrary && _stricmp(info->szDll, "mfsensorgroup.dll") == 0) {
        // Any module will do: the functions themselves are found above.
        return reinterpret_cast<FARPROC>(GetModuleHandleW(nullptr));
    }
    return nullptr;
}

}  // namespace

extern "C" const PfnDliHook __pfnDliNotifyHook2 = take_provider;
