// The virtual-camera interfaces of Windows 11 (mfvirtualcamera.h, mfsensorgroup.dll), for
// toolchains whose headers lack them. Where the Windows SDK has the real header, that one is taken.
// native/tests/simulator_vtable_test.cpp calls each slot of ours by its number.
#pragma once

#include <windows.h>

#include <mfidl.h>
#include <mfobjects.h>

#if defined(__has_include) && __has_include(<mfvirtualcamera.h>)
#include <mfvirtualcamera.h>
#else

#include <devpropdef.h>

enum MFVirtualCameraType {
    MFVirtualCameraType_SoftwareCameraSource = 0,
};

enum MFVirtualCameraLifetime {
    MFVirtualCameraLifetime_Session = 0,
    MFVirtualCameraLifetime_System = 1,
};

enum MFVirtualCameraAccess {
    MFVirtualCameraAccess_CurrentUser = 0,
    MFVirtualCameraAccess_AllUsers = 1,
};

MIDL_INTERFACE("6338B23A-3042-49D2-A3EA-EC0FED815407")
IMFCameraSyncObject : public IUnknown {
 public:
    virtual HRESULT STDMETHODCALLTYPE WaitOnSignal(DWORD timeOutInMs) = 0;
    virtual void STDMETHODCALLTYPE Shutdown() = 0;
};

MIDL_INTERFACE("1C08A864-EF6C-4C75-AF59-5F2D68DA9563")
IMFVirtualCamera : public IMFAttributes {
 public:
    virtual HRESULT STDMETHODCALLTYPE AddDeviceSourceInfo(LPCWSTR deviceSourceInfo) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddProperty(const DEVPROPKEY* key, DEVPROPTYPE type,
                                                  const BYTE* data, ULONG size) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddRegistryEntry(
        LPCWSTR entryName, LPCWSTR subkeyPath, DWORD regType, const BYTE* data, ULONG size) = 0;
    virtual HRESULT STDMETHODCALLTYPE Start(IMFAsyncCallback * callback) = 0;
    virtual HRESULT STDMETHODCALLTYPE Stop() = 0;
    virtual HRESULT STDMETHODCALLTYPE Remove() = 0;
    virtual HRESULT STDMETHODCALLTYPE GetMediaSource(IMFMediaSource * *mediaSource) = 0;
    virtual HRESULT STDMETHODCALLTYPE SendCameraProperty(
        REFGUID propertySet, ULONG propertyId, ULONG propertyFlags, void* propertyPayload,
        ULONG propertyPayloadLength, void* data, ULONG dataLength, ULONG* dataWritten) = 0;
    virtual HRESULT STDMETHODCALLTYPE CreateSyncEvent(REFGUID kseventSet, ULONG kseventId,
                                                      ULONG kseventFlags, HANDLE eventHandle,
                                                      IMFCameraSyncObject * *cameraSyncObject) = 0;
    virtual HRESULT STDMETHODCALLTYPE CreateSyncSemaphore(
        REFGUID kseventSet, ULONG kseventId, ULONG kseventFlags, HANDLE semaphoreHandle,
        LONG semaphoreAdjustment, IMFCameraSyncObject * *cameraSyncObject) = 0;
    virtual HRESULT STDMETHODCALLTYPE Shutdown() = 0;
};

#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(IMFCameraSyncObject, 0x6338B23A, 0x3042, 0x49D2, 0xA3, 0xEA, 0xEC, 0x0F, 0xED, 0x81,
                0x54, 0x07)
__CRT_UUID_DECL(IMFVirtualCamera, 0x1C08A864, 0xEF6C, 0x4C75, 0xAF, 0x59, 0x5F, 0x2D, 0x68, 0xDA,
                0x95, 0x63)
#endif

extern "C" {
HRESULT STDAPICALLTYPE MFCreateVirtualCamera(MFVirtualCameraType type,
                                             MFVirtualCameraLifetime lifetime,
                                             MFVirtualCameraAccess access, LPCWSTR friendlyName,
                                             LPCWSTR sourceId, const GUID* categories,
                                             ULONG categoryCount, IMFVirtualCamera** virtualCamera);
HRESULT STDAPICALLTYPE MFIsVirtualCameraTypeSupported(MFVirtualCameraType type, BOOL* supported);
}

// What a camera's Start callback is told, as the extended type of an IMFMediaEvent.
inline constexpr GUID MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE = {
    0xE52C4DFF, 0xE46D, 0x4D0B, {0xBC, 0x75, 0xDD, 0xD4, 0xC8, 0x72, 0x3F, 0x96}};
inline constexpr GUID MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START = {
    0xB1EEB989, 0xB456, 0x4F4A, {0xAE, 0x40, 0x07, 0x9C, 0x28, 0xE2, 0x4A, 0xF8}};
inline constexpr GUID MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP = {
    0xB7FE7A61, 0xFE91, 0x415E, {0x86, 0x08, 0xD3, 0x7D, 0xED, 0xB1, 0xA5, 0x8B}};
inline constexpr GUID MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE = {
    0xA0EBABA7, 0xA422, 0x4E33, {0x84, 0x01, 0xB3, 0x7D, 0x28, 0x00, 0xAA, 0x67}};
inline constexpr GUID MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN = {
    0x45A81B31, 0x43F8, 0x4E5D, {0x8C, 0xE2, 0x22, 0xDC, 0xE0, 0x26, 0x99, 0x6D}};
inline constexpr GUID MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT = {
    0x6E59489C, 0x47D3, 0x4467, {0x83, 0xEF, 0x12, 0xD3, 0x4E, 0x87, 0x16, 0x65}};

#endif
