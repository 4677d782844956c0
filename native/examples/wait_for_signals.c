/*
 * Opens a camera on mfvcam's own media source, sleeps until it has signalled three times, and
 * closes everything:
 *
 *     wait_for_signals [PROVIDER.DLL]
 *
 * PROVIDER.DLL, a full path, stands in for Windows' mfsensorgroup.dll; the simulator is one. The
 * media source is to be registered: regsvr32 mfvcam-source.dll. Ends with 0 if all went well.
 */
#include <mfvcam.h>
#include <shellapi.h>
#include <stdio.h>

#define SIGNALS 3
#define PATIENCE 20000 /* milliseconds */
#define KSEVENT_ENABLE 1

static const GUID source_id = MFVCAM_SOURCE_CLSID;
static const GUID event_set = MFVCAM_EVENT_SET;

/* Tells of a failure. */
static int failed(const char* call, HRESULT hr) {
    if (SUCCEEDED(hr)) {
        return 0;
    }
    fprintf(stderr, "%s: 0x%08lX\n", call, (unsigned long)hr);
    return 1;
}

static HRESULT wait_for_signals(mfvcam_handle sync_object) {
    HRESULT hr = S_OK;
    int count;
    for (count = 1; count <= SIGNALS && hr == S_OK; ++count) {
        hr = mfvcam_await(sync_object, PATIENCE, NULL);
        if (failed("mfvcam_await", hr)) {
            return hr;
        }
        printf(hr == S_OK ? "signal %d\n" : "no signal %d in time\n", count);
    }
    return hr == S_OK ? S_OK : E_FAIL;
}

static HRESULT use_camera(mfvcam_handle camera, HANDLE event) {
    mfvcam_handle sync_object;
    HRESULT hr = mfvcam_start(camera);
    if (failed("mfvcam_start", hr)) {
        return hr;
    }
    hr = mfvcam_create_sync_event(camera, &event_set, MFVCAM_EVENT_PING, KSEVENT_ENABLE, event,
                                  &sync_object);
    if (failed("mfvcam_create_sync_event", hr)) {
        return hr;
    }
    hr = wait_for_signals(sync_object);
    /* Shuts it down first. */
    mfvcam_release(sync_object);
    return hr;
}

static HRESULT open_camera(void) {
    mfvcam_handle camera;
    HANDLE event;
    HRESULT hr =
        mfvcam_create_virtual_camera(0, 0, 0, L"C example", &source_id, NULL, 0, 0, &camera);
    if (failed("mfvcam_create_virtual_camera", hr)) {
        return hr;
    }
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (event != NULL) {
        hr = use_camera(camera, event);
        CloseHandle(event);
    } else {
        hr = HRESULT_FROM_WIN32(GetLastError());
        failed("CreateEventW", hr);
    }
    if (failed("mfvcam_shutdown", mfvcam_shutdown(camera)) && SUCCEEDED(hr)) {
        hr = E_FAIL;
    }
    mfvcam_release(camera);
    return hr;
}

int main(void) {
    int count = 0;
    mfvcam_ledger left;
    WCHAR** arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    if (arguments != NULL && count > 1 &&
        failed("mfvcam_use_provider", mfvcam_use_provider(arguments[1]))) {
        return 1;
    }
    if (failed("mfvcam_is_supported", mfvcam_is_supported()) || FAILED(open_camera())) {
        return 1;
    }
    mfvcam_get_ledger(&left);
    printf("left alive: %u cameras, %u sync objects\n", left.cameras, left.sync_objects);
    return left.cameras == 0 && left.sync_objects == 0 ? 0 : 1;
}
