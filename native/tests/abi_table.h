// What Windows' documents and public headers say of the binary interface, written down apart from
// any header that we compile with: interface ids, the slots of the vtables with their signatures,
// GUIDs, values and layouts. abi_check.cpp holds the headers against it wherever we build,
// abi_vtable_test.cpp calls each slot.
#pragma once

// In this order: strmif.h, which devicetopology.h includes, does not compile after ks.h without
// mfidl.h.
#include <windows.h>

#include <mfidl.h>

#include <ks.h>

#include <devicetopology.h>
#include <mfapi.h>
#include <mfvcam.h>

#include "mfmediasource_abi.h"
#include "mfvirtualcamera_abi.h"

namespace mfvcam::abi_test {

// The GUID of "1C08A864-EF6C-4C75-AF59-5F2D68DA9563".
consteval GUID guid(const char (&text)[37]) {
    const auto hexadecimal = [&text](int from, int digits) {
        unsigned long number = 0;
        for (int i = from; i < from + digits; ++i) {
            const char c = text[i];
            if (c >= '0' && c <= '9') {
                number = number * 16 + static_cast<unsigned long>(c - '0');
            } else if (c >= 'A' && c <= 'F') {
                number = number * 16 + static_cast<unsigned long>(c - 'A' + 10);
            } else {
                throw "not a digit";  // Does not compile.
            }
        }
        return number;
    };
    const auto word = [&](int from) { return static_cast<unsigned short>(hexadecimal(from, 4)); };
    const auto byte = [&](int from) { return static_cast<unsigned char>(hexadecimal(from, 2)); };
    return {static_cast<decltype(GUID::Data1)>(hexadecimal(0, 8)),
            word(9),
            word(14),
            {byte(19), byte(21), byte(24), byte(26), byte(28), byte(30), byte(32), byte(34)}};
}

}  // namespace mfvcam::abi_test

// clang-format off: a line of the documents is a line here.

// ---- Vtables: METHOD(slot, result, name, parameters without `this`, their names) ----

#define ABI_UNKNOWN(METHOD) \
    METHOD(0, HRESULT, QueryInterface, (REFIID iid, void** object), (iid, object)) \
    METHOD(1, ULONG, AddRef, (), ()) \
    METHOD(2, ULONG, Release, (), ())

#define ABI_ATTRIBUTES(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, GetItem, (REFGUID key, PROPVARIANT* value), (key, value)) \
    METHOD(4, HRESULT, GetItemType, (REFGUID key, MF_ATTRIBUTE_TYPE* type), (key, type)) \
    METHOD(5, HRESULT, CompareItem, (REFGUID key, REFPROPVARIANT value, BOOL* result), (key, value, result)) \
    METHOD(6, HRESULT, Compare, (IMFAttributes* theirs, MF_ATTRIBUTES_MATCH_TYPE match, BOOL* result), (theirs, match, result)) \
    METHOD(7, HRESULT, GetUINT32, (REFGUID key, UINT32* value), (key, value)) \
    METHOD(8, HRESULT, GetUINT64, (REFGUID key, UINT64* value), (key, value)) \
    METHOD(9, HRESULT, GetDouble, (REFGUID key, double* value), (key, value)) \
    METHOD(10, HRESULT, GetGUID, (REFGUID key, GUID* value), (key, value)) \
    METHOD(11, HRESULT, GetStringLength, (REFGUID key, UINT32* length), (key, length)) \
    METHOD(12, HRESULT, GetString, (REFGUID key, LPWSTR buffer, UINT32 capacity, UINT32* length), (key, buffer, capacity, length)) \
    METHOD(13, HRESULT, GetAllocatedString, (REFGUID key, LPWSTR* string, UINT32* length), (key, string, length)) \
    METHOD(14, HRESULT, GetBlobSize, (REFGUID key, UINT32* size), (key, size)) \
    METHOD(15, HRESULT, GetBlob, (REFGUID key, UINT8* buffer, UINT32 capacity, UINT32* size), (key, buffer, capacity, size)) \
    METHOD(16, HRESULT, GetAllocatedBlob, (REFGUID key, UINT8** buffer, UINT32* size), (key, buffer, size)) \
    METHOD(17, HRESULT, GetUnknown, (REFGUID key, REFIID iid, LPVOID* object), (key, iid, object)) \
    METHOD(18, HRESULT, SetItem, (REFGUID key, REFPROPVARIANT value), (key, value)) \
    METHOD(19, HRESULT, DeleteItem, (REFGUID key), (key)) \
    METHOD(20, HRESULT, DeleteAllItems, (), ()) \
    METHOD(21, HRESULT, SetUINT32, (REFGUID key, UINT32 value), (key, value)) \
    METHOD(22, HRESULT, SetUINT64, (REFGUID key, UINT64 value), (key, value)) \
    METHOD(23, HRESULT, SetDouble, (REFGUID key, double value), (key, value)) \
    METHOD(24, HRESULT, SetGUID, (REFGUID key, REFGUID value), (key, value)) \
    METHOD(25, HRESULT, SetString, (REFGUID key, LPCWSTR value), (key, value)) \
    METHOD(26, HRESULT, SetBlob, (REFGUID key, const UINT8* buffer, UINT32 size), (key, buffer, size)) \
    METHOD(27, HRESULT, SetUnknown, (REFGUID key, IUnknown* unknown), (key, unknown)) \
    METHOD(28, HRESULT, LockStore, (), ()) \
    METHOD(29, HRESULT, UnlockStore, (), ()) \
    METHOD(30, HRESULT, GetCount, (UINT32* items), (items)) \
    METHOD(31, HRESULT, GetItemByIndex, (UINT32 index, GUID* key, PROPVARIANT* value), (index, key, value)) \
    METHOD(32, HRESULT, CopyAllItems, (IMFAttributes* destination), (destination))

#define ABI_VIRTUAL_CAMERA(METHOD) \
    ABI_ATTRIBUTES(METHOD) \
    METHOD(33, HRESULT, AddDeviceSourceInfo, (LPCWSTR info), (info)) \
    METHOD(34, HRESULT, AddProperty, (const DEVPROPKEY* key, DEVPROPTYPE type, const BYTE* data, ULONG size), (key, type, data, size)) \
    METHOD(35, HRESULT, AddRegistryEntry, (LPCWSTR entry, LPCWSTR subkey, DWORD type, const BYTE* data, ULONG size), (entry, subkey, type, data, size)) \
    METHOD(36, HRESULT, Start, (IMFAsyncCallback* callback), (callback)) \
    METHOD(37, HRESULT, Stop, (), ()) \
    METHOD(38, HRESULT, Remove, (), ()) \
    METHOD(39, HRESULT, GetMediaSource, (IMFMediaSource** source), (source)) \
    METHOD(40, HRESULT, SendCameraProperty, \
           (REFGUID set, ULONG id, ULONG flags, void* payload, ULONG payload_length, void* data, ULONG data_length, ULONG* written), \
           (set, id, flags, payload, payload_length, data, data_length, written)) \
    METHOD(41, HRESULT, CreateSyncEvent, \
           (REFGUID set, ULONG id, ULONG flags, HANDLE event, IMFCameraSyncObject** sync_object), \
           (set, id, flags, event, sync_object)) \
    METHOD(42, HRESULT, CreateSyncSemaphore, \
           (REFGUID set, ULONG id, ULONG flags, HANDLE semaphore, LONG adjustment, IMFCameraSyncObject** sync_object), \
           (set, id, flags, semaphore, adjustment, sync_object)) \
    METHOD(43, HRESULT, Shutdown, (), ())

#define ABI_CAMERA_SYNC_OBJECT(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, WaitOnSignal, (DWORD timeout), (timeout)) \
    METHOD(4, void, Shutdown, (), ())

#define ABI_ASYNC_CALLBACK(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, GetParameters, (DWORD* flags, DWORD* queue), (flags, queue)) \
    METHOD(4, HRESULT, Invoke, (IMFAsyncResult* result), (result))

#define ABI_ASYNC_RESULT(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, GetState, (IUnknown** state), (state)) \
    METHOD(4, HRESULT, GetStatus, (), ()) \
    METHOD(5, HRESULT, SetStatus, (HRESULT status), (status)) \
    METHOD(6, HRESULT, GetObject, (IUnknown** object), (object)) \
    METHOD(7, IUnknown*, GetStateNoAddRef, (), ())

#define ABI_MEDIA_EVENT(METHOD) \
    ABI_ATTRIBUTES(METHOD) \
    METHOD(33, HRESULT, GetType, (MediaEventType* type), (type)) \
    METHOD(34, HRESULT, GetExtendedType, (GUID* type), (type)) \
    METHOD(35, HRESULT, GetStatus, (HRESULT* status), (status)) \
    METHOD(36, HRESULT, GetValue, (PROPVARIANT* value), (value))

#define ABI_ACTIVATE(METHOD) \
    ABI_ATTRIBUTES(METHOD) \
    METHOD(33, HRESULT, ActivateObject, (REFIID iid, void** object), (iid, object)) \
    METHOD(34, HRESULT, ShutdownObject, (), ()) \
    METHOD(35, HRESULT, DetachObject, (), ())

#define ABI_MEDIA_EVENT_GENERATOR(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, GetEvent, (DWORD flags, IMFMediaEvent** event), (flags, event)) \
    METHOD(4, HRESULT, BeginGetEvent, (IMFAsyncCallback* callback, IUnknown* state), (callback, state)) \
    METHOD(5, HRESULT, EndGetEvent, (IMFAsyncResult* result, IMFMediaEvent** event), (result, event)) \
    METHOD(6, HRESULT, QueueEvent, \
           (MediaEventType type, REFGUID extended_type, HRESULT status, const PROPVARIANT* value), \
           (type, extended_type, status, value))

#define ABI_MEDIA_SOURCE(METHOD) \
    ABI_MEDIA_EVENT_GENERATOR(METHOD) \
    METHOD(7, HRESULT, GetCharacteristics, (DWORD* characteristics), (characteristics)) \
    METHOD(8, HRESULT, CreatePresentationDescriptor, (IMFPresentationDescriptor** descriptor), (descriptor)) \
    METHOD(9, HRESULT, Start, \
           (IMFPresentationDescriptor* descriptor, const GUID* time_format, const PROPVARIANT* position), \
           (descriptor, time_format, position)) \
    METHOD(10, HRESULT, Stop, (), ()) \
    METHOD(11, HRESULT, Pause, (), ()) \
    METHOD(12, HRESULT, Shutdown, (), ())

#define ABI_MEDIA_SOURCE_EX(METHOD) \
    ABI_MEDIA_SOURCE(METHOD) \
    METHOD(13, HRESULT, GetSourceAttributes, (IMFAttributes** attributes), (attributes)) \
    METHOD(14, HRESULT, GetStreamAttributes, (DWORD id, IMFAttributes** attributes), (id, attributes)) \
    METHOD(15, HRESULT, SetD3DManager, (IUnknown* manager), (manager))

#define ABI_MEDIA_STREAM(METHOD) \
    ABI_MEDIA_EVENT_GENERATOR(METHOD) \
    METHOD(7, HRESULT, GetMediaSource, (IMFMediaSource** source), (source)) \
    METHOD(8, HRESULT, GetStreamDescriptor, (IMFStreamDescriptor** descriptor), (descriptor)) \
    METHOD(9, HRESULT, RequestSample, (IUnknown* token), (token))

#define ABI_MEDIA_STREAM_2(METHOD) \
    ABI_MEDIA_STREAM(METHOD) \
    METHOD(10, HRESULT, SetStreamState, (MF_STREAM_STATE state), (state)) \
    METHOD(11, HRESULT, GetStreamState, (MF_STREAM_STATE* state), (state))

#define ABI_GET_SERVICE(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, GetService, (REFGUID service, REFIID iid, void** object), (service, iid, object))

#define ABI_SAMPLE_ALLOCATOR_CONTROL(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, SetDefaultAllocator, (DWORD output_id, IUnknown* allocator), (output_id, allocator)) \
    METHOD(4, HRESULT, GetAllocatorUsage, \
           (DWORD output_id, DWORD* input_id, MFSampleAllocatorUsage* usage), \
           (output_id, input_id, usage))

#define ABI_SENSOR_PROFILE(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, GetProfileId, (SENSORPROFILEID* id), (id)) \
    METHOD(4, HRESULT, AddProfileFilter, (UINT32 stream_id, LPCWSTR filter), (stream_id, filter)) \
    METHOD(5, HRESULT, IsMediaTypeSupported, (UINT32 stream_id, IMFMediaType* type, BOOL* supported), \
           (stream_id, type, supported)) \
    METHOD(6, HRESULT, AddBlockedControl, (LPCWSTR control), (control))

#define ABI_SENSOR_PROFILE_COLLECTION(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, DWORD, GetProfileCount, (), ()) \
    METHOD(4, HRESULT, GetProfile, (DWORD index, IMFSensorProfile** profile), (index, profile)) \
    METHOD(5, HRESULT, AddProfile, (IMFSensorProfile* profile), (profile)) \
    METHOD(6, HRESULT, FindProfile, (SENSORPROFILEID* id, IMFSensorProfile** profile), (id, profile)) \
    METHOD(7, void, RemoveProfileByIndex, (DWORD index), (index)) \
    METHOD(8, void, RemoveProfile, (SENSORPROFILEID* id), (id))

#define ABI_VIDEO_SAMPLE_ALLOCATOR(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, SetDirectXManager, (IUnknown* manager), (manager)) \
    METHOD(4, HRESULT, UninitializeSampleAllocator, (), ()) \
    METHOD(5, HRESULT, InitializeSampleAllocator, (DWORD frames, IMFMediaType* type), (frames, type)) \
    METHOD(6, HRESULT, AllocateSample, (IMFSample** sample), (sample))

#define ABI_KS_CONTROL(METHOD) \
    ABI_UNKNOWN(METHOD) \
    METHOD(3, HRESULT, KsProperty, \
           (PKSPROPERTY property, ULONG property_length, void* data, ULONG data_length, ULONG* returned), \
           (property, property_length, data, data_length, returned)) \
    METHOD(4, HRESULT, KsMethod, \
           (PKSMETHOD method, ULONG method_length, void* data, ULONG data_length, ULONG* returned), \
           (method, method_length, data, data_length, returned)) \
    METHOD(5, HRESULT, KsEvent, \
           (PKSEVENT event, ULONG event_length, void* data, ULONG data_length, ULONG* returned), \
           (event, event_length, data, data_length, returned))

// INTERFACE(name, methods, slots, interface id)
#define ABI_INTERFACES(INTERFACE) \
    INTERFACE(IMFVirtualCamera, ABI_VIRTUAL_CAMERA, 44, "1C08A864-EF6C-4C75-AF59-5F2D68DA9563") \
    INTERFACE(IMFCameraSyncObject, ABI_CAMERA_SYNC_OBJECT, 5, "6338B23A-3042-49D2-A3EA-EC0FED815407") \
    INTERFACE(IMFMediaStream2, ABI_MEDIA_STREAM_2, 12, "C5BC37D6-75C7-46A1-A132-81B5F723C20F") \
    INTERFACE(IMFSampleAllocatorControl, ABI_SAMPLE_ALLOCATOR_CONTROL, 5, "DA62B958-3A38-4A97-BD27-149C640C0771") \
    INTERFACE(IMFSensorProfile, ABI_SENSOR_PROFILE, 7, "22F765D1-8DAB-4107-846D-56BAF72215E7") \
    INTERFACE(IMFSensorProfileCollection, ABI_SENSOR_PROFILE_COLLECTION, 9, "C95EA55B-0187-48BE-9353-8D2507662351") \
    INTERFACE(IMFAttributes, ABI_ATTRIBUTES, 33, "2CD2D921-C447-44A7-A13C-4ADABFC247E3") \
    INTERFACE(IMFMediaEvent, ABI_MEDIA_EVENT, 37, "DF598932-F10C-4E39-BBA2-C308F101DAA3") \
    INTERFACE(IMFAsyncCallback, ABI_ASYNC_CALLBACK, 5, "A27003CF-2354-4F2A-8D6A-AB7CFF15437E") \
    INTERFACE(IMFAsyncResult, ABI_ASYNC_RESULT, 8, "AC6B7889-0740-4D51-8619-905994A55CC6") \
    INTERFACE(IMFActivate, ABI_ACTIVATE, 36, "7FEE9E9A-4A89-47A6-899C-B6A53A70FB67") \
    INTERFACE(IMFMediaEventGenerator, ABI_MEDIA_EVENT_GENERATOR, 7, "2CD0BD52-BCD5-4B89-B62C-EADC0C031E7D") \
    INTERFACE(IMFMediaSource, ABI_MEDIA_SOURCE, 13, "279A808D-AEC7-40C8-9C6B-A6B492C78A66") \
    INTERFACE(IMFMediaSourceEx, ABI_MEDIA_SOURCE_EX, 16, "3C9B2EB9-86D5-4514-A394-F56664F9F0D8") \
    INTERFACE(IMFMediaStream, ABI_MEDIA_STREAM, 10, "D182108F-4EC6-443F-AA42-A71106EC825F") \
    INTERFACE(IMFGetService, ABI_GET_SERVICE, 4, "FA993888-4383-415A-A930-DD472A8CF6F7") \
    INTERFACE(IMFVideoSampleAllocator, ABI_VIDEO_SAMPLE_ALLOCATOR, 7, "86CBC910-E533-4751-8E3B-F19B5B806A03") \
    INTERFACE(IKsControl, ABI_KS_CONTROL, 6, "28F54685-06FD-11D2-B27A-00A0C9223196")

// ---- Functions: FUNCTION(result, name, parameters, bytes of the parameters on x86) ----

// On x86 the linker calls them _MFCreateVirtualCamera@32 and _MFIsVirtualCameraTypeSupported@8.
#define ABI_FUNCTIONS(FUNCTION) \
    FUNCTION(HRESULT, MFCreateVirtualCamera, \
             (MFVirtualCameraType type, MFVirtualCameraLifetime lifetime, MFVirtualCameraAccess access, LPCWSTR name, \
              LPCWSTR source_id, const GUID* categories, ULONG category_count, IMFVirtualCamera** camera), 32) \
    FUNCTION(HRESULT, MFIsVirtualCameraTypeSupported, (MFVirtualCameraType type, BOOL* supported), 8)

// ---- GUIDs: CONSTANT(name, text) ----

// Of mfvirtualcamera.h.
#define ABI_CAMERA_GUIDS(CONSTANT) \
    CONSTANT(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE, "E52C4DFF-E46D-4D0B-BC75-DDD4C8723F96") \
    CONSTANT(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START, "B1EEB989-B456-4F4A-AE40-079C28E24AF8") \
    CONSTANT(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP, "B7FE7A61-FE91-415E-8608-D37DEDB1A58B") \
    CONSTANT(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE, "A0EBABA7-A422-4E33-8401-B37D2800AA67") \
    CONSTANT(MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN, "45A81B31-43F8-4E5D-8CE2-22DCE026996D") \
    CONSTANT(MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT, "6E59489C-47D3-4467-83EF-12D34E871665")

// Of headers of ours in any build.
#define ABI_OWN_GUIDS(CONSTANT) \
    CONSTANT(mfvcam::abi::MF_DEVICESTREAM_STREAM_CATEGORY, "2939E7B8-A62E-4579-B674-D4073DFABBBA") \
    CONSTANT(mfvcam::abi::MF_DEVICESTREAM_STREAM_ID, "11BD5120-D124-446B-88E6-17060257FFF9") \
    CONSTANT(mfvcam::abi::MF_DEVICESTREAM_FRAMESERVER_SHARED, "1CB378E9-B279-41D4-AF97-34A243E68320") \
    CONSTANT(mfvcam::abi::MF_DEVICESTREAM_ATTRIBUTE_FRAMESOURCE_TYPES, "17145FD1-1B2B-423C-8001-2B6833ED3588") \
    CONSTANT(mfvcam::abi::MF_DEVICEMFT_SENSORPROFILE_COLLECTION, "36EBDC44-B12C-441B-89F4-08B2F41A9CFC") \
    CONSTANT(mfvcam::abi::kCameraProfileLegacy, "B4894D81-62B7-4EEC-8740-80658C4A9D3E") \
    CONSTANT(mfvcam::abi::kPinNameVideoCapture, "FB6C4281-0353-11D1-905F-0000C0CC16BA") \
    CONSTANT(GUID(MFVCAM_SOURCE_CLSID), "85C66A41-1204-4B25-944C-A615B61808B2") \
    CONSTANT(GUID(MFVCAM_EVENT_SET), "BD137F9A-FBC9-4DB3-802D-5FCBEAD8B048") \
    CONSTANT(GUID(MFVCAM_PROPERTY_SET), "E3C45BC4-8FE5-4F22-ABFE-A3B003E63AC1")

// Of the toolchain, which keeps them from the compiler: checked at run time.
#define ABI_SYSTEM_GUIDS(CONSTANT) \
    CONSTANT(MF_MT_MAJOR_TYPE, "48EBA18E-F8C9-4687-BF11-0A74C9F96A8F") \
    CONSTANT(MFMediaType_Video, "73646976-0000-0010-8000-00AA00389B71") \
    CONSTANT(MF_MT_SUBTYPE, "F7E34C9A-42E8-4714-B74B-CB29D72C35E5") \
    CONSTANT(MFVideoFormat_NV12, "3231564E-0000-0010-8000-00AA00389B71") \
    CONSTANT(MFVideoFormat_RGB32, "00000016-0000-0010-8000-00AA00389B71") \
    CONSTANT(MF_MT_FRAME_SIZE, "1652C33D-D6B2-4012-B834-72030849A37D") \
    CONSTANT(MF_MT_FRAME_RATE, "C459A2E8-3D2C-4E44-B132-FEE5156C7BB0") \
    CONSTANT(MF_MT_PIXEL_ASPECT_RATIO, "C6376A1E-8D0A-4027-BE45-6D9A0AD39BB6") \
    CONSTANT(MF_MT_INTERLACE_MODE, "E2724BB8-E676-4806-B4B2-A8D6EFB44CCD") \
    CONSTANT(MF_MT_ALL_SAMPLES_INDEPENDENT, "C9173739-5E56-461C-B713-46FB995CB95F") \
    CONSTANT(MF_MT_AVG_BITRATE, "20332624-FB0D-4D9E-BD0D-CBF6786C102E") \
    CONSTANT(MF_MT_DEFAULT_STRIDE, "644B4E48-1E02-4516-B0EB-C01CA9D49AC6") \
    CONSTANT(MFSampleExtension_Token, "8294DA66-F328-4805-B551-00DEB4C57A61")

// ---- Values: VALUE(name, value) ----

#define ABI_VALUES(VALUE) \
    VALUE(MFVirtualCameraType_SoftwareCameraSource, 0) \
    VALUE(MFVirtualCameraLifetime_Session, 0) \
    VALUE(MFVirtualCameraLifetime_System, 1) \
    VALUE(MFVirtualCameraAccess_CurrentUser, 0) \
    VALUE(MFVirtualCameraAccess_AllUsers, 1) \
    VALUE(MF_ATTRIBUTE_UINT32, 19) \
    VALUE(MF_ATTRIBUTE_UINT64, 21) \
    VALUE(MF_ATTRIBUTE_DOUBLE, 5) \
    VALUE(MF_ATTRIBUTE_GUID, 72) \
    VALUE(MF_ATTRIBUTE_STRING, 31) \
    VALUE(MF_ATTRIBUTE_BLOB, 0x1011) \
    VALUE(MF_ATTRIBUTE_IUNKNOWN, 13) \
    VALUE(MF_ATTRIBUTES_MATCH_OUR_ITEMS, 0) \
    VALUE(MF_ATTRIBUTES_MATCH_THEIR_ITEMS, 1) \
    VALUE(MF_ATTRIBUTES_MATCH_ALL_ITEMS, 2) \
    VALUE(MF_ATTRIBUTES_MATCH_INTERSECTION, 3) \
    VALUE(MF_ATTRIBUTES_MATCH_SMALLER, 4) \
    VALUE(MEUnknown, 0) \
    VALUE(MEError, 1) \
    VALUE(MEExtendedType, 2) \
    VALUE(MENonFatalError, 3) \
    VALUE(MESourceStarted, 201) \
    VALUE(MEStreamStarted, 202) \
    VALUE(MENewStream, 205) \
    VALUE(MEUpdatedStream, 206) \
    VALUE(MESourceStopped, 207) \
    VALUE(MEStreamStopped, 208) \
    VALUE(MEMediaSample, 213) \
    VALUE(MF_STREAM_STATE_STOPPED, 0) \
    VALUE(MF_STREAM_STATE_PAUSED, 1) \
    VALUE(MF_STREAM_STATE_RUNNING, 2) \
    VALUE(MFSampleAllocatorUsage_UsesProvidedAllocator, 0) \
    VALUE(MFSampleAllocatorUsage_UsesCustomAllocator, 1) \
    VALUE(MFSampleAllocatorUsage_DoesNotAllocate, 2) \
    VALUE(MFMEDIASOURCE_IS_LIVE, 1) \
    VALUE(mfvcam::abi::kFrameSourceTypeColor, 1) \
    VALUE(KSEVENTF_EVENT_HANDLE, 1) \
    VALUE(KSEVENTF_SEMAPHORE_HANDLE, 2) \
    VALUE(KSEVENT_TYPE_ENABLE, 1) \
    VALUE(KSEVENT_TYPE_ONESHOT, 2) \
    VALUE(KSEVENT_TYPE_SETSUPPORT, 0x100) \
    VALUE(KSEVENT_TYPE_BASICSUPPORT, 0x200) \
    VALUE(KSPROPERTY_TYPE_GET, 1) \
    VALUE(KSPROPERTY_TYPE_SET, 2) \
    VALUE(KSPROPERTY_TYPE_SETSUPPORT, 0x100) \
    VALUE(KSPROPERTY_TYPE_BASICSUPPORT, 0x200) \
    VALUE(KSPROPERTY_TYPE_DEFAULTVALUES, 0x10000)

// ---- Layouts, in bytes: TYPE(name, x64 size, alignment; x86 size, alignment) and
// FIELD(type, name, x64 offset, size; x86 offset, size). ARM64 is as x64. ----

#define ABI_TYPES(TYPE) \
    TYPE(MFVirtualCameraType, 4, 4, 4, 4) \
    TYPE(MFVirtualCameraLifetime, 4, 4, 4, 4) \
    TYPE(MFVirtualCameraAccess, 4, 4, 4, 4) \
    TYPE(MF_ATTRIBUTE_TYPE, 4, 4, 4, 4) \
    TYPE(MF_ATTRIBUTES_MATCH_TYPE, 4, 4, 4, 4) \
    TYPE(MF_STREAM_STATE, 4, 4, 4, 4) \
    TYPE(MFSampleAllocatorUsage, 4, 4, 4, 4) \
    TYPE(BOOL, 4, 4, 4, 4) \
    TYPE(HANDLE, 8, 8, 4, 4) \
    TYPE(DEVPROPTYPE, 4, 4, 4, 4) \
    TYPE(DEVPROP_BOOLEAN, 1, 1, 1, 1) \
    TYPE(GUID, 16, 4, 16, 4) \
    TYPE(DEVPROPKEY, 20, 4, 20, 4) \
    TYPE(SENSORPROFILEID, 24, 4, 24, 4) \
    TYPE(KSPROPERTY, 24, 8, 24, 8) \
    TYPE(KSMETHOD, 24, 8, 24, 8) \
    TYPE(KSEVENT, 24, 8, 24, 8) \
    TYPE(KSEVENTDATA, 32, 8, 16, 4) \
    TYPE(mfvcam_handle, 8, 8, 8, 8) \
    TYPE(mfvcam_ledger, 32, 4, 32, 4) \
    TYPE(mfvcam_format, 20, 4, 20, 4) \
    TYPE(mfvcam_sample, 24, 8, 24, 8) \
    TYPE(mfvcam_notification, 40, 8, 40, 8) \
    TYPE(mfvcam_source_counters, 128, 8, 128, 8)

#define ABI_FIELDS(FIELD) \
    FIELD(GUID, Data1, 0, 4, 0, 4) \
    FIELD(GUID, Data2, 4, 2, 4, 2) \
    FIELD(GUID, Data3, 6, 2, 6, 2) \
    FIELD(GUID, Data4, 8, 8, 8, 8) \
    FIELD(DEVPROPKEY, fmtid, 0, 16, 0, 16) \
    FIELD(DEVPROPKEY, pid, 16, 4, 16, 4) \
    FIELD(SENSORPROFILEID, Type, 0, 16, 0, 16) \
    FIELD(SENSORPROFILEID, Index, 16, 4, 16, 4) \
    FIELD(SENSORPROFILEID, Unused, 20, 4, 20, 4) \
    FIELD(KSPROPERTY, Set, 0, 16, 0, 16) \
    FIELD(KSPROPERTY, Id, 16, 4, 16, 4) \
    FIELD(KSPROPERTY, Flags, 20, 4, 20, 4) \
    FIELD(KSMETHOD, Set, 0, 16, 0, 16) \
    FIELD(KSMETHOD, Id, 16, 4, 16, 4) \
    FIELD(KSMETHOD, Flags, 20, 4, 20, 4) \
    FIELD(KSEVENT, Set, 0, 16, 0, 16) \
    FIELD(KSEVENT, Id, 16, 4, 16, 4) \
    FIELD(KSEVENT, Flags, 20, 4, 20, 4) \
    FIELD(KSEVENTDATA, NotificationType, 0, 4, 0, 4) \
    FIELD(KSEVENTDATA, EventHandle.Event, 8, 8, 4, 4) \
    FIELD(KSEVENTDATA, EventHandle.Reserved, 16, 16, 8, 8) \
    FIELD(KSEVENTDATA, SemaphoreHandle.Semaphore, 8, 8, 4, 4) \
    FIELD(KSEVENTDATA, SemaphoreHandle.Reserved, 16, 4, 8, 4) \
    FIELD(KSEVENTDATA, SemaphoreHandle.Adjustment, 20, 4, 12, 4) \
    FIELD(KSEVENTDATA, Alignment.Unused, 8, 8, 4, 4) \
    FIELD(KSEVENTDATA, Alignment.Alignment, 16, 16, 8, 8) \
    FIELD(mfvcam_ledger, cameras, 0, 4, 0, 4) \
    FIELD(mfvcam_ledger, sync_objects, 4, 4, 4, 4) \
    FIELD(mfvcam_ledger, media_sources, 8, 4, 8, 4) \
    FIELD(mfvcam_ledger, readers, 12, 4, 12, 4) \
    FIELD(mfvcam_ledger, watches, 16, 4, 16, 4) \
    FIELD(mfvcam_ledger, queues, 20, 4, 20, 4) \
    FIELD(mfvcam_ledger, handles, 24, 4, 24, 4) \
    FIELD(mfvcam_ledger, calls, 28, 4, 28, 4) \
    FIELD(mfvcam_format, width, 0, 4, 0, 4) \
    FIELD(mfvcam_format, height, 4, 4, 4, 4) \
    FIELD(mfvcam_format, frame_rate_numerator, 8, 4, 8, 4) \
    FIELD(mfvcam_format, frame_rate_denominator, 12, 4, 12, 4) \
    FIELD(mfvcam_format, frame_size, 16, 4, 16, 4) \
    FIELD(mfvcam_sample, time, 0, 8, 0, 8) \
    FIELD(mfvcam_sample, duration, 8, 8, 8, 8) \
    FIELD(mfvcam_sample, size, 16, 4, 16, 4) \
    FIELD(mfvcam_notification, tag, 0, 8, 0, 8) \
    FIELD(mfvcam_notification, kind, 8, 4, 8, 4) \
    FIELD(mfvcam_notification, status, 12, 4, 12, 4) \
    FIELD(mfvcam_notification, extended_type, 16, 16, 16, 16) \
    FIELD(mfvcam_notification, time, 32, 8, 32, 8) \
    FIELD(mfvcam_source_counters, size, 0, 4, 0, 4) \
    FIELD(mfvcam_source_counters, event_count, 4, 4, 4, 4) \
    FIELD(mfvcam_source_counters, requests, 8, 8, 8, 8) \
    FIELD(mfvcam_source_counters, deliveries, 16, 8, 16, 8) \
    FIELD(mfvcam_source_counters, signals, 24, 48, 24, 48) \
    FIELD(mfvcam_source_counters, last_signal_time, 72, 48, 72, 48)

// clang-format on
