#include "fake_camera.h"

#include <mfapi.h>
#include <mferror.h>

#include <memory>

#include "provider.h"

namespace mfvcam::tests {

namespace {

std::unique_ptr<FakeProvider> current = std::make_unique<FakeProvider>();

void note_apartment() {
    APTTYPE type = APTTYPE_MTA;
    APTTYPEQUALIFIER qualifier = APTTYPEQUALIFIER_NONE;
    if (FAILED(CoGetApartmentType(&type, &qualifier)) || type != APTTYPE_MTA) {
        ++fake().calls_from_single_threaded_apartments;
    }
}

template <class I>
class Unknown : public I {
 public:
    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID riid, void** object) override {
        *object = nullptr;
        if (riid == __uuidof(IUnknown) || riid == __uuidof(I)) {
            *object = static_cast<I*>(this);
            AddRef();
            return S_OK;
        }
        return E_NOINTERFACE;
    }
    ULONG STDMETHODCALLTYPE AddRef() override { return ++references_; }
    ULONG STDMETHODCALLTYPE Release() override {
        const ULONG references = --references_;
        if (references == 0) {
            delete this;
        }
        return references;
    }

 protected:
    virtual ~Unknown() = default;

 private:
    std::atomic<ULONG> references_{1};
};

class FakeSyncObject final : public Unknown<IMFCameraSyncObject> {
 public:
    FakeSyncObject() { ++fake().syncs_alive; }

    HRESULT STDMETHODCALLTYPE WaitOnSignal(DWORD timeout) override {
        note_apartment();
        ++fake().waits;
        return fake().on_wait ? fake().on_wait(timeout) : S_OK;
    }
    void STDMETHODCALLTYPE Shutdown() override {
        note_apartment();
        ++fake().sync_shutdowns;
    }

 private:
    ~FakeSyncObject() override { --fake().syncs_alive; }
};

class FakeCamera final : public Unknown<IMFVirtualCamera> {
 public:
    FakeCamera() { ++fake().cameras_alive; }

    // The attributes of a camera are no matter of the bridge's yet.
    HRESULT STDMETHODCALLTYPE GetItem(REFGUID, PROPVARIANT*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetItemType(REFGUID, MF_ATTRIBUTE_TYPE*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE CompareItem(REFGUID, REFPROPVARIANT, BOOL*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE Compare(IMFAttributes*, MF_ATTRIBUTES_MATCH_TYPE, BOOL*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetUINT32(REFGUID, UINT32*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetUINT64(REFGUID, UINT64*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetDouble(REFGUID, double*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetGUID(REFGUID, GUID*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetStringLength(REFGUID, UINT32*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetString(REFGUID, LPWSTR, UINT32, UINT32*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetAllocatedString(REFGUID, LPWSTR*, UINT32*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetBlobSize(REFGUID, UINT32*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetBlob(REFGUID, UINT8*, UINT32, UINT32*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetAllocatedBlob(REFGUID, UINT8**, UINT32*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE GetUnknown(REFGUID, REFIID, LPVOID*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetItem(REFGUID, REFPROPVARIANT) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE DeleteItem(REFGUID) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE DeleteAllItems() override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetUINT32(REFGUID, UINT32) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetUINT64(REFGUID, UINT64) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetDouble(REFGUID, double) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetGUID(REFGUID, REFGUID) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetString(REFGUID, LPCWSTR) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetBlob(REFGUID, const UINT8*, UINT32) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE SetUnknown(REFGUID, IUnknown*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE LockStore() override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE UnlockStore() override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetCount(UINT32*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE GetItemByIndex(UINT32, GUID*, PROPVARIANT*) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE CopyAllItems(IMFAttributes*) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE AddDeviceSourceInfo(LPCWSTR) override { return E_NOTIMPL; }
    HRESULT STDMETHODCALLTYPE AddProperty(const DEVPROPKEY*, DEVPROPTYPE, const BYTE*,
                                          ULONG) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE AddRegistryEntry(LPCWSTR, LPCWSTR, DWORD, const BYTE*,
                                               ULONG) override {
        return E_NOTIMPL;
    }

    HRESULT STDMETHODCALLTYPE Start(IMFAsyncCallback* callback) override {
        note_apartment();
        ++fake().started;
        fake().callback = ComPtr<IMFAsyncCallback>(callback);
        return fake().on_start ? fake().on_start() : fake().start_result.load();
    }
    HRESULT STDMETHODCALLTYPE Stop() override { return S_OK; }
    HRESULT STDMETHODCALLTYPE Remove() override {
        ++fake().removed;
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE GetMediaSource(IMFMediaSource** source) override {
        note_apartment();
        if (!fake().media_source) {
            *source = nullptr;
            return MF_E_INVALIDREQUEST;
        }
        *source = ComPtr<IMFMediaSource>(fake().media_source).detach();
        return S_OK;
    }
    HRESULT STDMETHODCALLTYPE SendCameraProperty(REFGUID, ULONG, ULONG, void*, ULONG, void* data,
                                                 ULONG length, ULONG* written) override {
        note_apartment();
        ++fake().properties;
        if (data != nullptr && length != 0) {
            memset(data, 0x5A, length);
        }
        *written = length;
        return fake().property_result;
    }
    HRESULT STDMETHODCALLTYPE CreateSyncEvent(REFGUID set, ULONG id, ULONG flags, HANDLE event,
                                              IMFCameraSyncObject** object) override {
        note_apartment();
        fake().last_sync = {set, id, flags, event};
        *object = nullptr;
        if (FAILED(fake().sync_result.load())) {
            return fake().sync_result;
        }
        ++fake().sync_created;
        if (!fake().sync_nothing) {
            *object = new FakeSyncObject();
        }
        return fake().sync_result;
    }
    HRESULT STDMETHODCALLTYPE CreateSyncSemaphore(REFGUID, ULONG, ULONG, HANDLE, LONG,
                                                  IMFCameraSyncObject**) override {
        return E_NOTIMPL;
    }
    HRESULT STDMETHODCALLTYPE Shutdown() override {
        note_apartment();
        ++fake().camera_shutdowns;
        return S_OK;
    }

 private:
    ~FakeCamera() override { --fake().cameras_alive; }
};

}  // namespace

FakeProvider& fake() {
    return *current;
}

void reset_fake() {
    current = std::make_unique<FakeProvider>();
}

void FakeProvider::send(MediaEventType type, const GUID& extended_type) const {
    ComPtr<IMFMediaEvent> event;
    ComPtr<IMFAsyncResult> result;
    if (SUCCEEDED(MFCreateMediaEvent(static_cast<DWORD>(type), extended_type, S_OK, nullptr,
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
