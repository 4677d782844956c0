// What a media source for the Frame Server needs and some toolchains' headers lack. Where the
// Windows SDK has an interface, that one is taken; the GUIDs live in a namespace, so that both may
// exist.
#pragma once

#include <windows.h>

#include <mfidl.h>
#include <mfobjects.h>

#ifndef __IMFMediaStream2_INTERFACE_DEFINED__

MIDL_INTERFACE("C5BC37D6-75C7-46A1-A132-81B5F723C20F")
IMFMediaStream2 : public IMFMediaStream {
 public:
    virtual HRESULT STDMETHODCALLTYPE SetStreamState(MF_STREAM_STATE value) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetStreamState(MF_STREAM_STATE * value) = 0;
};

#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(IMFMediaStream2, 0xC5BC37D6, 0x75C7, 0x46A1, 0xA1, 0x32, 0x81, 0xB5, 0xF7, 0x23,
                0xC2, 0x0F)
#endif

#endif

#ifndef __IMFSampleAllocatorControl_INTERFACE_DEFINED__

enum MFSampleAllocatorUsage {
    MFSampleAllocatorUsage_UsesProvidedAllocator = 0,
    MFSampleAllocatorUsage_UsesCustomAllocator = 1,
    MFSampleAllocatorUsage_DoesNotAllocate = 2,
};

MIDL_INTERFACE("DA62B958-3A38-4A97-BD27-149C640C0771")
IMFSampleAllocatorControl : public IUnknown {
 public:
    virtual HRESULT STDMETHODCALLTYPE SetDefaultAllocator(DWORD outputStreamId,
                                                          IUnknown * allocator) = 0;
    virtual HRESULT STDMETHODCALLTYPE GetAllocatorUsage(DWORD outputStreamId, DWORD * inputStreamId,
                                                        MFSampleAllocatorUsage * usage) = 0;
};

#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(IMFSampleAllocatorControl, 0xDA62B958, 0x3A38, 0x4A97, 0xBD, 0x27, 0x14, 0x9C, 0x64,
                0x0C, 0x07, 0x71)
#endif

#endif

#ifndef __IMFSensorProfile_INTERFACE_DEFINED__

struct SENSORPROFILEID {
    GUID Type;
    UINT32 Index;
    UINT32 Unused;
};

MIDL_INTERFACE("22F765D1-8DAB-4107-846D-56BAF72215E7")
IMFSensorProfile : public IUnknown {
 public:
    virtual HRESULT STDMETHODCALLTYPE GetProfileId(SENSORPROFILEID * id) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddProfileFilter(UINT32 streamId, LPCWSTR filter) = 0;
    virtual HRESULT STDMETHODCALLTYPE IsMediaTypeSupported(
        UINT32 streamId, IMFMediaType * mediaType, BOOL * supported) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddBlockedControl(LPCWSTR blockedControl) = 0;
};

MIDL_INTERFACE("C95EA55B-0187-48BE-9353-8D2507662351")
IMFSensorProfileCollection : public IUnknown {
 public:
    virtual DWORD STDMETHODCALLTYPE GetProfileCount() = 0;
    virtual HRESULT STDMETHODCALLTYPE GetProfile(DWORD index, IMFSensorProfile * *profile) = 0;
    virtual HRESULT STDMETHODCALLTYPE AddProfile(IMFSensorProfile * profile) = 0;
    virtual HRESULT STDMETHODCALLTYPE FindProfile(SENSORPROFILEID * id,
                                                  IMFSensorProfile * *profile) = 0;
    virtual void STDMETHODCALLTYPE RemoveProfileByIndex(DWORD index) = 0;
    virtual void STDMETHODCALLTYPE RemoveProfile(SENSORPROFILEID * id) = 0;
};

#ifdef __CRT_UUID_DECL
__CRT_UUID_DECL(IMFSensorProfile, 0x22F765D1, 0x8DAB, 0x4107, 0x84, 0x6D, 0x56, 0xBA, 0xF7, 0x22,
                0x15, 0xE7)
__CRT_UUID_DECL(IMFSensorProfileCollection, 0xC95EA55B, 0x0187, 0x48BE, 0x93, 0x53, 0x8D, 0x25,
                0x07, 0x66, 0x23, 0x51)
#endif

#endif

namespace mfvcam::abi {

inline constexpr GUID MF_DEVICEMFT_SENSORPROFILE_COLLECTION = {
    0x36EBDC44, 0xB12C, 0x441B, {0x89, 0xF4, 0x08, 0xB2, 0xF4, 0x1A, 0x9C, 0xFC}};
// KSCAMERAPROFILE_Legacy of ksmedia.h.
inline constexpr GUID kCameraProfileLegacy = {
    0xB4894D81, 0x62B7, 0x4EEC, {0x87, 0x40, 0x80, 0x65, 0x8C, 0x4A, 0x9D, 0x3E}};

inline constexpr GUID MF_DEVICESTREAM_STREAM_CATEGORY = {
    0x2939E7B8, 0xA62E, 0x4579, {0xB6, 0x74, 0xD4, 0x07, 0x3D, 0xFA, 0xBB, 0xBA}};
inline constexpr GUID MF_DEVICESTREAM_STREAM_ID = {
    0x11BD5120, 0xD124, 0x446B, {0x88, 0xE6, 0x17, 0x06, 0x02, 0x57, 0xFF, 0xF9}};
inline constexpr GUID MF_DEVICESTREAM_FRAMESERVER_SHARED = {
    0x1CB378E9, 0xB279, 0x41D4, {0xAF, 0x97, 0x34, 0xA2, 0x43, 0xE6, 0x83, 0x20}};
inline constexpr GUID MF_DEVICESTREAM_ATTRIBUTE_FRAMESOURCE_TYPES = {
    0x17145FD1, 0x1B2B, 0x423C, {0x80, 0x01, 0x2B, 0x68, 0x33, 0xED, 0x35, 0x88}};
// PINNAME_VIDEO_CAPTURE of ksmedia.h, under a name of its own: there it is a macro.
inline constexpr GUID kPinNameVideoCapture = {
    0xFB6C4281, 0x0353, 0x11D1, {0x90, 0x5F, 0x00, 0x00, 0xC0, 0xCC, 0x16, 0xBA}};
inline constexpr UINT32 kFrameSourceTypeColor = 1;

}  // namespace mfvcam::abi
