// What every test of the simulator starts from and ends with: the DLL by its path, the fake source
// registered, and at the end nothing of it alive.
#pragma once

#include <gtest/gtest.h>
#include <windows.h>

#include <mfapi.h>
#include <mfidl.h>

#include <atomic>
#include <deque>

#include "com_ptr.h"
#include "handle.h"
#include "mfvirtualcamera_abi.h"
#include "simulator.h"
#include "simulator_fake_source.h"
#include "switches.h"

namespace mfvcam::simulator_test {

using tests::Handle;

// A result as people look codes up, also in the messages of failed tests.
struct Hex {
    HRESULT code;
    bool operator==(const Hex&) const = default;
};
std::ostream& operator<<(std::ostream& stream, Hex hex);

#define EXPECT_HR(expected, actual)                                          \
    EXPECT_EQ(::mfvcam::simulator_test::Hex{static_cast<HRESULT>(expected)}, \
              ::mfvcam::simulator_test::Hex{actual})
#define ASSERT_HR(expected, actual)                                          \
    ASSERT_EQ(::mfvcam::simulator_test::Hex{static_cast<HRESULT>(expected)}, \
              ::mfvcam::simulator_test::Hex{actual})

// An event set, an attribute and a property of the tests' own.
inline constexpr GUID kSet = {
    0x3B2A1C90, 0x77F1, 0x4C5E, {0xA1, 0x0D, 0x5E, 0x0A, 0x44, 0x9C, 0x31, 0x7B}};
inline constexpr GUID kKey = {
    0x9A1C0D55, 0x2E4B, 0x4F0E, {0x8A, 0x71, 0x4C, 0x52, 0x1B, 0x6F, 0x0A, 0x39}};
inline constexpr DEVPROPKEY kPropertyKey = {
    {0x6EDC630D, 0xC2E3, 0x43B7, {0xB2, 0xD1, 0x20, 0x52, 0x5A, 0x1A, 0xF1, 0x20}}, 90};
// What the simulator answers while no test has set a switch.
inline constexpr HRESULT kNotStarted =
    simulator::switches::default_code(simulator::switches::Switch::kBeforeStart);
inline constexpr HRESULT kNoSuchCamera =
    simulator::switches::default_code(simulator::switches::Switch::kNoSuchCamera);
inline constexpr HRESULT kTimedOut =
    simulator::switches::default_code(simulator::switches::Switch::kWaitTimeout);
inline constexpr HRESULT kWaitShutDown =
    simulator::switches::default_code(simulator::switches::Switch::kWaitAfterShutdown);
// Long enough for any machine; nothing waits for it to pass.
inline constexpr DWORD kPatience = 20000;

// Sets a switch, and puts it back.
class SwitchGuard {
 public:
    SwitchGuard(const char* name, const char* value);
    ~SwitchGuard();
    SwitchGuard(const SwitchGuard&) = delete;
    SwitchGuard& operator=(const SwitchGuard&) = delete;

 private:
    const char* const name_;
    decltype(&mfvcam_simulator_set_switch) const set_;
    const char* before_ = nullptr;
};

mfvcam_simulator_counters simulatorCounters();
// An export of the DLL under test, or null.
void* simulatorExport(const char* name);

class SimulatorTest : public testing::Test {
 protected:
    // With int for the enumerations, so that values they do not have can be passed.
    using Create = HRESULT(STDAPICALLTYPE*)(int type, int lifetime, int access, LPCWSTR name,
                                            LPCWSTR classId, const GUID* categories,
                                            ULONG categoryCount, IMFVirtualCamera** camera);
    using IsSupported = HRESULT(STDAPICALLTYPE*)(int type, BOOL* supported);

    static void SetUpTestSuite();
    void SetUp() override;
    void TearDown() override;

    struct Parameters {
        int type = MFVirtualCameraType_SoftwareCameraSource;
        int lifetime = MFVirtualCameraLifetime_Session;
        int access = MFVirtualCameraAccess_CurrentUser;
        LPCWSTR name = L"Test camera";
        LPCWSTR classId = FakeSource::kClassIdText;
        const GUID* categories = nullptr;
        ULONG categoryCount = 0;
    };
    static HRESULT create(const Parameters& parameters, ComPtr<IMFVirtualCamera>& camera);
    static ComPtr<IMFVirtualCamera> created(const Parameters& parameters);
    static ComPtr<IMFVirtualCamera> created() { return created(Parameters{}); }
    static ComPtr<IMFVirtualCamera> started(const Parameters& parameters);
    static ComPtr<IMFVirtualCamera> started() { return started(Parameters{}); }

    // All its streams.
    static HRESULT start(IMFMediaSource* source);

    static ComPtr<IMFCameraSyncObject> syncEvent(IMFVirtualCamera* camera, HANDLE event,
                                                 ULONG flags = KSEVENT_TYPE_ENABLE);

    static Create create_;
    static IsSupported isSupported_;
};

class StartedCameraTest : public SimulatorTest {
 protected:
    void SetUp() override;
    void TearDown() override;

    ComPtr<IMFVirtualCamera> camera_;
};

// A Start callback that keeps what it is told.
class Recorder final : public IMFAsyncCallback {
 public:
    struct Told {
        MediaEventType type = MEUnknown;
        GUID extendedType{};
        HRESULT status = S_OK;
        DWORD thread = 0;
        const char* carrier = "none";  // as the switch names them
    };

    // The next thing told, or a Told of MEUnknown after kPatience.
    Told next();
    // Like next, but only its extended type.
    GUID nextExtended() { return next().extendedType; }
    [[nodiscard]] size_t pending();

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override;
    STDMETHODIMP_(ULONG) AddRef() override { return ++references_; }
    STDMETHODIMP_(ULONG) Release() override;
    STDMETHODIMP GetParameters(DWORD* flags, DWORD* queue) override;
    STDMETHODIMP Invoke(IMFAsyncResult* result) override;

    // Reference counts are tests' business, too.
    [[nodiscard]] ULONG references() const { return references_; }

 private:
    ~Recorder() = default;

    std::atomic<ULONG> references_{1};
    SRWLOCK lock_ = SRWLOCK_INIT;
    CONDITION_VARIABLE told_ = CONDITION_VARIABLE_INIT;
    std::deque<Told> list_;
};

ComPtr<Recorder> recorder();

}  // namespace mfvcam::simulator_test
