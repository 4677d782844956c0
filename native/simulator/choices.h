// What the simulator answers where the documents are silent; where more than one answer would
// change what a program does, switches.h has them to choose from. Every name here is our choice and
// no statement about Windows: code that works only with one of these values rests on a guess. The
// section after each dash is that of the project's API reference whose page is silent; in brackets,
// what the page does say.
#pragma once

#include <windows.h>

#include <mferror.h>

namespace mfvcam::simulator::choices {

// ---- Codes ----

// Text of sourceId that is no class id in braces - MFCreateVirtualCamera [E_INVALIDARG: a bad
// parameter]. COM itself would say CO_E_CLASSSTRING.
inline constexpr HRESULT kBadClassIdText = E_INVALIDARG;
// An empty friendly name - MFCreateVirtualCamera [not null].
inline constexpr HRESULT kEmptyFriendlyName = E_INVALIDARG;
// More categories than anybody has - MFCreateVirtualCamera.
inline constexpr ULONG kMostCategories = 64;
inline constexpr HRESULT kTooManyCategories = E_INVALIDARG;
// A camera type that does not exist - MFIsVirtualCameraTypeSupported [E_INVALIDARG, of what
// unsaid].
inline constexpr HRESULT kUnknownTypeAsked = E_INVALIDARG;
// DEVPROP types above those known, sizes of 0 - AddProperty [E_INVALIDARG, of what unsaid].
inline constexpr HRESULT kBadDeviceProperty = E_INVALIDARG;
// REG_ types above those known, data missing - AddRegistryEntry [E_INVALIDARG, of what unsaid].
inline constexpr HRESULT kBadRegistryEntry = E_INVALIDARG;
// Flags that are not exactly one of the supported - CreateSyncEvent, CreateSyncSemaphore,
// SendCameraProperty [the supported ones].
inline constexpr HRESULT kUnsupportedFlags = E_INVALIDARG;
// A null, invalid or foreign HANDLE - CreateSyncEvent, CreateSyncSemaphore. What kind of object a
// handle names is left to the media source.
inline constexpr HRESULT kBadHandle = E_HANDLE;
// A null GUID pointer - CreateSyncEvent, CreateSyncSemaphore, SendCameraProperty.
inline constexpr HRESULT kNullSet = E_INVALIDARG;
// An adjustment of 0 or less - CreateSyncSemaphore [ReleaseSemaphore rejects it].
inline constexpr HRESULT kBadAdjustment = E_INVALIDARG;
// A null buffer with a length, or more payload than 32 bits hold, or a request that reaches the
// host with less than a KSPROPERTY - SendCameraProperty.
inline constexpr HRESULT kBadBuffer = E_INVALIDARG;
// dataWritten, mediaSource or cameraSyncObject null - their methods [required].
inline constexpr HRESULT kNullOutPointer = E_POINTER;
// The media source has no IKsControl - SendCameraProperty, CreateSyncEvent.
inline constexpr HRESULT kNoKsControl = E_NOTIMPL;
// The media source reports success without handing out the object - Start.
inline constexpr HRESULT kNoObject = E_UNEXPECTED;
// Every method of the camera after its Shutdown, a second Shutdown and IMFAttributes included -
// IMFVirtualCamera::Shutdown [documented for the objects made by it].
inline constexpr HRESULT kCameraShutDown = MF_E_SHUTDOWN;
// Start of a client source with another media type than the one its stream runs with for others -
// GetMediaSource [shared].
inline constexpr HRESULT kAnotherTypeRuns = MF_E_INVALIDMEDIATYPE;
// A media source that does not say within ten seconds that it has started or stopped - Start, Stop
// of a client source.
inline constexpr HRESULT kSourceTooSlow = HRESULT_FROM_WIN32(ERROR_TIMEOUT);
// A Frame Server that cannot be joined for twenty seconds - MFCreateVirtualCamera, Start.
inline constexpr HRESULT kNoFrameServer = HRESULT_FROM_WIN32(ERROR_TIMEOUT);
// The monitor is gone - Start while that happens and, with ksevent-instance=monitor, all that asks
// the media source until the next Start after a Stop.
inline constexpr HRESULT kMonitorDied = HRESULT_FROM_WIN32(ERROR_PROCESS_ABORTED);
// More than 128 MB on its way to the Frame Server or from it: the attributes at Start, the payload
// of SendCameraProperty, what a media source says of itself at GetMediaSource.
inline constexpr HRESULT kMessageTooLong = HRESULT_FROM_WIN32(ERROR_MESSAGE_EXCEEDS_MAX_SIZE);
// What the Frame Server waits for a program that does not listen, in ms.
inline constexpr DWORD kProgramPatience = 20'000;
// More data than this, in bytes - SendCameraProperty.
inline constexpr ULONG kMostPropertyData = 64U * 1024 * 1024;
inline constexpr HRESULT kTooMuchPropertyData = E_OUTOFMEMORY;

// ---- Behaviour ----
//
// MFCreateVirtualCamera
// - The class id is looked up by Start. COM and Media Foundation are the caller's to initialise;
//   what their absence gives comes through.
// - Parameters are the same if type, lifetime, access, class id and set of categories are equal
//   (order and repetition aside; null equals the three default ones) and the names are equal letter
//   for letter. Programs of one user with one MFVCAM_SIMULATOR_SERVER share their cameras. Each
//   user has a Frame Server of his own, in which his cameras for all users are, too: no other user
//   sees them. Under Wine there is one user. In-process, only the process is looked at.
// - A non-null categories with count 0 is the default set.
// - An object made with the parameters of a started camera is valid at once.
// - A Session camera ends with the last object that has opened it, in whatever program: by its
//   Shutdown, its last Release, or the end of its process. A System one stays, its media source
//   active, until Remove; a Frame Server that starts anew brings it back as it was, with the
//   attributes of the last Start; who asks for it meanwhile waits, and nobody else does.
//   In-process, until Remove or the end of the process.
// AddDeviceSourceInfo, AddProperty, AddRegistryEntry
// - Checked, and then without effect. A registry entry may
//   have an empty name, no subkey, and no data.
// Start
// - The attributes of the object whose Start activates the media source are the ones it sees.
// - The symbolic link begins with \\?\mfvcam-simulator# and is equal for equal parameters.
// - Each Start with a callback registers it once more, and each registration has a serial work
//   queue of its own. GetParameters of a callback is not asked. Its order is that of the events.
// - After Shutdown of the camera no new call of its callbacks begins; one may still be running.
// Stop, Remove
// - The media source is shut down, and all callbacks are told PIPELINE_SHUTDOWN. Start activates
//   it anew.
// - Stop of a stopped camera succeeds. After Remove the object is configuration again.
// - Sync objects made before never signal again, and waits on them go on.
// Extended events
// - SOURCE_INITIALIZE and SOURCE_UNINITIALIZE: one pair for each client source. SOURCE_START and
//   SOURCE_STOP: the first successful Start of a client source, and its end. PIPELINE_SHUTDOWN: as
//   above. CUSTOM_EVENT: as the media source queues it. MEError:
//   as the media source queues it, or when its event queue is shut down by anybody but us; the
//   camera then stays as it is, and what the dead source answers comes through, until Stop.
// The Frame Server's death
// - Start callbacks are told MEError with 0x800706BE, and are not called any more. Calls of camera
//   objects that had opened a camera answer that code until their next Start; client sources
//   answer MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED, as after Stop.
// - A program that leaves what it is told, or an answer, for twenty seconds where it is - it is
//   suspended, say - is let go as if it had died, and nobody else waits for it. When it goes on,
//   the Frame Server has died for it. Who is told nothing may sleep as long as he likes.
// GetMediaSource
// - Each call gives another client of the one instance of the media source, with event queues of
//   its own. Its Shutdown stops what it started and nothing else. A sample goes to all who have
//   asked for one; the source is asked once for all. Who starts a stream that runs for another gets
//   its media type or none.
// - Values of events and attributes that are objects do not pass. Frames pass by shared memory.
// - After Stop and Remove the client answers MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED and its queues
//   hold an MEError that says so.
// CreateSyncEvent, CreateSyncSemaphore
// - KSEVENTDATA names a duplicate of the caller's HANDLE in the source's process, which is closed
//   when KsEvent returns; the disable form has the same KSEVENTDATA at the same address. In-process
//   it is the caller's HANDLE as it is.
// - A program that dies has its registrations disabled.
// - Any number of sync objects on one event, or on one HANDLE.
// IMFCameraSyncObject
// - It waits on a duplicate of the caller's HANDLE. A signal goes before the Shutdown that comes
//   with it. Timeout 0 polls.
// - Shutdown sends the disable form unless the camera has dropped the media source, or the flags
//   were ONESHOT and a WaitOnSignal here has succeeded: only then can it be known that it fired.
// - A second Shutdown does nothing, also while the first is still busy. Release without Shutdown
//   shuts down.

}  // namespace mfvcam::simulator::choices
