/*
 * mfvcam.h - the flat C API of mfvcam.dll: Windows 11 virtual cameras and their kernel-streaming
 * events.
 *
 * Every function may be called from any thread, in any apartment, at any time except from DllMain.
 * A caller's thread is never CoInitialized: calls made from a single-threaded apartment run on a
 * thread of mfvcam's own while the caller waits.
 *
 * Results are HRESULTs. Codes of Windows, the Frame Server and the camera's media source come
 * through unchanged; the few of our own are MFVCAM_E_* below. Common to all functions:
 *
 * - E_HANDLE: the mfvcam_handle is not, or no longer, one of ours, or of another kind than the
 *   function wants.
 * - E_POINTER: a required pointer is NULL.
 * - MF_E_SHUTDOWN: the object, or the camera it came from, has been shut down.
 *
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
 * mfvcam_release; a watch's by mfvcam_cancel_watch and a reader's by mfvcam_close_reader as well.
 *
 * It belongs to the copy of mfvcam.dll that made it. A process may have several, from different
 * files; each numbers its objects from a place of its own, so that another's handle is as good as
 * stale. What they share is a camera's COM object: mfvcam_get_com_pointer, mfvcam_from_native.
 */
typedef UINT64 mfvcam_handle;

/* ---- Codes of our own (customer bit set, FACILITY_ITF) ---- */

/* A wait on the event handle after a WaitOnSignal on the same event, or the other way round.
 * Windows forbids both. */
#define MFVCAM_E_WAIT_MIXED ((HRESULT)0xA0040201L)
/* The camera service, or the camera's media source, has died or was removed. What was made of the
 * camera has ended for good; the camera is there again once mfvcam_start succeeds. */
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
/* A ONESHOT event comes once, and a wait on this sync object has had it: create another. */
#define MFVCAM_E_SPENT ((HRESULT)0xA0040208L)

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

/*
 * The machine's own architecture, whatever this process is built for: IMAGE_FILE_MACHINE_AMD64,
 * _ARM64 or _I386 (IsWow64Process2). The camera services are built for it, and so must be a media
 * source that they load. IMAGE_FILE_MACHINE_UNKNOWN for one that has no such constant here.
 */
MFVCAM_API UINT32 MFVCAM_CALL mfvcam_native_machine(void);

/* Live objects: what a program that has closed everything finds at 0. */
typedef struct mfvcam_ledger {
    UINT32 cameras;       /* IMFVirtualCamera references held */
    UINT32 sync_objects;  /* IMFCameraSyncObject references held */
    UINT32 media_sources; /* IMFMediaSource references held */
    UINT32 readers;       /* sample readers not yet drained and released */
    UINT32 watches;       /* watches not yet cancelled, even if ended */
    UINT32 queues;        /* notification queues */
    UINT32 handles;       /* kernel handles of mfvcam's own */
    UINT32 calls;         /* calls inside mfvcam that use an object right now */
} mfvcam_ledger;

/* Counts what this copy of mfvcam.dll has alive, each number at its own moment. */
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

/* ---- Plain COM ---- */

/*
 * The COM object behind a camera (IMFVirtualCamera), sync object (IMFCameraSyncObject) or media
 * source (IMFMediaSource), for code with bindings of its own. A reference is added, which the
 * caller releases. The object stays mfvcam's to shut down: with the camera or the handle it ends
 * for everybody. Free-threaded; calls from a single-threaded apartment are the caller's affair.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_com_pointer(mfvcam_handle object, void** pointer);

/* IUnknown::Release, for callers without COM calls of their own. Not of a pointer that is gone. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_release_com_pointer(void* pointer);

/* mfvcam_from_native: the camera handle gets a reference of its own; without it, it takes over the
 * caller's, if it succeeds. */
#define MFVCAM_ADD_REFERENCE 0x1u

/*
 * A handle for an IMFVirtualCamera that other code has made. Only here can a wrong number do harm:
 * pointer is called as a COM object. E_NOINTERFACE: it is another one. mfvcam hears of the camera's
 * death after a successful mfvcam_start of this handle only; closing it calls Shutdown as always.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_from_native(void* pointer, UINT32 flags,
                                                  mfvcam_handle* camera);

/* ---- Camera (IMFVirtualCamera) ---- */

/* mfvcam_create_virtual_camera: make the camera even though this process has a live one with equal
 * parameters. */
#define MFVCAM_CREATE_ALLOW_SAME 0x1u

/* mfvcam_create_virtual_camera: the most categories it takes. */
#define MFVCAM_MOST_CATEGORIES 64u

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
 * IMFVirtualCamera::AddDeviceSourceInfo: the camera needs exclusive control of the physical camera
 * with this symbolic link. Before mfvcam_start; may be repeated. E_INVALIDARG: an empty text.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_add_device_source_info(mfvcam_handle camera,
                                                             const wchar_t* symbolic_link);

/*
 * IMFVirtualCamera::AddProperty: a property of the device interface, named by a DEVPROPKEY (format
 * and id). type: DEVPROP_TYPE_*, any but EMPTY and NULL. data: size bytes, 1 at least; a string's
 * include its terminator. Before mfvcam_start. E_INVALIDARG; E_ACCESSDENIED: administrators only,
 * and not from a packaged program.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_add_property(mfvcam_handle camera, const GUID* format,
                                                   UINT32 id, UINT32 type, const void* data,
                                                   UINT32 size);

/*
 * IMFVirtualCamera::AddRegistryEntry: a value under the registry key of the device interface.
 * subkey: NULL for the key itself. type: REG_*, any but REG_NONE. data: size bytes; texts include
 * their terminator. Before mfvcam_start. E_INVALIDARG; E_ACCESSDENIED as mfvcam_add_property.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_add_registry_entry(mfvcam_handle camera, const wchar_t* name,
                                                         const wchar_t* subkey, UINT32 type,
                                                         const void* data, UINT32 size);

/*
 * IMFVirtualCamera::Start, with a callback of mfvcam's own that notices the death of the camera.
 * May take seconds. E_ACCESSDENIED: the camera services cannot read the media source's DLL;
 * REGDB_E_CLASSNOTREG: it is not registered in HKLM. A camera that was removed, or lost, is there
 * again if it succeeds; what had ended with it stays ended.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_start(mfvcam_handle camera);
/* IMFVirtualCamera::Stop: the camera stays known to Windows, disabled. Sync objects live on, and
 * are registered again by the next mfvcam_start; readers end. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_stop(mfvcam_handle camera);
/* IMFVirtualCamera::Remove: the camera is uninstalled. Its sync objects, readers and watches end
 * with MFVCAM_E_CAMERA_LOST, and new ones but watches of the camera are refused with it until
 * mfvcam_start succeeds. Start, stop and remove of one camera come one after the other, whoever
 * calls them. Separate from shutdown; neither calls the other. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_remove(mfvcam_handle camera);

/* IMFVirtualCamera::GetMediaSource, after Start: a shared-client source for preview. It ends with
 * the camera. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_media_source(mfvcam_handle camera, mfvcam_handle* source);

/*
 * IMFVirtualCamera::SendCameraProperty: IKsControl::KsProperty on the media source. flags:
 * KSPROPERTY_TYPE_GET 1, SET 2, BASICSUPPORT 0x200 or DEFAULTVALUES 0x10000. payload follows the
 * KSPROPERTY, data is the property's value (in or out); both may be NULL with length 0, lengths in
 * bytes. written: bytes of data written, data_length at most; with ERROR_MORE_DATA (no data buffer)
 * and ERROR_INSUFFICIENT_BUFFER it is set as well, to the bytes needed.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_send_camera_property(mfvcam_handle camera, const GUID* set,
                                                           UINT32 id, UINT32 flags, void* payload,
                                                           UINT32 payload_length, void* data,
                                                           UINT32 data_length, UINT32* written);

/* ---- Attributes (the IMFAttributes that IMFVirtualCamera is) ---- */

/*
 * The camera's attribute store. What is set before mfvcam_start reaches the media source; after it
 * the store also holds the camera's symbolic link and friendly name
 * (MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE_VIDCAP_SYMBOLIC_LINK, MF_DEVSOURCE_ATTRIBUTE_FRIENDLY_NAME).
 * Common to all: MF_E_ATTRIBUTENOTFOUND there is no such key; MF_E_INVALIDTYPE its value is of
 * another type; HRESULT_FROM_WIN32(ERROR_INVALID_DATA) the store says that it has 2 GB of it, or
 * more. Values of type IUnknown can be seen (mfvcam_get_item_type) and deleted, not read
 * or written. LockStore is not offered: a lock that belongs to a thread does not survive the change
 * of threads that single-threaded callers need.
 */

/* MF_ATTRIBUTE_TYPE, IMFAttributes::GetItemType */
#define MFVCAM_ATTRIBUTE_UINT32 19u
#define MFVCAM_ATTRIBUTE_UINT64 21u
#define MFVCAM_ATTRIBUTE_DOUBLE 5u
#define MFVCAM_ATTRIBUTE_GUID 72u
#define MFVCAM_ATTRIBUTE_STRING 31u
#define MFVCAM_ATTRIBUTE_BLOB 0x1011u
#define MFVCAM_ATTRIBUTE_IUNKNOWN 13u

/* IMFAttributes::GetItemType. type: MFVCAM_ATTRIBUTE_*. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_item_type(mfvcam_handle camera, const GUID* key,
                                                    UINT32* type);
/* IMFAttributes::GetUINT32. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_uint32(mfvcam_handle camera, const GUID* key,
                                                 UINT32* value);
/* IMFAttributes::GetUINT64. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_uint64(mfvcam_handle camera, const GUID* key,
                                                 UINT64* value);
/* IMFAttributes::GetDouble. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_double(mfvcam_handle camera, const GUID* key,
                                                 double* value);
/* IMFAttributes::GetGUID. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_guid(mfvcam_handle camera, const GUID* key, GUID* value);
/*
 * IMFAttributes::GetString: the text with its terminator. capacity: characters (of 16 bits) that
 * buffer holds, terminator included; 0 with buffer NULL asks for the length. length: characters
 * without the terminator; also set with ERROR_INSUFFICIENT_BUFFER, when buffer is left as it was.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_string(mfvcam_handle camera, const GUID* key,
                                                 wchar_t* buffer, UINT32 capacity, UINT32* length);
/* IMFAttributes::GetBlob. capacity: bytes; 0 with buffer NULL asks for the size. size: bytes of the
 * value; also set with ERROR_INSUFFICIENT_BUFFER, when buffer is left as it was. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_blob(mfvcam_handle camera, const GUID* key, void* buffer,
                                               UINT32 capacity, UINT32* size);

/* IMFAttributes::SetUINT32; whatever type the value had before. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_set_uint32(mfvcam_handle camera, const GUID* key,
                                                 UINT32 value);
/* IMFAttributes::SetUINT64; whatever type the value had before. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_set_uint64(mfvcam_handle camera, const GUID* key,
                                                 UINT64 value);
/* IMFAttributes::SetDouble; whatever type the value had before. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_set_double(mfvcam_handle camera, const GUID* key,
                                                 double value);
/* IMFAttributes::SetGUID; whatever type the value had before. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_set_guid(mfvcam_handle camera, const GUID* key,
                                               const GUID* value);
/* IMFAttributes::SetString: a copy of the text. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_set_string(mfvcam_handle camera, const GUID* key,
                                                 const wchar_t* value);
/* IMFAttributes::SetBlob: a copy of size bytes; value may be NULL with size 0. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_set_blob(mfvcam_handle camera, const GUID* key,
                                               const void* value, UINT32 size);

/* IMFAttributes::DeleteItem. S_OK also if there is no such key. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_delete_item(mfvcam_handle camera, const GUID* key);
/* IMFAttributes::DeleteAllItems. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_delete_all_items(mfvcam_handle camera);

/*
 * The keys of the store as of one moment (GetCount and GetItemByIndex under LockStore), in no
 * particular order. capacity: GUIDs that keys holds; may be 0 with keys NULL. count: of the keys
 * there are; also set with ERROR_INSUFFICIENT_BUFFER, when the first capacity keys are given.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_get_keys(mfvcam_handle camera, GUID* keys, UINT32 capacity,
                                               UINT32* count);

/* IMFAttributes::Compare. match: MF_ATTRIBUTES_MATCH_TYPE, 0 to 4, else E_INVALIDARG. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_compare(mfvcam_handle camera, mfvcam_handle other,
                                              UINT32 match, BOOL* result);
/*
 * IMFAttributes::CompareItem: whether the value of key equals this one. type: MFVCAM_ATTRIBUTE_*,
 * any but IUNKNOWN, else E_INVALIDARG. value: size bytes; a string's may leave its terminator out,
 * and has no character 0 before (E_INVALIDARG). *result is FALSE if there is no such key.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_compare_item(mfvcam_handle camera, const GUID* key,
                                                   UINT32 type, const void* value, UINT32 size,
                                                   BOOL* result);
/* IMFAttributes::CopyAllItems: what destination held before is deleted. Nothing happens if both are
 * the same camera. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_copy_all_items(mfvcam_handle camera,
                                                     mfvcam_handle destination);

/* ---- Sync object (IMFCameraSyncObject) ---- */

/*
 * IMFVirtualCamera::CreateSyncEvent. flags: KSEVENT_TYPE_ENABLE 1 or KSEVENT_TYPE_ONESHOT 2, else
 * E_INVALIDARG. event: an event of the caller's, with EVENT_MODIFY_STATE and SYNCHRONIZE access; it
 * stays the caller's, who may close it at any time: mfvcam hands the camera, and waits on, a
 * duplicate. Whether it is a manual-reset event, which watches need to know, is asked with
 * EVENT_QUERY_STATE access; one whose owner grants that to nobody is taken for an auto-reset event.
 * E_HANDLE: it is not an event of this process. HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND):
 * the media source has no such event.
 *
 * When the camera is started again after mfvcam_stop, or another instance of its source hears of
 * events, mfvcam registers the event with that, so that a signal of that moment may be lost; with
 * another source than mfvcam's own, which does not tell its instances apart, whenever a program
 * opens or closes the camera's source. Where Windows takes no registration while no program has it
 * open, mfvcam opens it for as long as the sync object lives. A ONESHOT is left alone once an
 * mfvcam_await or mfvcam_wait_on_signal on this sync object has returned S_OK, or a watch has
 * consumed its signal, taken or not. One that has fired without being waited for is registered
 * again, and can then signal a second time: that the event is set does not say who set it, so it
 * cannot be told from one that is still to fire.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_create_sync_event(mfvcam_handle camera, const GUID* set,
                                                        UINT32 id, UINT32 flags, HANDLE event,
                                                        mfvcam_handle* sync_object);

/*
 * IMFVirtualCamera::CreateSyncSemaphore: as mfvcam_create_sync_event, with a semaphore, which the
 * camera releases by adjustment (1 or more, else E_INVALIDARG) each time: it counts the signals
 * that an auto-reset event would take for one. A ONESHOT releases it by adjustment once, and is
 * spent with the last of these counts. semaphore: with SEMAPHORE_MODIFY_STATE and
 * SYNCHRONIZE access; E_HANDLE: it is not a semaphore of this process.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_create_sync_semaphore(mfvcam_handle camera, const GUID* set,
                                                            UINT32 id, UINT32 flags,
                                                            HANDLE semaphore, INT32 adjustment,
                                                            mfvcam_handle* sync_object);

/*
 * IMFCameraSyncObject::WaitOnSignal; called again, for the time that is left, if the event or
 * semaphore is registered anew meanwhile. S_OK: signalled; S_FALSE: timed out (every code Windows
 * may mean by that). timeout: milliseconds, INFINITE to wait without end. Whether anything but the
 * signal ends the call is undocumented, so it may outlast mfvcam_release; prefer short timeouts in
 * a loop. MFVCAM_E_WAIT_MIXED after a mfvcam_await on this event (events are told apart by the
 * HANDLE they were given as; a duplicate of it is taken for another), unless it has ended.
 * MFVCAM_E_SPENT: a ONESHOT that was waited for before.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_wait_on_signal(mfvcam_handle sync_object, UINT32 timeout);

/*
 * Waits on the event itself. S_OK: signalled (an auto-reset event is consumed); S_FALSE: timed out,
 * never early; HRESULT_FROM_WIN32(ERROR_CANCELLED): the event cancel (or NULL) was set;
 * MF_E_SHUTDOWN: shut down or released meanwhile; MFVCAM_E_CAMERA_LOST; MFVCAM_E_SPENT: a ONESHOT
 * that was waited for before, or meanwhile by another thread. A signal goes before all of these but
 * MFVCAM_E_SPENT from before. timeout: milliseconds, or INFINITE. MFVCAM_E_WAIT_MIXED after a
 * mfvcam_wait_on_signal on this event. cancel must stay open during the call.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_await(mfvcam_handle sync_object, UINT32 timeout,
                                            HANDLE cancel);

/* ---- Notifications: many waits, few threads ---- */

/*
 * A queue collects what watches have to tell, and whoever calls mfvcam_take gets it, in order of
 * arrival. No thread of mfvcam's ever calls into the program.
 */
typedef struct mfvcam_notification {
    UINT64 tag;         /* what the watch was made with */
    UINT32 kind;        /* MFVCAM_SIGNALLED, MFVCAM_CAMERA_EVENT or MFVCAM_WATCH_ENDED */
    HRESULT status;     /* of the event; why the watch ended */
    GUID extended_type; /* MF_FRAMESERVER_VCAMEVENT_EXTENDED_*, or zeros for an MEError */
    INT64 time;         /* mfvcam_system_time when it arrived */
} mfvcam_notification;

/* A sync object's event or semaphore was signalled, and consumed by this. The watch rests until
 * mfvcam_rearm. */
#define MFVCAM_SIGNALLED 1u
/* The camera told its Start callback of an MEExtendedType or MEError. */
#define MFVCAM_CAMERA_EVENT 2u
/* The last of a watch: its sync object or camera was shut down, released (MF_E_SHUTDOWN) or lost
 * (MFVCAM_E_CAMERA_LOST), or has nothing more to tell (MFVCAM_E_SPENT); its event could not be
 * registered again (the code of that); or there was no memory to tell more (E_OUTOFMEMORY). */
#define MFVCAM_WATCH_ENDED 3u

/* A new, empty queue. Given back by mfvcam_release, which ends mfvcam_take with MF_E_SHUTDOWN.
 * Nobody hears of its watches from then on: signals that they consume, or that nobody has taken,
 * are given back as by mfvcam_cancel_watch. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_create_queue(mfvcam_handle* queue);

/*
 * Takes up to capacity (1 or more, else E_INVALIDARG) notifications, waiting for the first. S_OK:
 * *count were taken; S_FALSE: timed out, never early; HRESULT_FROM_WIN32(ERROR_CANCELLED): the
 * event cancel (or NULL) was set; MF_E_SHUTDOWN: the queue was released. timeout: milliseconds, or
 * INFINITE.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_take(mfvcam_handle queue, UINT32 timeout, HANDLE cancel,
                                           mfvcam_notification* notifications, UINT32 capacity,
                                           UINT32* count);

/*
 * Watches a sync object's event or semaphore on a few threads of mfvcam's own: one
 * MFVCAM_SIGNALLED, then it rests until mfvcam_rearm. Registering and cancelling cost the same
 * however many there are. It counts as a wait on the handle (MFVCAM_E_WAIT_MIXED).
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_watch_signal(mfvcam_handle sync_object, mfvcam_handle queue,
                                                   UINT64 tag, mfvcam_handle* watch);
/* Watches on after a MFVCAM_SIGNALLED that was taken; else without effect. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_rearm(mfvcam_handle watch);
/* Watches a camera's events, whichever program or call of mfvcam_start raised them, until
 * cancelled. */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_watch_camera(mfvcam_handle camera, mfvcam_handle queue,
                                                   UINT64 tag, mfvcam_handle* watch);
/*
 * Ends a watch and gives its handle back; what it had queued is dropped, and a signal among that is
 * given back to the event or semaphore (as far as it is not a manual-reset event, which keeps its
 * signals anyway). S_FALSE: a MFVCAM_SIGNALLED of it was taken, and not rearmed.
 */
MFVCAM_API HRESULT MFVCAM_CALL mfvcam_cancel_watch(mfvcam_handle watch);

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
#define MFVCAM_PROPERTY_COUNTERS 1 /* GET: mfvcam_source_counters, 128 bytes */

typedef struct mfvcam_source_counters {
    UINT32 size;                        /* of this structure, bytes */
    UINT32 event_count;                 /* MFVCAM_EVENT_COUNT */
    UINT64 requests;                    /* frames asked for */
    UINT64 deliveries;                  /* frames delivered */
    UINT64 signals[MFVCAM_EVENT_COUNT]; /* by event id: how many times a registered event was
                                           signalled */
    INT64 last_signal_time[MFVCAM_EVENT_COUNT]; /* by event id: taken just before the last signal
                                                   (mfvcam_system_time), or 0 */
    UINT32 process_id;                          /* of the process in which the media source lives */
    UINT32 instance; /* of the media sources that this process has made, the one that answers; a
                        camera may have several, and each has registrations of its own */
} mfvcam_source_counters;

#ifdef __cplusplus
}
#endif

#endif
