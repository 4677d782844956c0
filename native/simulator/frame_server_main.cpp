// mfvcam-frameserver.exe NAME [--monitor]: the process that plays Windows' Frame Server for this
// user's programs, or its monitor. The simulator's mfsensorgroup.dll starts the first, which starts
// the second.
#include <windows.h>

#include <mfapi.h>
#include <objbase.h>
#include <shellapi.h>

#include <string_view>

#include "frame_server.h"
#include "guard.h"

namespace {

using mfvcam::simulator::Role;

// A media source that faults takes the Frame Server with it, at once and without a word.
LONG WINAPI die(EXCEPTION_POINTERS* exception) {
    TerminateProcess(GetCurrentProcess(), exception->ExceptionRecord->ExceptionCode);
    return EXCEPTION_EXECUTE_HANDLER;
}

HRESULT serve(const wchar_t* name, Role role) {
    HRESULT hr = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    if (SUCCEEDED(hr)) {
        hr = MFStartup(MF_VERSION, MFSTARTUP_FULL);
    }
    return SUCCEEDED(hr) ? mfvcam::simulator::FrameServer::run(name, role) : hr;
}

}  // namespace

int main() {
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetUnhandledExceptionFilter(&die);
    int count = 0;
    wchar_t** const arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    HRESULT hr = E_INVALIDARG;
    const bool monitor = count == 3 && std::wstring_view(arguments[2]) == L"--monitor";
    if (arguments != nullptr && (count == 2 || monitor)) {
        hr = mfvcam::guarded(
            [&] { return serve(arguments[1], monitor ? Role::kMonitor : Role::kFrameServer); });
    }
    // Not by return: the threads of the media sources may still run.
    TerminateProcess(GetCurrentProcess(), SUCCEEDED(hr) ? 0U : static_cast<UINT>(hr));
    return 0;
}
