#include "fake_camera.h"

#include <mfapi.h>
#include <mferror.h>

#include <memory>

#include "com_object.h"
#include "forwarded_attributes.h"
#include "provider.h"

namespace mfvcam::tests {

namespace {

std::unique_ptr<FakeProvider> current = std::make_unique<FakeProvider>();

// Notes who counts references, too.
template <class Derived, class I>
class NotedObject : public ComObject<Derived, I> {
    using Base = ComObject<Derived, I>;

 public:
    ULONG STDMETHODCALLTYPE AddRef() noexcept override {
        note_apartment();
        return Base::AddRef();
    }
    ULONG STDMETHODCALLTYPE Release() noexcept override {
        note_apartment();
        return Base::Release();
    }
};

class FakeSyncObject final : public NotedObject<FakeSyncObject, IMFCameraSyncObject> {
 public:
    FakeSyncObject() { ++fake().syncs_alive; }
    ~FakeSyncObject() { --fake().syncs_alive; }

    void* find_interface(REFIID iid) noexcept {
        const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFCameraSyncObject);
        return known ? static_cast<IMFCameraSyncObject*>(this) : nullptr;
    }

    HRESULT STDMETHODCALLTYPE WaitOnSignal(DWORD timeout) override {
        note_apartment();
        ++fake().waits;
        return fake().on_wait ? fake().on_wait(timeout) : S_OK;
    }
    void STDMETHODCALLTYPE Shutdown() override {
        note_apartment();
        ++fake().sync_shutdowns;
        if (fake().on_sync_shutdown) {
            fake().on_sync_shutdown();
        }
    }
};

class FakeCamera final : public NotedObject<FakeCamera, ForwardedAttributes<IMFVirtualCamera>> {
 public:
    FakeCamera() {
        ++fake().cameras_alive;
        MFCreateAttributes(store_.put(), 0);
    }
    ~FakeCamera() { --fake().cameras_alive; }

    void* find_interface(REFIID iid) noexcept {
        note_apartment();
        const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAttributes) ||
                           iid == __uuidof(IMFVirtualCamera);
        return known ? static_cast<IMFVirtualCamera*>(this) : nullptr;
    }

    HRESULT STDMETHODCALLTYPE AddDeviceSourceInfo(LPCWSTR info) override {
        note_apartment();
        fake().device_source_info = info;
        return fake().configure_result;
    }
    HRESULT STDMETHODCALLTYPE AddProperty(const DEVPROPKEY* key, DEVPROPTYPE type, const BYTE* data,
                                          ULONG size) override {
        note_apartment();
        fake().property = {key->fmtid, key->pid, type, {data, data + size}};
        return fake().configure_result;
    }
    HRESULT STDMETHODCALLTYPE AddRegistryEntry(LPCWSTR name, LPCWSTR subkey, DWORD type,
                                               const BYTE* data, ULONG size) override {
        note_apartment();
        fake().entry = {name, subkey != nullptr ? subkey : L"(none)", type, {data, data + size}};
        return fake().configure_result;
    }

    HRESULT STDMETHODCALLTYPE Start(IMFAsyncCallback* callback) override {
        note_apartment();
        ++fake().started;
        fake().callback = ComPtr<IMFAsyncCallback>(callback);
        return fake().on_start ? fake().on_start() : fake().start_result.load();
    }
    HRESULT STDMETHODCALLTYPE Stop() override {
        note_apartment();
        return fake().on_stop ? fake().on_stop() : S_OK;
    }
    HRESULT STDMETHODCALLTYPE Remove() override {
        note_apartment();
        ++fake().removed;
        return fake().on_remove ? fake().on_remove() : S_OK;
    }
    HRESULT STDMETHODCALLTYPE GetMediaSource(IMFMediaSource** source) override {
        note_apartment();
        ++fake().sources_asked_for;
        if (!fake().media_source) {
            *source = nullptr;
            return MF_E_INVALIDREQUEST;
        }
        *source = ComPtr<IMFMediaSource>(fake().media_source).detach();
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE SendCameraProperty(REFGUID set, ULONG, ULONG, void*, ULONG,
                                                 void* data, ULONG length,
                                                 ULONG* written) override {
        constexpr GUID source_set = MFVCAM_PROPERTY_SET;
        note_apartment();
        if (set == source_set && data != nullptr) {
            return tell_instance(data, length, written);
        }
        ++fake().properties;
        if (data != nullptr && length != 0) {
            memset(data, 0x5A, length);
        }
        const INT64 count = fake().property_written;
        *written = count < 0 ? length : static_cast<ULONG>(count);
        return fake().property_result;
    }
    HRESULT STDMETHODCALLTYPE CreateSyncEvent(REFGUID set, ULONG id, ULONG flags, HANDLE event,
                                              IMFCameraSyncObject** object) override {
        return create_sync({set, id, flags, event, 0}, object);
    }
    HRESULT STDMETHODCALLTYPE CreateSyncSemaphore(REFGUID set, ULONG id, ULONG flags,
                                                  HANDLE semaphore, LONG adjustment,
                                                  IMFCameraSyncObject** object) override {
        return create_sync({set, id, flags, semaphore, adjustment}, object);
    }
    static HRESULT tell_instance(void* data, ULONG length, ULONG* written) {
        ++fake().instance_asks;
        mfvcam_source_counters counters{};
        counters.instance = fake().instance;
        if (length != sizeof(counters) || counters.instance == 0) {
            return HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
        }
        counters.size = sizeof(counters);
        if (!fake().tells_instance) {
            counters.instance = 0;
            counters.process_id = GetCurrentProcessId();
        }
        memcpy(data, &counters, sizeof(counters));
        *written = sizeof(counters);
        return S_OK;
    }
    static HRESULT create_sync(const SyncCall& call, IMFCameraSyncObject** object) {
        note_apartment();
        fake().last_sync = call;
        *object = nullptr;
        if (FAILED(fake().sync_result.load())) {
            return fake().sync_result;
        }
        ++fake().sync_created;
        if (fake().on_create_sync) {
            fake().on_create_sync();
        }
        if (!fake().sync_nothing) {
            *object = new FakeSyncObject();
        }
        return fake().sync_result;
    }
    HRESULT STDMETHODCALLTYPE Shutdown() override {
        note_apartment();
        ++fake().camera_shutdowns;
        return S_OK;
    }

    HRESULT STDMETHODCALLTYPE LockStore() noexcept override {
        ++fake().store_locks;
        return Store::LockStore();
    }
    HRESULT STDMETHODCALLTYPE UnlockStore() noexcept override {
        --fake().store_locks;
        return Store::UnlockStore();
    }
    HRESULT STDMETHODCALLTYPE GetStringLength(REFGUID key, UINT32* length) noexcept override {
        expect_lock();
        return size_of(length, [&] { return Store::GetStringLength(key, length); });
    }
    HRESULT STDMETHODCALLTYPE GetBlobSize(REFGUID key, UINT32* size) noexcept override {
        expect_lock();
        return size_of(size, [&] { return Store::GetBlobSize(key, size); });
    }
    HRESULT STDMETHODCALLTYPE GetCount(UINT32* items) noexcept override {
        return size_of(items, [&] { return Store::GetCount(items); });
    }
    HRESULT STDMETHODCALLTYPE GetString(REFGUID key, LPWSTR buffer, UINT32 size,
                                        UINT32* length) noexcept override {
        return value_of([&] { return Store::GetString(key, buffer, size, length); });
    }
    HRESULT STDMETHODCALLTYPE GetBlob(REFGUID key, UINT8* buffer, UINT32 capacity,
                                      UINT32* size) noexcept override {
        return value_of([&] { return Store::GetBlob(key, buffer, capacity, size); });
    }
    HRESULT STDMETHODCALLTYPE GetItemByIndex(UINT32 index, GUID* key,
                                             PROPVARIANT* value) noexcept override {
        return value_of([&] { return Store::GetItemByIndex(index, key, value); });
    }
    HRESULT STDMETHODCALLTYPE CompareItem(REFGUID key, REFPROPVARIANT value,
                                          BOOL* result) noexcept override {
        if (value.vt == (VT_VECTOR | VT_UI1) && value.caub.pElems == nullptr) {
            ++fake().compared_with_null;
        }
        if (const HRESULT hr = fake().attribute_result; FAILED(hr)) {
            *result = TRUE;
            return hr;
        }
        return Store::CompareItem(key, value, result);
    }
    HRESULT STDMETHODCALLTYPE Compare(IMFAttributes* theirs, MF_ATTRIBUTES_MATCH_TYPE match,
                                      BOOL* result) noexcept override {
        if (const HRESULT hr = fake().attribute_result; FAILED(hr)) {
            *result = TRUE;
            return hr;
        }
        return Store::Compare(theirs, match, result);
    }

 private:
    using Store = ForwardedAttributes<IMFVirtualCamera>;

    static void expect_lock() {
        if (fake().store_locks == 0) {
            ++fake().reads_without_lock;
        }
    }
    template <class F>
    static HRESULT size_of(UINT32* size, F&& ask) {
        if (const UINT32 said = fake().attribute_size; said != 0) {
            *size = said;
            return S_OK;
        }
        return ask();
    }
    template <class F>
    static HRESULT value_of(F&& read) {
        expect_lock();
        const HRESULT hr = fake().attribute_result;
        return FAILED(hr) ? hr : read();
    }

    HRESULT usable() noexcept override {
        note_apartment();
        return S_OK;
    }
};

}  // namespace

FakeProvider& fake() {
    return *current;
}

void note_apartment() {
    APTTYPE type = APTTYPE_MTA;
    APTTYPEQUALIFIER qualifier = APTTYPEQUALIFIER_NONE;
    if (FAILED(CoGetApartmentType(&type, &qualifier)) || type != APTTYPE_MTA) {
        ++fake().calls_from_single_threaded_apartments;
    }
}

void reset_fake() {
    current = std::make_unique<FakeProvider>();
}

void FakeProvider::send(MediaEventType type, const GUID& extended_type, HRESULT status) const {
    ComPtr<IMFMediaEvent> event;
    ComPtr<IMFAsyncResult> result;
    if (SUCCEEDED(MFCreateMediaEvent(static_cast<DWORD>(type), extended_type, status, nullptr,
                                     event.put())) &&
        SUCCEEDED(MFCreateAsyncResult(event.get(), callback.get(), nullptr, result.put()))) {
        callback->Invoke(result.get());
    }
}

}  // namespace mfvcam::tests

using mfvcam::tests::fake;

HRESULT STDAPICALLTYPE MFCreateVirtualCamera(MFVirtualCameraType, MFVirtualCameraLifetime,
                                             MFVirtualCameraAccess, LPCWSTR friendlyName,
                                             LPCWSTR sourceId, const GUID* categories,
                                             ULONG categoryCount, IMFVirtualCamera** camera) {
    mfvcam::tests::note_apartment();
    ++fake().created;
    fake().friendly_name = friendlyName;
    fake().source_id = sourceId;
    fake().categories.assign(categories, categories + categoryCount);
    *camera = nullptr;
    if (FAILED(fake().create_result.load())) {
        return fake().create_result;
    }
    if (!fake().create_nothing) {
        *camera = new mfvcam::tests::FakeCamera();
    }
    return fake().create_result;
}

HRESULT STDAPICALLTYPE MFIsVirtualCameraTypeSupported(MFVirtualCameraType, BOOL* supported) {
    mfvcam::tests::note_apartment();
    *supported = fake().supported;
    return S_OK;
}

namespace mfvcam::provider {

HRESULT use(const wchar_t* /*path*/) noexcept {
    return E_NOTIMPL;
}
HRESULT probe() noexcept {
    return S_OK;
}
FARPROC symbol(const char* /*name*/, HRESULT* last_error) noexcept {
    *last_error = E_NOTIMPL;
    return nullptr;
}

}  // namespace mfvcam::provider
