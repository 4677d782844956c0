#include "simulator_fake_source.h"

#include <mfapi.h>
#include <mferror.h>
#include <objbase.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

namespace mfvcam::simulator_test {
namespace {

class Scope {
 public:
    explicit Scope(SRWLOCK& lock) : lock_(lock) { AcquireSRWLockExclusive(&lock_); }
    ~Scope() { ReleaseSRWLockExclusive(&lock_); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

 private:
    SRWLOCK& lock_;
};

struct Registration {
    const void* instance = nullptr;
    const void* data = nullptr;
    bool semaphore = false;
    LONG adjustment = 0;
    HANDLE handle = nullptr;
};

SRWLOCK stateLock = SRWLOCK_INIT;
CONDITION_VARIABLE objectsGone = CONDITION_VARIABLE_INIT;
unsigned objects = 0;

struct State {
    FakeSource::Program program;
    std::vector<KsEventCall> events;
    std::vector<KsPropertyCall> properties;
    std::vector<Registration> registrations;
    unsigned activations = 0;
    unsigned shutdowns = 0;
    unsigned starts = 0;
    unsigned stops = 0;
    std::vector<ComPtr<IMFMediaEventQueue>> queues;  // of the living instances
    DWORD cookie = 0;
};

State& state() {
    static auto* const only = new State;
    return *only;
}

// instance: null means all of them.
void closeAll(std::vector<Registration>& registrations, const void* instance) {
    std::erase_if(registrations, [instance](const Registration& each) {
        const bool ends = instance == nullptr || each.instance == instance;
        if (ends) {
            CloseHandle(each.handle);
        }
        return ends;
    });
}

// Counts living objects and references.
template <class... Interfaces>
class Object : public Interfaces... {
 public:
    Object() {
        const Scope scope(stateLock);
        ++objects;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return ++references_; }
    STDMETHODIMP_(ULONG) Release() override {
        const ULONG count = --references_;
        if (count == 0) {
            delete this;
        }
        return count;
    }

 protected:
    virtual ~Object() {
        const Scope scope(stateLock);
        if (--objects == 0) {
            WakeAllConditionVariable(&objectsGone);
        }
    }

 private:
    std::atomic<ULONG> references_{1};
};

class Source;

class Stream final : public Object<IMFMediaStream> {
 public:
    Stream(IMFMediaSource* source, IMFStreamDescriptor* descriptor)
        : source_(source), descriptor_(descriptor) {
        MFCreateEventQueue(queue_.put());
    }
    IMFMediaEventQueue* queue() { return queue_.get(); }
    void shutdown() {
        queue_->Shutdown();
        source_ = nullptr;
    }
    std::atomic<bool> running{false};

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override {
        if (iid != __uuidof(IUnknown) && iid != __uuidof(IMFMediaEventGenerator) &&
            iid != __uuidof(IMFMediaStream)) {
            *object = nullptr;
            return E_NOINTERFACE;
        }
        *object = static_cast<IMFMediaStream*>(this);
        AddRef();
        return S_OK;
    }
    STDMETHODIMP GetEvent(DWORD flags, IMFMediaEvent** event) override {
        return queue_->GetEvent(flags, event);
    }
    STDMETHODIMP BeginGetEvent(IMFAsyncCallback* callback, IUnknown* context) override {
        return queue_->BeginGetEvent(callback, context);
    }
    STDMETHODIMP EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) override {
        return queue_->EndGetEvent(result, event);
    }
    STDMETHODIMP QueueEvent(MediaEventType type, REFGUID extended, HRESULT status,
                            const PROPVARIANT* value) override {
        return queue_->QueueEventParamVar(type, extended, status, value);
    }
    STDMETHODIMP GetMediaSource(IMFMediaSource** source) override {
        *source = source_;
        source_->AddRef();
        return S_OK;
    }
    STDMETHODIMP GetStreamDescriptor(IMFStreamDescriptor** descriptor) override {
        *descriptor = descriptor_.get();
        descriptor_->AddRef();
        return S_OK;
    }
    STDMETHODIMP RequestSample(IUnknown* token) override {
        if (!running) {
            return MF_E_INVALIDREQUEST;
        }
        ComPtr<IMFSample> sample;
        MFCreateSample(sample.put());
        sample->SetUnknown(MFSampleExtension_Token, token);
        return queue_->QueueEventParamUnk(MEMediaSample, GUID_NULL, S_OK, sample.get());
    }

 private:
    IMFMediaSource* source_;
    const ComPtr<IMFStreamDescriptor> descriptor_;
    ComPtr<IMFMediaEventQueue> queue_;
};

class Source final : public Object<IMFMediaSource, IKsControl> {
 public:
    HRESULT initialise() {
        ComPtr<IMFMediaType> type;
        HRESULT hr = MFCreateMediaType(type.put());
        if (SUCCEEDED(hr)) {
            type->SetGUID(MF_MT_MAJOR_TYPE, MFMediaType_Video);
            type->SetGUID(MF_MT_SUBTYPE, MFVideoFormat_NV12);
            std::array types = {type.get()};
            hr = MFCreateStreamDescriptor(0, 1, types.data(), descriptor_.put());
        }
        if (SUCCEEDED(hr)) {
            hr = MFCreateEventQueue(queue_.put());
        }
        if (SUCCEEDED(hr)) {
            const Scope scope(stateLock);
            state().queues.push_back(queue_);
        }
        return hr;
    }

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override {
        *object = nullptr;
        if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFMediaEventGenerator) ||
            iid == __uuidof(IMFMediaSource)) {
            *object = static_cast<IMFMediaSource*>(this);
        } else if (iid == __uuidof(IKsControl) && !state().program.withoutKsControl) {
            *object = static_cast<IKsControl*>(this);
        } else {
            return E_NOINTERFACE;
        }
        AddRef();
        return S_OK;
    }

    STDMETHODIMP GetEvent(DWORD flags, IMFMediaEvent** event) override {
        return queue_->GetEvent(flags, event);
    }
    STDMETHODIMP BeginGetEvent(IMFAsyncCallback* callback, IUnknown* context) override {
        const HRESULT hr = state().program.beginGetEvent;
        return FAILED(hr) ? hr : queue_->BeginGetEvent(callback, context);
    }
    STDMETHODIMP EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) override {
        if (state().program.insideEndGetEvent) {
            state().program.insideEndGetEvent();
        }
        return queue_->EndGetEvent(result, event);
    }
    STDMETHODIMP QueueEvent(MediaEventType type, REFGUID extended, HRESULT status,
                            const PROPVARIANT* value) override {
        return queue_->QueueEventParamVar(type, extended, status, value);
    }

    STDMETHODIMP GetCharacteristics(DWORD* characteristics) override {
        *characteristics = MFMEDIASOURCE_IS_LIVE;
        return S_OK;
    }
    STDMETHODIMP CreatePresentationDescriptor(IMFPresentationDescriptor** descriptor) override {
        std::array streams = {descriptor_.get()};
        return MFCreatePresentationDescriptor(1, streams.data(), descriptor);
    }
    STDMETHODIMP Start(IMFPresentationDescriptor* /*descriptor*/, const GUID* /*timeFormat*/,
                       const PROPVARIANT* /*position*/) override {
        {
            const Scope scope(stateLock);
            ++state().starts;
            if (FAILED(state().program.start)) {
                return state().program.start;
            }
        }
        if (state().program.insideStart) {
            state().program.insideStart();
        }
        MediaEventType type = MEUpdatedStream;
        if (!stream_) {
            stream_.attach(new Stream(this, descriptor_.get()));
            type = MENewStream;
        }
        stream_->running = true;
        queue_->QueueEventParamUnk(type, GUID_NULL, S_OK, stream_.get());
        stream_->queue()->QueueEventParamVar(MEStreamStarted, GUID_NULL, S_OK, nullptr);
        queue_->QueueEventParamVar(MESourceStarted, GUID_NULL, S_OK, nullptr);
        return S_OK;
    }
    STDMETHODIMP Stop() override {
        {
            const Scope scope(stateLock);
            ++state().stops;
            if (FAILED(state().program.stop)) {
                return state().program.stop;
            }
        }
        stream_->running = false;
        stream_->queue()->QueueEventParamVar(MEStreamStopped, GUID_NULL, S_OK, nullptr);
        queue_->QueueEventParamVar(MESourceStopped, GUID_NULL, S_OK, nullptr);
        return S_OK;
    }
    STDMETHODIMP Pause() override { return MF_E_INVALID_STATE_TRANSITION; }
    STDMETHODIMP Shutdown() override {
        {
            const Scope scope(stateLock);
            ++state().shutdowns;
            shutDown_ = true;
            closeAll(state().registrations, this);
            std::erase_if(state().queues,
                          [this](const auto& each) { return each.get() == queue_.get(); });
        }
        if (stream_) {
            stream_->shutdown();
        }
        return queue_->Shutdown();
    }

    STDMETHODIMP KsProperty(PKSPROPERTY property, ULONG propertyLength, void* data,
                            ULONG dataLength, ULONG* bytesReturned) override {
        KsPropertyCall call;
        call.propertyLength = propertyLength;
        call.dataLength = dataLength;
        std::memcpy(&call.property, property, sizeof(KSPROPERTY));
        BYTE* const payload = reinterpret_cast<BYTE*>(property) + sizeof(KSPROPERTY);
        call.payload.assign(payload, payload + (propertyLength - sizeof(KSPROPERTY)));
        {
            const Scope scope(stateLock);
            state().properties.push_back(call);
        }
        return state().program.ksProperty
                   ? state().program.ksProperty(call, payload, data, bytesReturned)
                   : HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
    }
    STDMETHODIMP KsMethod(PKSMETHOD /*method*/, ULONG /*methodLength*/, void* /*data*/,
                          ULONG /*dataLength*/, ULONG* /*bytesReturned*/) override {
        return HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND);
    }
    STDMETHODIMP KsEvent(PKSEVENT event, ULONG eventLength, void* eventData, ULONG dataLength,
                         ULONG* /*bytesReturned*/) override {
        KsEventCall call;
        call.hasEvent = event != nullptr;
        call.eventLength = eventLength;
        call.data = eventData;
        call.dataLength = dataLength;
        if (event != nullptr) {
            call.event = *event;
        }
        if (eventData != nullptr && dataLength >= sizeof(KSEVENTDATA)) {
            std::memcpy(&call.contents, eventData, sizeof(KSEVENTDATA));
        }
        if (event != nullptr && state().program.insideEnable) {
            state().program.insideEnable();
        }
        const Scope scope(stateLock);
        state().events.push_back(call);
        if (shutDown_) {
            return MF_E_SHUTDOWN;
        }
        if (FAILED(state().program.ksEvent)) {
            return state().program.ksEvent;
        }
        auto& registrations = state().registrations;
        if (event == nullptr) {
            const auto found = std::ranges::find_if(registrations, [&](const Registration& each) {
                return each.instance == this && each.data == eventData;
            });
            if (found == registrations.end()) {
                return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
            }
            CloseHandle(found->handle);
            registrations.erase(found);
            return S_OK;
        }
        Registration registration;
        registration.instance = this;
        registration.data = eventData;
        registration.semaphore = call.contents.NotificationType == KSEVENTF_SEMAPHORE_HANDLE;
        registration.adjustment = call.contents.SemaphoreHandle.Adjustment;
        if (DuplicateHandle(GetCurrentProcess(), call.contents.EventHandle.Event,
                            GetCurrentProcess(), &registration.handle, 0, FALSE,
                            DUPLICATE_SAME_ACCESS) == FALSE) {
            return HRESULT_FROM_WIN32(GetLastError());
        }
        registrations.push_back(registration);
        return state().program.ksEvent;
    }

 private:
    ComPtr<IMFStreamDescriptor> descriptor_;
    ComPtr<IMFMediaEventQueue> queue_;
    ComPtr<Stream> stream_;
    bool shutDown_ = false;  // under stateLock
};

class Activate final : public Object<IMFActivate> {
 public:
    HRESULT initialise() {
        const HRESULT hr = MFCreateAttributes(store_.put(), 4);
        return SUCCEEDED(hr) ? store_->SetUINT32(FakeSource::kOwnRequest, 1) : hr;
    }

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override {
        if (iid != __uuidof(IUnknown) && iid != __uuidof(IMFAttributes) &&
            iid != __uuidof(IMFActivate)) {
            *object = nullptr;
            return E_NOINTERFACE;
        }
        *object = static_cast<IMFActivate*>(this);
        AddRef();
        return S_OK;
    }

    STDMETHODIMP ActivateObject(REFIID iid, void** object) override {
        *object = nullptr;
        {
            const Scope scope(stateLock);
            ++state().activations;
        }
        if (state().program.insideActivate) {
            state().program.insideActivate(store_.get());
        }
        if (FAILED(state().program.activate) || state().program.activateWithoutObject) {
            return state().program.activate;
        }
        ComPtr<Source> source;
        source.attach(new Source);
        const HRESULT hr = source->initialise();
        return SUCCEEDED(hr) ? source->QueryInterface(iid, object) : hr;
    }
    STDMETHODIMP ShutdownObject() override { return E_NOTIMPL; }
    STDMETHODIMP DetachObject() override { return E_NOTIMPL; }

    STDMETHODIMP GetItem(REFGUID k, PROPVARIANT* v) override { return store_->GetItem(k, v); }
    STDMETHODIMP GetItemType(REFGUID k, MF_ATTRIBUTE_TYPE* t) override {
        return store_->GetItemType(k, t);
    }
    STDMETHODIMP CompareItem(REFGUID k, REFPROPVARIANT v, BOOL* r) override {
        return store_->CompareItem(k, v, r);
    }
    STDMETHODIMP Compare(IMFAttributes* t, MF_ATTRIBUTES_MATCH_TYPE m, BOOL* r) override {
        return store_->Compare(t, m, r);
    }
    STDMETHODIMP GetUINT32(REFGUID k, UINT32* v) override { return store_->GetUINT32(k, v); }
    STDMETHODIMP GetUINT64(REFGUID k, UINT64* v) override { return store_->GetUINT64(k, v); }
    STDMETHODIMP GetDouble(REFGUID k, double* v) override { return store_->GetDouble(k, v); }
    STDMETHODIMP GetGUID(REFGUID k, GUID* v) override { return store_->GetGUID(k, v); }
    STDMETHODIMP GetStringLength(REFGUID k, UINT32* l) override {
        return store_->GetStringLength(k, l);
    }
    STDMETHODIMP GetString(REFGUID k, LPWSTR b, UINT32 s, UINT32* l) override {
        return store_->GetString(k, b, s, l);
    }
    STDMETHODIMP GetAllocatedString(REFGUID k, LPWSTR* s, UINT32* l) override {
        return store_->GetAllocatedString(k, s, l);
    }
    STDMETHODIMP GetBlobSize(REFGUID k, UINT32* s) override { return store_->GetBlobSize(k, s); }
    STDMETHODIMP GetBlob(REFGUID k, UINT8* b, UINT32 c, UINT32* s) override {
        return store_->GetBlob(k, b, c, s);
    }
    STDMETHODIMP GetAllocatedBlob(REFGUID k, UINT8** b, UINT32* s) override {
        return store_->GetAllocatedBlob(k, b, s);
    }
    STDMETHODIMP GetUnknown(REFGUID k, REFIID i, LPVOID* o) override {
        return store_->GetUnknown(k, i, o);
    }
    STDMETHODIMP SetItem(REFGUID k, REFPROPVARIANT v) override { return store_->SetItem(k, v); }
    STDMETHODIMP DeleteItem(REFGUID k) override { return store_->DeleteItem(k); }
    STDMETHODIMP DeleteAllItems() override { return store_->DeleteAllItems(); }
    STDMETHODIMP SetUINT32(REFGUID k, UINT32 v) override { return store_->SetUINT32(k, v); }
    STDMETHODIMP SetUINT64(REFGUID k, UINT64 v) override { return store_->SetUINT64(k, v); }
    STDMETHODIMP SetDouble(REFGUID k, double v) override { return store_->SetDouble(k, v); }
    STDMETHODIMP SetGUID(REFGUID k, REFGUID v) override { return store_->SetGUID(k, v); }
    STDMETHODIMP SetString(REFGUID k, LPCWSTR v) override { return store_->SetString(k, v); }
    STDMETHODIMP SetBlob(REFGUID k, const UINT8* b, UINT32 s) override {
        return store_->SetBlob(k, b, s);
    }
    STDMETHODIMP SetUnknown(REFGUID k, IUnknown* u) override { return store_->SetUnknown(k, u); }
    STDMETHODIMP LockStore() override { return store_->LockStore(); }
    STDMETHODIMP UnlockStore() override { return store_->UnlockStore(); }
    STDMETHODIMP GetCount(UINT32* c) override { return store_->GetCount(c); }
    STDMETHODIMP GetItemByIndex(UINT32 i, GUID* k, PROPVARIANT* v) override {
        return store_->GetItemByIndex(i, k, v);
    }
    STDMETHODIMP CopyAllItems(IMFAttributes* d) override { return store_->CopyAllItems(d); }

 private:
    ComPtr<IMFAttributes> store_;
};

// Not counted among the objects: COM keeps it until it is revoked.
class Factory final : public IClassFactory {
 public:
    STDMETHODIMP QueryInterface(REFIID iid, void** object) override {
        if (iid != __uuidof(IUnknown) && iid != __uuidof(IClassFactory)) {
            *object = nullptr;
            return E_NOINTERFACE;
        }
        *object = static_cast<IClassFactory*>(this);
        return S_OK;
    }
    STDMETHODIMP_(ULONG) AddRef() override { return 2; }
    STDMETHODIMP_(ULONG) Release() override { return 1; }
    STDMETHODIMP CreateInstance(IUnknown* outer, REFIID iid, void** object) override {
        *object = nullptr;
        if (outer != nullptr) {
            return CLASS_E_NOAGGREGATION;
        }
        ComPtr<Activate> activate;
        activate.attach(new Activate);
        const HRESULT hr = activate->initialise();
        return SUCCEEDED(hr) ? activate->QueryInterface(iid, object) : hr;
    }
    STDMETHODIMP LockServer(BOOL /*lock*/) override { return S_OK; }
};

}  // namespace

FakeSource::Program& FakeSource::program() {
    return state().program;
}

HRESULT FakeSource::registerClass() {
    static auto* const factory = new Factory;
    {
        const Scope scope(stateLock);
        const DWORD cookie = state().cookie;
        closeAll(state().registrations, nullptr);
        state() = State{};
        state().cookie = cookie;
    }
    return CoRegisterClassObject(kClassId, factory, CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE,
                                 &state().cookie);
}

void FakeSource::revokeClass() {
    if (state().cookie != 0) {
        CoRevokeClassObject(state().cookie);
        state().cookie = 0;
    }
}

std::vector<KsEventCall> FakeSource::ksEvents() {
    const Scope scope(stateLock);
    return state().events;
}

std::vector<KsPropertyCall> FakeSource::ksProperties() {
    const Scope scope(stateLock);
    return state().properties;
}

unsigned FakeSource::activations() {
    const Scope scope(stateLock);
    return state().activations;
}

unsigned FakeSource::shutdowns() {
    const Scope scope(stateLock);
    return state().shutdowns;
}

unsigned FakeSource::starts() {
    const Scope scope(stateLock);
    return state().starts;
}

unsigned FakeSource::stops() {
    const Scope scope(stateLock);
    return state().stops;
}

size_t FakeSource::registrations() {
    const Scope scope(stateLock);
    return state().registrations.size();
}

void FakeSource::signal() {
    const Scope scope(stateLock);
    for (const Registration& registration : state().registrations) {
        if (registration.semaphore) {
            ReleaseSemaphore(registration.handle, registration.adjustment, nullptr);
        } else {
            SetEvent(registration.handle);
        }
    }
}

void FakeSource::queue(MediaEventType type, REFGUID extendedType, HRESULT status) {
    ComPtr<IMFMediaEventQueue> queue;
    {
        const Scope scope(stateLock);
        queue = state().queues.back();
    }
    queue->QueueEventParamVar(type, extendedType, status, nullptr);
}

bool FakeSource::gone(DWORD milliseconds) {
    const ULONGLONG end = GetTickCount64() + milliseconds;
    const Scope scope(stateLock);
    while (objects != 0) {
        const ULONGLONG now = GetTickCount64();
        if (now >= end || SleepConditionVariableSRW(&objectsGone, &stateLock,
                                                    static_cast<DWORD>(end - now), 0) == FALSE) {
            return objects == 0;
        }
    }
    return true;
}

}  // namespace mfvcam::simulator_test
