#include "simulator_fixture.h"

#include <objbase.h>

#include <array>
#include <cstdio>
#include <ostream>
#include <utility>

#include "test_files.h"

namespace mfvcam::simulator_test {
std::ostream& operator<<(std::ostream& stream, Hex hex) {
    std::array<char, 16> text{};
    static_cast<void>(
        std::snprintf(text.data(), text.size(), "0x%08lX", static_cast<unsigned long>(hex.code)));
    return stream << text.data();
}

void* simulatorExport(const char* name) {
    static HMODULE const module = LoadLibraryW(tests::simulator_path().c_str());
    // Over void*, since the compilers warn about a function type changed in one step.
    return reinterpret_cast<void*>(GetProcAddress(module, name));
}

mfvcam_simulator_counters simulatorCounters() {
    static const auto get = reinterpret_cast<decltype(&mfvcam_simulator_get_counters)>(
        simulatorExport("mfvcam_simulator_get_counters"));
    mfvcam_simulator_counters counters{};
    EXPECT_HR(S_OK, get(&counters));
    return counters;
}

SwitchGuard::SwitchGuard(const char* name, const char* value)
    : name_(name),
      set_(reinterpret_cast<decltype(&mfvcam_simulator_set_switch)>(
          simulatorExport("mfvcam_simulator_set_switch"))) {
    static const auto get = reinterpret_cast<decltype(&mfvcam_simulator_get_switch)>(
        simulatorExport("mfvcam_simulator_get_switch"));
    EXPECT_HR(S_OK, get(name, &before_));
    EXPECT_HR(S_OK, set_(name, value));
}

SwitchGuard::~SwitchGuard() {
    set_(name_, before_);
}

SimulatorTest::Create SimulatorTest::create_ = nullptr;
SimulatorTest::IsSupported SimulatorTest::isSupported_ = nullptr;

void SimulatorTest::SetUpTestSuite() {
    if (create_ != nullptr) {
        return;
    }
    const HRESULT com = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    ASSERT_TRUE(SUCCEEDED(com));
    ASSERT_HR(S_OK, MFStartup(MF_VERSION, MFSTARTUP_FULL));
    create_ = reinterpret_cast<Create>(simulatorExport("MFCreateVirtualCamera"));
    isSupported_ = reinterpret_cast<IsSupported>(simulatorExport("MFIsVirtualCameraTypeSupported"));
    ASSERT_NE(nullptr, create_);
    ASSERT_NE(nullptr, isSupported_);
    // The fake source is in this process only.
    const auto set = reinterpret_cast<decltype(&mfvcam_simulator_set_switch)>(
        simulatorExport("mfvcam_simulator_set_switch"));
    ASSERT_HR(S_OK, set("hosting", "in-process"));
}

void SimulatorTest::SetUp() {
    ASSERT_NE(nullptr, create_);
    ASSERT_HR(S_OK, FakeSource::registerClass());
}

void SimulatorTest::TearDown() {
    FakeSource::revokeClass();
    EXPECT_TRUE(FakeSource::gone(kPatience)) << "objects of the media source are still alive";
    EXPECT_EQ(0U, FakeSource::registrations());
}

HRESULT SimulatorTest::create(const Parameters& parameters, ComPtr<IMFVirtualCamera>& camera) {
    return create_(parameters.type, parameters.lifetime, parameters.access, parameters.name,
                   parameters.classId, parameters.categories, parameters.categoryCount,
                   camera.put());
}

ComPtr<IMFVirtualCamera> SimulatorTest::created(const Parameters& parameters) {
    ComPtr<IMFVirtualCamera> camera;
    EXPECT_HR(S_OK, create(parameters, camera));
    return camera;
}

ComPtr<IMFVirtualCamera> SimulatorTest::started(const Parameters& parameters) {
    ComPtr<IMFVirtualCamera> camera = created(parameters);
    EXPECT_HR(S_OK, camera->Start(nullptr));
    return camera;
}

HRESULT SimulatorTest::start(IMFMediaSource* source) {
    ComPtr<IMFPresentationDescriptor> descriptor;
    DWORD count = 0;
    HRESULT hr = source->CreatePresentationDescriptor(descriptor.put());
    if (SUCCEEDED(hr)) {
        hr = descriptor->GetStreamDescriptorCount(&count);
    }
    for (DWORD index = 0; SUCCEEDED(hr) && index < count; ++index) {
        hr = descriptor->SelectStream(index);
    }
    if (FAILED(hr)) {
        return hr;
    }
    PROPVARIANT position;
    PropVariantInit(&position);
    return source->Start(descriptor.get(), nullptr, &position);
}

ComPtr<IMFCameraSyncObject> SimulatorTest::syncEvent(IMFVirtualCamera* camera, HANDLE event,
                                                     ULONG flags) {
    ComPtr<IMFCameraSyncObject> syncObject;
    EXPECT_HR(S_OK, camera->CreateSyncEvent(kSet, 7, flags, event, syncObject.put()));
    return syncObject;
}

void StartedCameraTest::SetUp() {
    SimulatorTest::SetUp();
    camera_ = started();
}

void StartedCameraTest::TearDown() {
    camera_.reset();
    SimulatorTest::TearDown();
}

Recorder::Told Recorder::next() {
    const ULONGLONG end = GetTickCount64() + kPatience;
    Told told;
    AcquireSRWLockExclusive(&lock_);
    while (list_.empty()) {
        const ULONGLONG now = GetTickCount64();
        if (now >= end) {
            break;
        }
        SleepConditionVariableSRW(&told_, &lock_, static_cast<DWORD>(end - now), 0);
    }
    if (!list_.empty()) {
        told = list_.front();
        list_.pop_front();
    }
    ReleaseSRWLockExclusive(&lock_);
    return told;
}

size_t Recorder::pending() {
    AcquireSRWLockExclusive(&lock_);
    const size_t count = list_.size();
    ReleaseSRWLockExclusive(&lock_);
    return count;
}

STDMETHODIMP Recorder::QueryInterface(REFIID iid, void** object) {
    if (iid != __uuidof(IUnknown) && iid != __uuidof(IMFAsyncCallback)) {
        *object = nullptr;
        return E_NOINTERFACE;
    }
    *object = static_cast<IMFAsyncCallback*>(this);
    AddRef();
    return S_OK;
}

STDMETHODIMP_(ULONG) Recorder::Release() {
    const ULONG count = --references_;
    if (count == 0) {
        delete this;
    }
    return count;
}

STDMETHODIMP Recorder::GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) {
    return E_NOTIMPL;
}

STDMETHODIMP Recorder::Invoke(IMFAsyncResult* result) {
    Told told;
    told.thread = GetCurrentThreadId();
    ComPtr<IUnknown> object;
    ComPtr<IUnknown> state;
    result->GetObject(object.put());
    result->GetState(state.put());
    ComPtr<IMFMediaEvent> event;
    for (const auto& [carrier, unknown] :
         {std::pair<const char*, IUnknown*>{"object", object.get()},
          {"state", state.get()},
          {"result", result}}) {
        if (unknown != nullptr && !event) {
            event = ComPtr<IUnknown>(unknown).as<IMFMediaEvent>();
            told.carrier = event ? carrier : told.carrier;
        }
    }
    if (event) {
        event->GetType(&told.type);
        event->GetExtendedType(&told.extendedType);
        event->GetStatus(&told.status);
    }
    AcquireSRWLockExclusive(&lock_);
    list_.push_back(told);
    ReleaseSRWLockExclusive(&lock_);
    WakeAllConditionVariable(&told_);
    return S_OK;
}

ComPtr<Recorder> recorder() {
    ComPtr<Recorder> made;
    made.attach(new Recorder);
    return made;
}

}  // namespace mfvcam::simulator_test
