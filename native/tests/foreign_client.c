/*
 * A program that knows nothing of mfvcam: it has read Microsoft's documents, and calls through
 * vtables it has written down from them.
 *
 *     foreign_client PROVIDER.DLL {CLASS-ID} [SOURCE.DLL]
 *
 * PROVIDER.DLL exports MFCreateVirtualCamera. The media source of the class id must have mfvcam's
 * events and properties; SOURCE.DLL, if given, is where it is when it is not registered. Every
 * answer is printed as "call = 0x...". Ends with 0 if all are as documented; where the documents
 * give no code, any failure will do.
 */
#define COBJMACROS
#include <windows.h>

#include <mfapi.h>
#include <objbase.h>
#include <shellapi.h>
#include <stdio.h>
#include <string.h>

typedef struct SyncObject SyncObject;
typedef struct SyncObjectVtable {
    HRESULT(STDMETHODCALLTYPE* QueryInterface)(SyncObject*, const GUID*, void**);
    ULONG(STDMETHODCALLTYPE* AddRef)(SyncObject*);
    ULONG(STDMETHODCALLTYPE* Release)(SyncObject*);
    HRESULT(STDMETHODCALLTYPE* WaitOnSignal)(SyncObject*, DWORD);
    void(STDMETHODCALLTYPE* Shutdown)(SyncObject*);
} SyncObjectVtable;
struct SyncObject {
    const SyncObjectVtable* vtable;
};

typedef struct Camera Camera;
typedef struct CameraVtable {
    HRESULT(STDMETHODCALLTYPE* QueryInterface)(Camera*, const GUID*, void**);
    ULONG(STDMETHODCALLTYPE* AddRef)(Camera*);
    ULONG(STDMETHODCALLTYPE* Release)(Camera*);
    void* attributes3to11[9];
    HRESULT(STDMETHODCALLTYPE* GetString)(Camera*, const GUID*, WCHAR*, UINT32, UINT32*);
    void* attributes13to32[20];
    HRESULT(STDMETHODCALLTYPE* AddDeviceSourceInfo)(Camera*, const WCHAR*);
    HRESULT(STDMETHODCALLTYPE* AddProperty)(Camera*, const void*, ULONG, const BYTE*, ULONG);
    HRESULT(STDMETHODCALLTYPE* AddRegistryEntry)
    (Camera*, const WCHAR*, const WCHAR*, DWORD, const BYTE*, ULONG);
    HRESULT(STDMETHODCALLTYPE* Start)(Camera*, void*);
    HRESULT(STDMETHODCALLTYPE* Stop)(Camera*);
    HRESULT(STDMETHODCALLTYPE* Remove)(Camera*);
    HRESULT(STDMETHODCALLTYPE* GetMediaSource)(Camera*, IUnknown**);
    HRESULT(STDMETHODCALLTYPE* SendCameraProperty)
    (Camera*, const GUID*, ULONG, ULONG, void*, ULONG, void*, ULONG, ULONG*);
    HRESULT(STDMETHODCALLTYPE* CreateSyncEvent)
    (Camera*, const GUID*, ULONG, ULONG, HANDLE, SyncObject**);
    HRESULT(STDMETHODCALLTYPE* CreateSyncSemaphore)
    (Camera*, const GUID*, ULONG, ULONG, HANDLE, LONG, SyncObject**);
    HRESULT(STDMETHODCALLTYPE* Shutdown)(Camera*);
} CameraVtable;
struct Camera {
    const CameraVtable* vtable;
};

typedef HRESULT(STDAPICALLTYPE* CreateFunction)(int type, int lifetime, int access,
                                                const WCHAR* name, const WCHAR* sourceId,
                                                const GUID* categories, ULONG categoryCount,
                                                Camera** camera);
typedef HRESULT(STDAPICALLTYPE* SupportedFunction)(int type, BOOL* supported);
typedef HRESULT(STDAPICALLTYPE* ClassObjectFunction)(const GUID* clsid, const GUID* iid,
                                                     void** object);

static const GUID kEventSet = {
    0xBD137F9A, 0xFBC9, 0x4DB3, {0x80, 0x2D, 0x5F, 0xCB, 0xEA, 0xD8, 0xB0, 0x48}};
static const GUID kPropertySet = {
    0xE3C45BC4, 0x8FE5, 0x4F22, {0xAB, 0xFE, 0xA3, 0xB0, 0x03, 0xE6, 0x3A, 0xC1}};
static const GUID kNoSuchSet = {
    0x11111111, 0x2222, 0x3333, {0x44, 0x44, 0x55, 0x55, 0x66, 0x66, 0x77, 0x77}};
static const GUID kSymbolicLink = {
    0x58F0AAD8, 0x22BF, 0x4F8A, {0xBB, 0x3D, 0xD2, 0xC4, 0x97, 0x8C, 0x6E, 0x2F}};
static const GUID kVirtualCamera = {
    0x1C08A864, 0xEF6C, 0x4C75, {0xAF, 0x59, 0x5F, 0x2D, 0x68, 0xDA, 0x95, 0x63}};
static const GUID kCameraSyncObject = {
    0x6338B23A, 0x3042, 0x49D2, {0xA3, 0xEA, 0xEC, 0x0F, 0xED, 0x81, 0x54, 0x07}};

enum { PING = 0, COUNTERS = 1, ENABLE = 1, ONESHOT = 2, PROPERTY_GET = 1 };
enum { COUNTERS_SIZE = 128, SIGNALS_OF_PING_OFFSET = 24, PATIENCE = 20000 };

#define OK ((HRESULT)0)
#define POINTER ((HRESULT)0x80004003)
#define INVALID_ARGUMENT ((HRESULT)0x80070057)
#define SET_NOT_FOUND ((HRESULT)0x80070492)
#define MORE_DATA ((HRESULT)0x800700EA)
#define INSUFFICIENT_BUFFER ((HRESULT)0x8007007A)
#define SHUT_DOWN ((HRESULT)0xC00D3E85)
#define CLASS_NOT_REGISTERED ((HRESULT)0x80040154)
/* The documents forbid the call, but give no code. */
#define ANY_FAILURE ((HRESULT)1)

static int wrong = 0;

static HRESULT answer(const char* call, HRESULT actual, HRESULT expected) {
    const int right = expected == ANY_FAILURE ? FAILED(actual) : actual == expected;
    printf("%s = 0x%08lX%s\n", call, (unsigned long)actual, right ? "" : "   <- wrong");
    fflush(stdout);
    wrong += !right;
    return actual;
}

static void check(const char* what, int right) {
    printf("%s: %s\n", what, right ? "yes" : "NO");
    fflush(stdout);
    wrong += !right;
}

/* A function pointer out of a FARPROC, without a cast the compilers warn about. */
static int find(HMODULE module, const char* name, void* function) {
    FARPROC found = GetProcAddress(module, name);
    memcpy(function, &found, sizeof(found));
    return found != NULL;
}

static HRESULT provideSource(const WCHAR* path, const GUID* clsid) {
    ClassObjectFunction getClassObject = NULL;
    IUnknown* factory = NULL;
    DWORD cookie = 0;
    HRESULT hr;
    HMODULE module = LoadLibraryW(path);
    if (module == NULL || !find(module, "DllGetClassObject", &getClassObject)) {
        return HRESULT_FROM_WIN32(GetLastError());
    }
    hr = getClassObject(clsid, &IID_IClassFactory, (void**)&factory);
    if (SUCCEEDED(hr)) {
        hr = CoRegisterClassObject(clsid, factory, CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE,
                                   &cookie);
        IUnknown_Release(factory);
    }
    return hr;
}

static void badArguments(CreateFunction create, SupportedFunction supported, const WCHAR* classId) {
    Camera* camera = (Camera*)(UINT_PTR)1;
    BOOL yes = FALSE;
    answer("MFIsVirtualCameraTypeSupported", supported(0, &yes), OK);
    check("supported", yes != FALSE);
    answer("MFIsVirtualCameraTypeSupported(null)", supported(0, NULL), POINTER);
    answer("MFCreateVirtualCamera(no out pointer)",
           create(0, 0, 0, L"Foreign", classId, NULL, 0, NULL), POINTER);
    answer("MFCreateVirtualCamera(no name)", create(0, 0, 0, NULL, classId, NULL, 0, &camera),
           INVALID_ARGUMENT);
    check("result cleared", camera == NULL);
    answer("MFCreateVirtualCamera(no class id)",
           create(0, 0, 0, L"Foreign", NULL, NULL, 0, &camera), INVALID_ARGUMENT);
    answer("MFCreateVirtualCamera(class id text)",
           create(0, 0, 0, L"Foreign", L"not a class id", NULL, 0, &camera), INVALID_ARGUMENT);
    answer("MFCreateVirtualCamera(type)", create(1, 0, 0, L"Foreign", classId, NULL, 0, &camera),
           INVALID_ARGUMENT);
    answer("MFCreateVirtualCamera(categories)",
           create(0, 0, 0, L"Foreign", classId, NULL, 1, &camera), INVALID_ARGUMENT);
    if (SUCCEEDED(answer("MFCreateVirtualCamera(not registered)",
                         create(0, 0, 0, L"Foreign", L"{0B86D2A4-6D9E-4D1C-9A52-25A3D8F6C222}",
                                NULL, 0, &camera),
                         OK))) {
        answer("Start(not registered)", camera->vtable->Start(camera, NULL), CLASS_NOT_REGISTERED);
        check("released", camera->vtable->Release(camera) == 0);
    }
}

static void beforeStart(Camera* camera, HANDLE event) {
    IUnknown* source = (IUnknown*)(UINT_PTR)1;
    SyncObject* sync = (SyncObject*)(UINT_PTR)1;
    ULONG written = 1;
    answer("GetMediaSource(before Start)", camera->vtable->GetMediaSource(camera, &source),
           ANY_FAILURE);
    check("source cleared", source == NULL);
    answer("CreateSyncEvent(before Start)",
           camera->vtable->CreateSyncEvent(camera, &kEventSet, PING, ENABLE, event, &sync),
           ANY_FAILURE);
    check("sync object cleared", sync == NULL);
    answer("SendCameraProperty(before Start)",
           camera->vtable->SendCameraProperty(camera, &kPropertySet, COUNTERS, PROPERTY_GET, NULL,
                                              0, NULL, 0, &written),
           ANY_FAILURE);
}

static void badSyncEvents(Camera* camera, HANDLE event) {
    SyncObject* sync = (SyncObject*)(UINT_PTR)1;
    HANDLE semaphore = CreateSemaphoreW(NULL, 0, 10, NULL);
    answer(
        "CreateSyncEvent(flags 3)",
        camera->vtable->CreateSyncEvent(camera, &kEventSet, PING, ENABLE | ONESHOT, event, &sync),
        ANY_FAILURE);
    check("sync object cleared", sync == NULL);
    answer("CreateSyncEvent(flags 0)",
           camera->vtable->CreateSyncEvent(camera, &kEventSet, PING, 0, event, &sync), ANY_FAILURE);
    answer("CreateSyncEvent(null handle)",
           camera->vtable->CreateSyncEvent(camera, &kEventSet, PING, ENABLE, NULL, &sync),
           ANY_FAILURE);
    answer("CreateSyncEvent(no out pointer)",
           camera->vtable->CreateSyncEvent(camera, &kEventSet, PING, ENABLE, event, NULL),
           ANY_FAILURE);
    sync = (SyncObject*)(UINT_PTR)1;
    answer("CreateSyncEvent(unknown set)",
           camera->vtable->CreateSyncEvent(camera, &kNoSuchSet, PING, ENABLE, event, &sync),
           SET_NOT_FOUND);
    check("sync object cleared", sync == NULL);
    answer("CreateSyncSemaphore(null handle)",
           camera->vtable->CreateSyncSemaphore(camera, &kEventSet, PING, ENABLE, NULL, 1, &sync),
           ANY_FAILURE);
    answer(
        "CreateSyncSemaphore(unknown set)",
        camera->vtable->CreateSyncSemaphore(camera, &kNoSuchSet, PING, ENABLE, semaphore, 1, &sync),
        SET_NOT_FOUND);
    CloseHandle(semaphore);
}

static void counters(Camera* camera) {
    unsigned char data[COUNTERS_SIZE];
    UINT32 size = 0;
    UINT64 signals = 0;
    ULONG written = 0;
    memset(data, 0, sizeof(data));
    answer("SendCameraProperty(size)",
           camera->vtable->SendCameraProperty(camera, &kPropertySet, COUNTERS, PROPERTY_GET, NULL,
                                              0, NULL, 0, &written),
           MORE_DATA);
    check("size is 128", written == COUNTERS_SIZE);
    answer("SendCameraProperty(small buffer)",
           camera->vtable->SendCameraProperty(camera, &kPropertySet, COUNTERS, PROPERTY_GET, NULL,
                                              0, data, 4, &written),
           INSUFFICIENT_BUFFER);
    answer("SendCameraProperty",
           camera->vtable->SendCameraProperty(camera, &kPropertySet, COUNTERS, PROPERTY_GET, NULL,
                                              0, data, sizeof(data), &written),
           OK);
    memcpy(&size, data, sizeof(size));
    memcpy(&signals, data + SIGNALS_OF_PING_OFFSET, sizeof(signals));
    check("128 bytes, and they say so", written == COUNTERS_SIZE && size == COUNTERS_SIZE);
    check("PING was counted", signals >= 2);
    answer("SendCameraProperty(unknown set)",
           camera->vtable->SendCameraProperty(camera, &kNoSuchSet, COUNTERS, PROPERTY_GET, NULL, 0,
                                              data, sizeof(data), &written),
           SET_NOT_FOUND);
    answer("SendCameraProperty(flags)",
           camera->vtable->SendCameraProperty(camera, &kPropertySet, COUNTERS, 4, NULL, 0, data,
                                              sizeof(data), &written),
           ANY_FAILURE);
    answer("SendCameraProperty(no out pointer)",
           camera->vtable->SendCameraProperty(camera, &kPropertySet, COUNTERS, PROPERTY_GET, NULL,
                                              0, data, sizeof(data), NULL),
           ANY_FAILURE);
}

static void useCamera(Camera* camera) {
    SyncObject* first = NULL;
    SyncObject* second = NULL;
    void* same = NULL;
    IUnknown* source = NULL;
    WCHAR link[256] = L"";
    HANDLE firstEvent = CreateEventW(NULL, FALSE, FALSE, NULL);
    HANDLE secondEvent = CreateEventW(NULL, FALSE, FALSE, NULL);

    answer("QueryInterface(IMFVirtualCamera)",
           camera->vtable->QueryInterface(camera, &kVirtualCamera, &same), OK);
    check("the same object", same == camera);
    camera->vtable->Release(camera);
    beforeStart(camera, firstEvent);
    answer("Start", camera->vtable->Start(camera, NULL), OK);
    answer("Start(again)", camera->vtable->Start(camera, NULL), OK);
    answer("GetString(symbolic link)",
           camera->vtable->GetString(camera, &kSymbolicLink, link, 256, NULL), OK);
    check("a symbolic link", link[0] != 0);
    badSyncEvents(camera, firstEvent);

    if (SUCCEEDED(answer(
            "CreateSyncEvent",
            camera->vtable->CreateSyncEvent(camera, &kEventSet, PING, ENABLE, firstEvent, &first),
            OK))) {
        answer("QueryInterface(IMFCameraSyncObject)",
               first->vtable->QueryInterface(first, &kCameraSyncObject, &same), OK);
        first->vtable->Release(first);
        answer("WaitOnSignal", first->vtable->WaitOnSignal(first, PATIENCE), OK);
        answer("WaitOnSignal(the next one)", first->vtable->WaitOnSignal(first, PATIENCE), OK);
    }
    if (SUCCEEDED(answer("CreateSyncEvent(ONESHOT)",
                         camera->vtable->CreateSyncEvent(camera, &kEventSet, PING, ONESHOT,
                                                         secondEvent, &second),
                         OK))) {
        check("the handle itself is signalled",
              WaitForSingleObject(secondEvent, PATIENCE) == WAIT_OBJECT_0);
    }
    counters(camera);
    if (SUCCEEDED(answer("GetMediaSource", camera->vtable->GetMediaSource(camera, &source), OK))) {
        check("a media source", source != NULL);
    }

    if (first != NULL) {
        first->vtable->Shutdown(first);
        answer("WaitOnSignal(after Shutdown)", first->vtable->WaitOnSignal(first, 0), ANY_FAILURE);
        check("sync object released", first->vtable->Release(first) == 0);
    }
    answer("Shutdown", camera->vtable->Shutdown(camera), OK);
    if (second != NULL) {
        answer("WaitOnSignal(after the camera's Shutdown)", second->vtable->WaitOnSignal(second, 0),
               SHUT_DOWN);
        second->vtable->Shutdown(second);
        check("sync object released", second->vtable->Release(second) == 0);
    }
    if (source != NULL) {
        IUnknown_Release(source);
    }
    answer("Start(after Shutdown)", camera->vtable->Start(camera, NULL), ANY_FAILURE);
    check("camera released", camera->vtable->Release(camera) == 0);
    CloseHandle(firstEvent);
    CloseHandle(secondEvent);
}

int main(void) {
    int count = 0;
    WCHAR** arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    CreateFunction create = NULL;
    SupportedFunction supported = NULL;
    Camera* camera = NULL;
    HMODULE provider;
    GUID clsid;

    if (arguments == NULL || count < 3 || FAILED(CLSIDFromString(arguments[2], &clsid))) {
        fprintf(stderr, "usage: foreign_client PROVIDER.DLL {CLASS-ID} [SOURCE.DLL]\n");
        return 2;
    }
    if (FAILED(CoInitializeEx(NULL, COINIT_MULTITHREADED)) || FAILED(MFStartup(MF_VERSION, 0))) {
        fprintf(stderr, "COM or Media Foundation does not start\n");
        return 2;
    }
    provider = LoadLibraryW(arguments[1]);
    if (provider == NULL || !find(provider, "MFCreateVirtualCamera", &create) ||
        !find(provider, "MFIsVirtualCameraTypeSupported", &supported)) {
        fprintf(stderr, "%ls: error %lu\n", arguments[1], GetLastError());
        return 2;
    }
    if (count > 3) {
        answer("DllGetClassObject", provideSource(arguments[3], &clsid), OK);
    }
    badArguments(create, supported, arguments[2]);
    if (SUCCEEDED(answer("MFCreateVirtualCamera",
                         create(0, 0, 0, L"Foreign", arguments[2], NULL, 0, &camera), OK)) &&
        camera != NULL) {
        useCamera(camera);
    }
    printf("%d wrong\n", wrong);
    LocalFree(arguments);
    return wrong == 0 ? 0 : 1;
}
