// A program with a camera, for the tests of the Frame Server to run and to kill.
//
//     frame_server_client MODE CAMERA READY
//
// MODE: "sync" has sync objects that wait, "read" reads frames; each once more than once a frame.
// "ask" reads frames and has always asked for more.
// It works until it is killed, and sets the event named READY when it has done so once.
#include <windows.h>

#include <shellapi.h>

#include <cwchar>
#include <string>
#include <vector>

#include "frame_server_camera.h"
#include "guard.h"

namespace {

using mfvcam::ComPtr;
namespace tests = mfvcam::tests;

HRESULT keep_waiting(IMFVirtualCamera* camera, HANDLE ready) {
    for (;;) {
        const HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
        ComPtr<IMFCameraSyncObject> object;
        HRESULT hr = tests::create_sync_event(camera, MFVCAM_EVENT_PING, event, object);
        if (FAILED(hr)) {
            return hr;
        }
        hr = object->WaitOnSignal(INFINITE);
        SetEvent(ready);
        object->Shutdown();
        CloseHandle(event);
        if (FAILED(hr)) {
            return hr;
        }
    }
}

HRESULT keep_reading(IMFVirtualCamera* camera, HANDLE ready) {
    ComPtr<IMFSourceReader> reader;
    HRESULT hr = tests::open_reader(camera, reader);
    while (SUCCEEDED(hr)) {
        ComPtr<IMFSample> sample;
        hr = tests::read_frame(reader.get(), sample);
        SetEvent(ready);
    }
    return hr;
}

HRESULT keep_asking(IMFVirtualCamera* camera, HANDLE ready) {
    constexpr int ahead = 10;
    ComPtr<IMFMediaSource> source;
    ComPtr<IMFMediaStream> stream;
    HRESULT hr = camera->GetMediaSource(source.put());
    if (SUCCEEDED(hr)) {
        hr = tests::open_stream(source.get(), stream);
    }
    for (int asked = 0; SUCCEEDED(hr) && asked < ahead; ++asked) {
        hr = stream->RequestSample(nullptr);
    }
    while (SUCCEEDED(hr)) {
        hr = tests::next_frame(stream.get());
        SetEvent(ready);
    }
    return hr;
}

HRESULT run(const std::wstring& mode, const wchar_t* camera_name, const wchar_t* ready_name) {
    const HANDLE ready = OpenEventW(EVENT_MODIFY_STATE, FALSE, ready_name);
    ComPtr<IMFVirtualCamera> camera;
    HRESULT hr = tests::prepare_frame_server();
    if (SUCCEEDED(hr)) {
        hr = tests::make_camera(camera_name, MFVirtualCameraLifetime_Session, camera);
    }
    if (SUCCEEDED(hr)) {
        hr = camera->SetUINT32(tests::kCameraKey, GetCurrentProcessId());
    }
    if (SUCCEEDED(hr)) {
        hr = camera->Start(nullptr);
    }
    if (FAILED(hr)) {
        return hr;
    }
    if (mode == L"ask") {
        return keep_asking(camera.get(), ready);
    }
    return mode == L"read" ? keep_reading(camera.get(), ready) : keep_waiting(camera.get(), ready);
}

}  // namespace

int main() {
    int count = 0;
    const wchar_t* const* const arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    if (arguments == nullptr || count != 4) {
        return E_INVALIDARG;
    }
    return mfvcam::guarded([&] { return run(arguments[1], arguments[2], arguments[3]); });
}
