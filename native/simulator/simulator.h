/*
 * What the simulator's mfsensorgroup.dll exports beside Windows' own two functions, for tests: take
 * it by GetProcAddress. Any thread, any time but DllMain.
 */
#ifndef MFVCAM_SIMULATOR_H
#define MFVCAM_SIMULATOR_H

#include <windows.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Sets a switch of the table in README.md; calls that begin after this go by it. E_INVALIDARG: no
 * such switch, or it has no such value; E_POINTER.
 */
HRESULT __cdecl mfvcam_simulator_set_switch(const char* name, const char* value);

/* How a switch stands: a static text. E_INVALIDARG: no such switch; E_POINTER. */
HRESULT __cdecl mfvcam_simulator_get_switch(const char* name, const char** value);

/*
 * Since the DLL was loaded. Shutdowns are calls of Shutdown by the program: each one, also on an
 * object that was shut down before, and none of the simulator's own.
 */
typedef struct mfvcam_simulator_counters {
    UINT32 cameras_created; /* IMFVirtualCamera objects handed out */
    UINT32 camera_shutdowns;
    UINT32 cameras_released; /* by the last reference */
    UINT32 sync_objects_created;
    UINT32 sync_object_shutdowns;
    UINT32 sync_objects_released;
} mfvcam_simulator_counters;

HRESULT __cdecl mfvcam_simulator_get_counters(mfvcam_simulator_counters* counters);

/*
 * For programs that cannot call a DLL: a GET of these properties, but for FAULT, on any camera
 * (IMFVirtualCamera::SendCameraProperty), started or not. The media source does not hear of it.
 * {5B1D5C56-3C3B-4D0B-9C3E-5B1A4E0E4C68}
 */
#define MFVCAM_SIMULATOR_PROPERTY_SET \
    {0x5B1D5C56, 0x3C3B, 0x4D0B, {0x9C, 0x3E, 0x5B, 0x1A, 0x4E, 0x0E, 0x4C, 0x68}}
/* mfvcam_simulator_counters */
#define MFVCAM_SIMULATOR_PROPERTY_COUNTERS 1
/* UINT32: how many handles this process has open, as the system counts them; 0: it does not tell.
 */
#define MFVCAM_SIMULATOR_PROPERTY_PROCESS_HANDLES 2
/* UINT32: the id of the process that hosts the media sources. */
#define MFVCAM_SIMULATOR_PROPERTY_HOST_PROCESS 3
/*
 * SET of a UINT32: one of these happens at once. With in-process hosting E_NOTIMPL, but for the
 * first; that one needs a started camera.
 */
#define MFVCAM_SIMULATOR_PROPERTY_FAULT 4
#define MFVCAM_SIMULATOR_FAULT_SOURCE_INVALIDATED 1 /* this camera's media source dies */
#define MFVCAM_SIMULATOR_FAULT_HOST_DIES 2          /* and every camera with it */
#define MFVCAM_SIMULATOR_FAULT_HOST_RESTARTS 3      /* dies, and another is there */
/* UINT32: the id of the process that monitors this camera; 0: it is not started, or in-process. */
#define MFVCAM_SIMULATOR_PROPERTY_MONITOR_PROCESS 5

#ifdef __cplusplus
}
#endif

#endif
