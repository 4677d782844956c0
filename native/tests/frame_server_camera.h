// Cameras of our media source on the simulator with its Frame Server, as any program uses them: for
// the tests of the Frame Server, and for the programs that these run.
#pragma once

#include <windows.h>

#include <mfapi.h>
#include <mfidl.h>
#include <mfreadwrite.h>

#include <string>

#include "com_ptr.h"
#include "foreign_client_run.h"
#include "mfvcam.h"
#include "mfvirtualcamera_abi.h"

namespace mfvcam::tests {

// COM, Media Foundation and use_own_frame_server().
HRESULT prepare_frame_server();
// One of this program's cameras.
HRESULT make_camera(const wchar_t* name, MFVirtualCameraLifetime lifetime,
                    ComPtr<IMFVirtualCamera>& camera, const wchar_t* class_id = kSourceClassId,
                    MFVirtualCameraAccess access = MFVirtualCameraAccess_CurrentUser);
// An attribute of the tests' own, for the camera.
inline constexpr GUID kCameraKey = {
    0x7D0B1C44, 0x5E2A, 0x4A7F, {0x9C, 0x11, 0x3E, 0x6A, 0x70, 0x5D, 0x22, 0x91}};
HRESULT set_simulator_switch(const char* name, const char* value);

HRESULT create_sync_event(IMFVirtualCamera* camera, ULONG event, HANDLE handle,
                          ComPtr<IMFCameraSyncObject>& object);
HRESULT create_sync_semaphore(IMFVirtualCamera* camera, ULONG event, HANDLE handle,
                              ComPtr<IMFCameraSyncObject>& object);
HRESULT source_counters(IMFVirtualCamera* camera, mfvcam_source_counters& counters);
HRESULT host_process(IMFVirtualCamera* camera, DWORD& id);

// One of MFVCAM_SIMULATOR_FAULT_*.
HRESULT make_fault(IMFVirtualCamera* camera, UINT32 fault);

HRESULT open_reader(IMFVirtualCamera* camera, ComPtr<IMFSourceReader>& reader);
// Gives no sample if the camera has gone.
HRESULT read_frame(IMFSourceReader* reader, ComPtr<IMFSample>& sample);

// The first stream, started, for whoever reads without a source reader: Wine's does not end a read
// when the source says that it has failed.
HRESULT open_stream(IMFMediaSource* source, ComPtr<IMFMediaStream>& stream);
// Waits for a frame, or for the error that comes instead.
HRESULT next_frame(IMFMediaStream* stream);

}  // namespace mfvcam::tests
