/*
 * mfvcam.h - the flat C API of mfvcam.dll: Windows 11 virtual cameras and their kernel-streaming
 * events.
 *
 * Every function may be called from any thread, in any apartment, at any time except from DllMain.
 * A caller's thread is never CoInitialized: calls made from a single-threaded apartment run on a
 * thread of mfvcam's own while the caller waits.
 *
 * Results are HRESULTs. Codes of Windows, the Frame Server and the camera's media source come
 * through unchanged; the few of our own are MFVCAM_E_* below. Common to all functions: E_HANDLE the
 * mfvcam_handle is not, or no longer, one of ours, or is of another kind than the function wants
 *   E_POINTER     a required pointer is NULL
 *   MF_E_SHUTDOWN the object, or the camera it came from, has been shut down
 * Out-parameters are cleared before anything else happens and hold a result only on success, unless
 * said otherwise.
 */
#ifndef MFVCAM_H
#define MFVCAM_H

#include <windows.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(MFVCAM_BUILDING) || defined(MFVCAM_STATIC)
#define MFVCAM_API
#else
#define MFVCAM_API __declspec(dllimport)
#endif
#define MFVCAM_CALL __stdcall

/*
 * An object of mfvcam: an index and a generation, never a pointer. A stale one gives E_HANDLE and
 * does no harm. 0 is no object. Each handle is owned by who received it and given back by one
 * mfvcam_release.
 */
typedef UINT64 mfvcam_handle;

/* ---- Codes of our own (customer bit set, FACILITY_ITF) ---- */

/* A wait on the event handle after a WaitOnSignal on the same event, or the other way round.
 * Windows forbids both. */
#define MFVCAM_E_WAIT_MIXED ((HRESULT)0xA0040201L)
/* The camera service, or the camera's media source, has died or was removed. The camera object is
 * of no more use. */
#define MFVCAM_E_CAMERA_LOST ((HRESULT)0xA0040202L)
/* A live camera of this process has the same parameters; Windows would silently re-open that one.
 */
#define MFVCAM_E_ALREADY_OPEN ((HRESULT)0xA0040203L)
/* The provider can only be chosen before its first use, and only once. */
#define MFVCAM_E_PROVIDER_IN_USE ((HRESULT)0xA0040204L)
/* A call reported success without handing out the object. */
#define MFVCAM_E_NO_OBJECT ((HRESULT)0xA0040205L)
/* One read at a time: another thread is reading from this reader. */
#define MFVCAM_E_READER_BUSY ((HRESULT)0xA0040206L)
/* A media source serves one reader, and this one has had it: get another from the camera. */
#define MFVCAM_E_SOURCE_TAKEN ((HRESULT)0xA0040207L)

/* ---- Library ---- */

/* The build id: a hash over the sources of the native side, hexadecimal text. Static storage. */
MFVCAM_API const char* MFVCAM_CALL mfvcam_build_id(void);

/*
 * Takes MFCreateVirtualCamera and MFIsVirtualCameraTypeSupported from the DLL at this full path (a
 * simulator) instead of %SystemRoot%\System32\mfsensorgroup.dll. Before the first use of either
 * only. MFVCAM_E_PROVIDER_IN_USE later; E_INVALIDARG if the path is not a full one; the loader's
 * code if it cannot be loaded; HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND) if it lacks an export.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_use_provider(const wchar_t* path);

/*
 * S_OK if virtual cameras can be made here, else why not:
 * HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND) or (ERROR_MOD_NOT_FOUND): Windows older than 11 (build
 * 22000), or an edition without Media Foundation; E_ACCESSDENIED: the camera privacy switch;
 * HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED): Windows has the API and says no
 * (MFIsVirtualCameraTypeSupported).
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_is_supported(void);

/* The clock of frames and signals: QueryPerformanceCounter in units of 100 ns, as MFGetSystemTime.
 */
MFVCAM_API INT64 MFVCAM_CALL mfvcam_system_time(void);

/* Live objects: what a program that has closed everything finds at 0. */
typedef struct mfvcam_ledger {
    UINT32 cameras;       /* IMFVirtualCamera references held */
    UINT32 sync_objects;  /* IMFCameraSyncObject references held */
    UINT32 media_sources; /* IMFMediaSource references held */
    UINT32 readers;       /* sample readers not yet drained and released */
    UINT32 handles;       /* duplicated event handles */
    UINT32 calls;         /* calls inside mfvcam that use an object right now */
} mfvcam_ledger;

MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_ledger(mfvcam_ledger* ledger);

/* ---- Lifetimes ---- */

/*
 * Ends a camera (IMFVirtualCamera::Shutdown; its sync objects are shut down first) or a sync object
 * (IMFCameraSyncObject::Shutdown), at most once each. Waits on them end with MF_E_SHUTDOWN. The
 * handle stays valid, and is still to be released. S_OK also when it was shut down before. Other
 * kinds of object give E_HANDLE.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_shutdown(mfvcam_handle object);

/*
 * Gives a handle back; from here on it is stale. A sync object or camera not yet shut down is shut
 * down first. Does not wait for calls in flight: those keep what they use, waits end with
 * MF_E_SHUTDOWN, and the last call out frees. It never calls IMFVirtualCamera::Remove.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_release(mfvcam_handle object);

/* As mfvcam_release, on a thread of mfvcam's own: for garbage collectors, whose threads must not
 * block. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_release_later(mfvcam_handle object);

/* ---- Camera (IMFVirtualCamera) ---- */

/* mfvcam_create_virtual_camera: make the camera even though this process has a live one with equal
 * parameters. */
#define MFVCAM_CREATE_ALLOW_SAME 0x1u

/*
 * MFCreateVirtualCamera. type: 0, software camera source. lifetime: 0 session, 1 system. access: 0
 * current user, 1 all users (administrators only). friendly_name: Windows appends its own suffix.
 * source_id: the class id of the media source. categories: device-interface categories, or NULL
 * with count 0 for Windows' default set. flags: MFVCAM_CREATE_*. E_INVALIDARG: a value out of
 * range, an empty name, unknown flags; E_ACCESSDENIED: privacy switch, or administrator-only
 * parameters; MFVCAM_E_ALREADY_OPEN; and the codes of mfvcam_is_supported.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_create_virtual_camera(
    UINT32 type, UINT32 lifetime, UINT32 access, const wchar_t* friendly_name,
    const GUID* source_id, const GUID* categories, UINT32 category_count, UINT32 flags,
    mfvcam_handle* camera);

/*
 * IMFVirtualCamera::Start, with a callback of mfvcam's own that notices the death of the camera.
 * May take seconds. E_ACCESSDENIED: the camera services cannot read the media source's DLL;
 * REGDB_E_CLASSNOTREG: it is not registered in HKLM.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_start(mfvcam_handle camera);
/* IMFVirtualCamera::Stop: the camera stays known to Windows, disabled. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_stop(mfvcam_handle camera);
/* IMFVirtualCamera::Remove: the camera is uninstalled. Separate from shutdown; neither calls the
 * other. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_remove(mfvcam_handle camera);

/* IMFVirtualCamera::GetMediaSource, after Start: a shared-client source for preview. It ends with
 * the camera. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_media_source(mfvcam_handle camera, mfvcam_handle* source);

/*
 * IMFVirtualCamera::SendCameraProperty: IKsControl::KsProperty on the media source. flags:
 * KSPROPERTY_TYPE_GET 1, SET 2, BASICSUPPORT 0x200 or DEFAULTVALUES 0x10000. payload follows the
 * KSPROPERTY, data is the property's value (in or out); both may be NULL with length 0, lengths in
 * bytes. written: bytes of data written; with ERROR_MORE_DATA (no data buffer) and
 * ERROR_INSUFFICIENT_BUFFER it is set as well, to the bytes needed.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_send_camera_property(mfvcam_handle camera, const GUID* set,
                                                           UINT32 id, UINT32 flags, void* payload,
                                                           UINT32 payload_length, void* data,
                                                           UINT32 data_length, UINT32* written);

/* ---- Sync object (IMFCameraSyncObject) ---- */

/*
 * IMFVirtualCamera::CreateSyncEvent. flags: KSEVENT_TYPE_ENABLE 1 or KSEVENT_TYPE_ONESHOT 2, else
 * E_INVALIDARG. event: an event of the caller's, with EVENT_MODIFY_STATE and SYNCHRONIZE access; it
 * stays the caller's, who may close it at any time: mfvcam hands the camera, and waits on, a
 * duplicate. E_HANDLE: it is not an event of this process. HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND):
 * the media source has no such event.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_create_sync_event(mfvcam_handle camera, const GUID* set,
                                                        UINT32 id, UINT32 flags, HANDLE event,
                                                        mfvcam_handle* sync_object);

/*
 * IMFCameraSyncObject::WaitOnSignal, once. S_OK: signalled; S_FALSE: timed out (every code Windows
 * may mean by that), or, rarely, ended early because the camera's source was initialised anew: wait
 * again for the rest. timeout: milliseconds, INFINITE to wait without end. Whether anything but the
 * signal ends the call is undocumented, so it may outlast mfvcam_release; prefer short timeouts in
 * a loop. MFVCAM_E_WAIT_MIXED after a mfvcam_await on this event (events are told apart by the
 * HANDLE they were given as; a duplicate of it is taken for another).
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_wait_on_signal(mfvcam_handle sync_object, UINT32 timeout);

/*
 * Waits on the event itself. S_OK: signalled (an auto-reset event is consumed); S_FALSE: timed out,
 * never early; HRESULT_FROM_WIN32(ERROR_CANCELLED): the event cancel (or NULL) was set;
 * MF_E_SHUTDOWN: shut down or released meanwhile; MFVCAM_E_CAMERA_LOST. A signal goes before all of
 * these. timeout: milliseconds, or INFINITE. MFVCAM_E_WAIT_MIXED after a mfvcam_wait_on_signal on
 * this event. cancel must stay open during the call.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_await(mfvcam_handle sync_object, UINT32 timeout,
                                            HANDLE cancel);

/* ---- Sample reader (IMFSourceReader on a camera's media source) ---- */

typedef struct mfvcam_format {
    UINT32 width;                  /* pixels */
    UINT32 height;                 /* pixels */
    UINT32 frame_rate_numerator;   /* frames per frame_rate_denominator seconds */
    UINT32 frame_rate_denominator; /* never 0 */
    UINT32 frame_size;             /* bytes of a frame, rows packed */
} mfvcam_format;

typedef struct mfvcam_sample {
    INT64 time;     /* sample time, 100 ns */
    INT64 duration; /* 100 ns */
    UINT32 size;    /* bytes written to the buffer, or needed */
} mfvcam_sample;

/*
 * Opens the first video stream in its first native type of this subtype (MFVideoFormat_NV12,
 * MFVideoFormat_RGB32); the first read starts the source. A media source serves one reader, which
 * shuts it down when it is closed: MFVCAM_E_SOURCE_TAKEN the second time. MF_E_INVALIDMEDIATYPE: no
 * such native type; the media source can still be used.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_open_reader(mfvcam_handle source, const GUID* subtype,
                                                  mfvcam_format* format, mfvcam_handle* reader);

/*
 * Asks the camera for a frame and copies it to buffer, rows packed. S_OK: done; S_FALSE: timed out,
 * the frame under way will be the next call's; ERROR_INSUFFICIENT_BUFFER as HRESULT: sample->size
 * bytes are needed, the frame is kept; HRESULT_FROM_WIN32(ERROR_CANCELLED): the event cancel (or
 * NULL) was set; MF_E_END_OF_STREAM; MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED: the camera was
 * stopped; MFVCAM_E_READER_BUSY. timeout: milliseconds, or INFINITE.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_read_sample(mfvcam_handle reader, UINT32 timeout,
                                                  HANDLE cancel, void* buffer, UINT32 capacity,
                                                  mfvcam_sample* sample);

/*
 * Ends reads under way, drains the reader (two seconds at most), shuts the media source down and
 * releases the reader's handle.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_close_reader(mfvcam_handle reader);

/* ---- mfvcam's own media source, mfvcam-source.dll ---- */

/* {85C66A41-1204-4B25-944C-A615B61808B2} */
#define MFVCAM_SOURCE_CLSID \
    {0x85C66A41, 0x1204, 0x4B25, {0x94, 0x4C, 0xA6, 0x15, 0xB6, 0x18, 0x08, 0xB2}}

/* {BD137F9A-FBC9-4DB3-802D-5FCBEAD8B048}: its events, for mfvcam_create_sync_event */
#define MFVCAM_EVENT_SET \
    {0xBD137F9A, 0xFBC9, 0x4DB3, {0x80, 0x2D, 0x5F, 0xCB, 0xEA, 0xD8, 0xB0, 0x48}}
#define MFVCAM_EVENT_PING 0 /* within 100 ms of being enabled, then every second until disabled */
#define MFVCAM_EVENT_FRAME_REQUESTED 1 /* a consumer asked for a frame */
#define MFVCAM_EVENT_FRAME_DELIVERED 2 /* a frame was handed to the consumer's pipeline */
#define MFVCAM_EVENT_STREAM_STARTED 3  /* a stream began to run */
#define MFVCAM_EVENT_STREAM_STOPPED 4  /* a stream stopped */
#define MFVCAM_EVENT_FORMAT_CHANGED 5  /* a stream started with another media type than before */
#define MFVCAM_EVENT_COUNT 6

/* {E3C45BC4-8FE5-4F22-ABFE-A3B003E63AC1}: its properties, for mfvcam_send_camera_property */
#define MFVCAM_PROPERTY_SET \
    {0xE3C45BC4, 0x8FE5, 0x4F22, {0xAB, 0xFE, 0xA3, 0xB0, 0x03, 0xE6, 0x3A, 0xC1}}
#define MFVCAM_PROPERTY_COUNTERS 1 /* GET: mfvcam_source_counters, 120 bytes */

typedef struct mfvcam_source_counters {
    UINT32 size;                        /* of this structure, bytes */
    UINT32 event_count;                 /* MFVCAM_EVENT_COUNT */
    UINT64 requests;                    /* frames asked for */
    UINT64 deliveries;                  /* frames delivered */
    UINT64 signals[MFVCAM_EVENT_COUNT]; /* by event id: how many times a registered event was
                                           signalled */
    INT64 last_signal_time[MFVCAM_EVENT_COUNT]; /* by event id: taken just before the last signal
                                                   (mfvcam_system_time), or 0 */
} mfvcam_source_counters;

#ifdef __cplusplus
}
#endif

#endif
