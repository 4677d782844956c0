#include "frame_server_camera.h"

#include <mferror.h>
#include <objbase.h>

#include "own_frame_server.h"
#include "simulator.h"
#include "test_files.h"

namespace mfvcam::tests {
namespace {

constexpr GUID kEventSet = MFVCAM_EVENT_SET;
constexpr GUID kPropertySet = MFVCAM_PROPERTY_SET;
constexpr GUID kSimulatorSet = MFVCAM_SIMULATOR_PROPERTY_SET;
constexpr ULONG kEnable = 1;
constexpr ULONG kGet = 1;

}  // namespace

HRESULT prepare_frame_server() {
    HRESULT hr = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    if (SUCCEEDED(hr)) {
        hr = MFStartup(MF_VERSION, MFSTARTUP_FULL);
    }
    return SUCCEEDED(hr) ? use_own_frame_server() : hr;
}

HRESULT make_camera(const wchar_t* name, MFVirtualCameraLifetime lifetime,
                    ComPtr<IMFVirtualCamera>& camera, const wchar_t* class_id,
                    MFVirtualCameraAccess access) {
    using Create = HRESULT(STDAPICALLTYPE*)(MFVirtualCameraType, MFVirtualCameraLifetime,
                                            MFVirtualCameraAccess, LPCWSTR, LPCWSTR, const GUID*,
                                            ULONG, IMFVirtualCamera**);
    static const auto create = function_of<Create>(simulator_path(), "MFCreateVirtualCamera");
    return create(MFVirtualCameraType_SoftwareCameraSource, lifetime, access, name, class_id,
                  nullptr, 0, camera.put());
}

HRESULT set_simulator_switch(const char* name, const char* value) {
    return function_of<decltype(&mfvcam_simulator_set_switch)>(
        simulator_path(), "mfvcam_simulator_set_switch")(name, value);
}

HRESULT create_sync_event(IMFVirtualCamera* camera, ULONG event, HANDLE handle,
                          ComPtr<IMFCameraSyncObject>& object) {
    return camera->CreateSyncEvent(kEventSet, event, kEnable, handle, object.put());
}

HRESULT create_sync_semaphore(IMFVirtualCamera* camera, ULONG event, HANDLE handle,
                              ComPtr<IMFCameraSyncObject>& object) {
    return camera->CreateSyncSemaphore(kEventSet, event, kEnable, handle, 1, object.put());
}

HRESULT source_counters(IMFVirtualCamera* camera, mfvcam_source_counters& counters) {
    ULONG written = 0;
    return camera->SendCameraProperty(kPropertySet, MFVCAM_PROPERTY_COUNTERS, kGet, nullptr, 0,
                                      &counters, sizeof(counters), &written);
}

HRESULT host_process(IMFVirtualCamera* camera, DWORD& id) {
    ULONG written = 0;
    return camera->SendCameraProperty(kSimulatorSet, MFVCAM_SIMULATOR_PROPERTY_HOST_PROCESS, kGet,
                                      nullptr, 0, &id, sizeof(id), &written);
}

HRESULT make_fault(IMFVirtualCamera* camera, UINT32 fault) {
    constexpr ULONG set = 2;
    ULONG written = 0;
    return camera->SendCameraProperty(kSimulatorSet, MFVCAM_SIMULATOR_PROPERTY_FAULT, set, nullptr,
                                      0, &fault, sizeof(fault), &written);
}

HRESULT open_reader(IMFVirtualCamera* camera, ComPtr<IMFSourceReader>& reader) {
    ComPtr<IMFMediaSource> source;
    const HRESULT hr = camera->GetMediaSource(source.put());
    return SUCCEEDED(hr) ? MFCreateSourceReaderFromMediaSource(source.get(), nullptr, reader.put())
                         : hr;
}

HRESULT read_frame(IMFSourceReader* reader, ComPtr<IMFSample>& sample) {
    constexpr auto stream = static_cast<DWORD>(MF_SOURCE_READER_FIRST_VIDEO_STREAM);
    DWORD flags = 0;
    LONGLONG time = 0;
    HRESULT hr = S_OK;
    do {
        hr = reader->ReadSample(stream, 0, nullptr, &flags, &time, sample.put());
    } while (SUCCEEDED(hr) && !sample &&
             (flags & (MF_SOURCE_READERF_ERROR | MF_SOURCE_READERF_ENDOFSTREAM)) == 0);
    return SUCCEEDED(hr) && !sample ? MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED : hr;
}

HRESULT open_stream(IMFMediaSource* source, ComPtr<IMFMediaStream>& stream) {
    ComPtr<IMFPresentationDescriptor> descriptor;
    HRESULT hr = source->CreatePresentationDescriptor(descriptor.put());
    if (SUCCEEDED(hr)) {
        hr = descriptor->SelectStream(0);
    }
    PROPVARIANT value;
    PropVariantInit(&value);
    if (SUCCEEDED(hr)) {
        hr = source->Start(descriptor.get(), nullptr, &value);
    }
    ComPtr<IMFMediaEvent> event;  // MENewStream is the first
    if (SUCCEEDED(hr)) {
        hr = source->GetEvent(0, event.put());
    }
    if (SUCCEEDED(hr)) {
        hr = event->GetValue(&value);
    }
    if (SUCCEEDED(hr) && value.vt == VT_UNKNOWN) {
        stream = ComPtr<IUnknown>(value.punkVal).as<IMFMediaStream>();
    }
    PropVariantClear(&value);
    return FAILED(hr) || stream ? hr : MF_E_UNEXPECTED;
}

HRESULT next_frame(IMFMediaStream* stream) {
    HRESULT hr = stream->RequestSample(nullptr);
    MediaEventType type = MEUnknown;
    while (SUCCEEDED(hr) && type != MEMediaSample) {
        ComPtr<IMFMediaEvent> event;
        hr = stream->GetEvent(0, event.put());
        if (SUCCEEDED(hr)) {
            hr = event->GetType(&type);
        }
        HRESULT status = S_OK;
        if (SUCCEEDED(hr) && type == MEError) {
            hr = event->GetStatus(&status);
            hr = FAILED(status) ? status : hr;
        }
    }
    return hr;
}

}  // namespace mfvcam::tests
