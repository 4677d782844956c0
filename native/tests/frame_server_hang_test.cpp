// A program or a media source that hangs: whoever is not concerned goes on, and what hangs in the
// end is let go.
#include <gtest/gtest.h>
#include <windows.h>

#include <mferror.h>

#include <algorithm>
#include <string>
#include <thread>

#include "camera_key.h"
#include "choices.h"
#include "environment.h"
#include "frame_server_fixture.h"
#include "frame_server_protocol.h"
#include "guard.h"
#include "hanging_source.h"
#include "ks_control.h"
#include "pipe.h"
#include "simulator.h"
#include "switches.h"
#include "wire.h"

namespace mfvcam::tests {
namespace {

// ---- Programs -----------------------------------------------------------------------------------

class FrameServerHangs : public FrameServer {};

TEST_F(FrameServerHangs, ASuspendedProgramIsLetGoAndNobodyWaitsForIt) {
    constexpr DWORD slack = kPatience;
    const auto events = make_object<Events>();
    ComPtr<IMFVirtualCamera> camera = started(L"shared", events.get());
    const Handle host = opened_host(camera);
    const Program program(L"ask", L"shared");
    ASSERT_TRUE(program.works());
    ASSERT_NO_FATAL_FAILURE(program.suspend());
    // It has the only one there is.
    const Events::Told gone =
        Events::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
    ComPtr<IMFSourceReader> reader;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    for (int frame = 0; frame < 10; ++frame) {
        ComPtr<IMFSample> sample;
        ASSERT_EQ(read_frame(reader.get(), sample), S_OK);
    }
    EXPECT_EQ(std::ranges::count(events->told(), gone), 0);
    EXPECT_TRUE(events->hears(gone, simulator::choices::kProgramPatience + slack));
    ComPtr<IMFSample> sample;
    EXPECT_EQ(read_frame(reader.get(), sample), S_OK);
    EXPECT_EQ(reader->Flush(static_cast<DWORD>(MF_SOURCE_READER_ALL_STREAMS)), S_OK);
    reader.reset();
    // Nor does the camera that it has keep the host.
    camera.reset();
    EXPECT_EQ(WaitForSingleObject(host.get(), kPatience), WAIT_OBJECT_0);
}

// One that speaks the protocol by itself, and may send what the DLL never would.
class RawProgram {
 public:
    RawProgram() = default;
    ~RawProgram() {
        if (calls_.open()) {
            static_cast<void>(guarded([&] {
                simulator::Bytes none;
                return call(simulator::Call::kLeave, none);
            }));
        }
    }
    RawProgram(const RawProgram&) = delete;
    RawProgram& operator=(const RawProgram&) = delete;

    HRESULT join() {
        HRESULT hr = simulator::Pipe::name_of(environment_variable(L"MFVCAM_SIMULATOR_SERVER"),
                                              simulator::Role::kFrameServer, name_);
        if (SUCCEEDED(hr)) {
            hr = simulator::Pipe::connect(name_, events_);
        }
        simulator::Bytes results;
        if (SUCCEEDED(hr)) {
            hr = call(events_, simulator::Call::kJoin, results);
        }
        if (SUCCEEDED(hr)) {
            session_ = simulator::Reader(results).get<simulator::ObjectId>();
            hr = simulator::Pipe::connect(name_, calls_);
        }
        return hr;
    }
    template <class... Arguments>
    HRESULT call(simulator::Call what, simulator::Bytes& results, const Arguments&... arguments) {
        return call(calls_, what, results, arguments...);
    }
    // Asks, and takes no reply.
    template <class... Arguments>
    [[nodiscard]] HRESULT ask(simulator::Call what, const Arguments&... arguments) const {
        return send(calls_, what, arguments...);
    }
    void hang_up() noexcept { calls_.close(); }
    HRESULT call_again() { return simulator::Pipe::connect(name_, calls_); }
    static simulator::CameraKey key_of(const wchar_t* name) {
        simulator::CameraKey key;
        EXPECT_EQ(simulator::CameraKey::make(
                      MFVirtualCameraType_SoftwareCameraSource, MFVirtualCameraLifetime_Session,
                      MFVirtualCameraAccess_CurrentUser, name, kSourceClassId, nullptr, 0, key),
                  S_OK);
        return key;
    }
    // Of a camera that there is.
    void open_source(const wchar_t* name, simulator::ObjectId& source) {
        simulator::Bytes results;
        ASSERT_EQ(
            call(simulator::Call::kOpen, results, key_of(name), false, simulator::ObjectId{1}),
            S_OK);
        const auto hold = simulator::Reader(results).get<simulator::ObjectId>();
        ASSERT_EQ(call(simulator::Call::kHoldState, results, hold), S_OK);
        simulator::Reader state(results);
        EXPECT_TRUE(state.get_flag());   // it exists
        EXPECT_FALSE(state.get_flag());  // and is not removed
        EXPECT_NE(state.get<DWORD>(), 0U);
        source = state.get<simulator::ObjectId>();
    }

 private:
    template <class... Arguments>
    HRESULT send(const simulator::Pipe& connection, simulator::Call what,
                 const Arguments&... arguments) const {
        simulator::Writer request;
        request.put(what);
        request.put(session_);
        request.put(simulator::switches::Snapshot{});
        (request.put(arguments), ...);
        return connection.send(request.bytes());
    }
    template <class... Arguments>
    HRESULT call(const simulator::Pipe& connection, simulator::Call what, simulator::Bytes& results,
                 const Arguments&... arguments) {
        simulator::Bytes reply;
        HRESULT hr = send(connection, what, arguments...);
        if (SUCCEEDED(hr)) {
            hr = connection.receive(reply);
        }
        if (FAILED(hr)) {
            return hr;
        }
        hr = simulator::Reader(reply).get<HRESULT>();
        results.assign(reply.begin() + sizeof(hr), reply.end());
        return hr;
    }

    std::wstring name_;
    simulator::Pipe events_;
    simulator::Pipe calls_;
    simulator::ObjectId session_ = 0;
};

TEST_F(FrameServerHangs, ARequestOfLessThanAKsPropertyHarmsNoTracedHost) {
    const std::wstring path =
        program_folder() + L"short-" + std::to_wstring(GetCurrentProcessId()) + L".txt";
    const std::wstring server = environment_variable(L"MFVCAM_SIMULATOR_SERVER");
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_TRACE", path.c_str());
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_SERVER", (server + L"-short").c_str());
    {
        const Program other(L"sync", L"shared");
        EXPECT_TRUE(other.works());
        RawProgram program;
        EXPECT_EQ(program.join(), S_OK);
        simulator::ObjectId source = 0;
        program.open_source(L"shared", source);
        simulator::Bytes results;
        for (const std::size_t length : {std::size_t{0}, std::size_t{4}, sizeof(KSPROPERTY) - 1}) {
            EXPECT_EQ(program.call(simulator::Call::kKsProperty, results, source,
                                   simulator::Bytes(length), false, simulator::Bytes()),
                      E_INVALIDARG)
                << length;
        }
        EXPECT_EQ(program.call(simulator::Call::kKsProperty, results, source,
                               simulator::Bytes(sizeof(KSPROPERTY)), false, simulator::Bytes()),
                  HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    }
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_TRACE", nullptr);
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_SERVER", server.c_str());
    // Until the host has ended, it is open.
    EXPECT_TRUE(eventually([&] { return DeleteFileW(path.c_str()) != FALSE; }));
}

TEST_F(FrameServerHangs, AProgramThatTakesNoReplyIsLetGo) {
    constexpr DWORD slack = kPatience;
    const auto events = make_object<Events>();
    const ComPtr<IMFVirtualCamera> camera = started(L"shared", events.get());
    RawProgram program;
    ASSERT_EQ(program.join(), S_OK);
    simulator::ObjectId source = 0;
    ASSERT_NO_FATAL_FAILURE(program.open_source(L"shared", source));
    simulator::Bytes results;
    ASSERT_EQ(program.call(simulator::Call::kOpenConsumer, results, source, simulator::ObjectId{2}),
              S_OK);
    // The reply brings the data back, which are more than a pipe holds.
    ASSERT_EQ(
        program.ask(simulator::Call::kKsProperty, source, simulator::Bytes(sizeof(KSPROPERTY)),
                    true, simulator::Bytes(std::size_t{1024} * 1024)),
        S_OK);

    EXPECT_TRUE(
        events->hears(Events::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE),
                      simulator::choices::kProgramPatience + slack));
    program.hang_up();
    // Nobody else is concerned.
    ComPtr<IMFSourceReader> reader;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    ComPtr<IMFSample> sample;
    EXPECT_EQ(read_frame(reader.get(), sample), S_OK);
}

TEST_F(FrameServerHangs, AProgramThatHangsUpBeforeItsReplyHasEverythingStill) {
    const ComPtr<IMFVirtualCamera> camera = started(L"shared");
    RawProgram program;
    ASSERT_EQ(program.join(), S_OK);
    simulator::ObjectId source = 0;
    ASSERT_NO_FATAL_FAILURE(program.open_source(L"shared", source));
    for (int round = 0; round < 20; ++round) {
        ASSERT_EQ(
            program.ask(simulator::Call::kKsProperty, source, simulator::Bytes(sizeof(KSPROPERTY)),
                        true, simulator::Bytes(std::size_t{1024} * 1024)),
            S_OK);
        program.hang_up();
        ASSERT_EQ(program.call_again(), S_OK);
        simulator::Bytes results;
        EXPECT_EQ(program.call(simulator::Call::kKsProperty, results, source,
                               simulator::Bytes(sizeof(KSPROPERTY)), false, simulator::Bytes()),
                  HRESULT_FROM_WIN32(ERROR_SET_NOT_FOUND));
    }
}

TEST_F(FrameServerHangs, AProgramThatIsLetGoIsToldSo) {
    const ComPtr<IMFVirtualCamera> camera = started(L"shared");
    for (int round = 0; round < 30; ++round) {
        RawProgram program;
        ASSERT_EQ(program.join(), S_OK);
        simulator::ObjectId source = 0;
        ASSERT_NO_FATAL_FAILURE(program.open_source(L"shared", source));
        simulator::Bytes results;
        ASSERT_EQ(
            program.call(simulator::Call::kOpenConsumer, results, source, simulator::ObjectId{2}),
            S_OK);
        ASSERT_EQ(program.call(simulator::Call::kLeave, results), S_OK);
        // While what it had is taken back.
        EXPECT_EQ(
            program.call(simulator::Call::kOpen, results, RawProgram::key_of(L"another of its own"),
                         true, simulator::ObjectId{3}),
            kHostDied);
    }
}

// ---- Media sources ------------------------------------------------------------------------------

class HangingSource : public FrameServerHangs {
 protected:
    void SetUp() override {
        const std::wstring key =
            L"SOFTWARE\\Classes\\CLSID\\" + std::wstring(HangingClass::kId) + L"\\InprocServer32";
        const std::wstring path = program_folder() + HangingClass::kFile;
        ASSERT_EQ(set(key, nullptr, path), ERROR_SUCCESS);
        ASSERT_EQ(set(key, L"ThreadingModel", L"Both"), ERROR_SUCCESS);
        SetEvent(go_.get());
    }
    void TearDown() override { SetEvent(go_.get()); }

    // Those who ask for the class from now on wait, until it is let go.
    void hang() const {
        ResetEvent(arrived_.get());
        ResetEvent(go_.get());
    }
    void let_go() const { SetEvent(go_.get()); }
    [[nodiscard]] HANDLE go() const { return go_.get(); }
    [[nodiscard]] bool hangs() const {
        return WaitForSingleObject(arrived_.get(), kPatience) == WAIT_OBJECT_0;
    }

    static ComPtr<IMFVirtualCamera> hanging(MFVirtualCameraLifetime lifetime) {
        ComPtr<IMFVirtualCamera> camera;
        EXPECT_EQ(make_camera(L"hanging", lifetime, camera, HangingClass::kId), S_OK);
        return camera;
    }

 private:
    static LSTATUS set(const std::wstring& key, const wchar_t* name, const std::wstring& value) {
        return RegSetKeyValueW(HKEY_LOCAL_MACHINE, key.c_str(), name, REG_SZ, value.c_str(),
                               static_cast<DWORD>((value.size() + 1) * sizeof(wchar_t)));
    }
    static HANDLE make(const wchar_t* name) {
        return CreateEventW(nullptr, TRUE, FALSE, HangingClass::event_name(name).c_str());
    }

    const Handle arrived_{make(HangingClass::kArrived)};
    const Handle go_{make(HangingClass::kGo)};
};

TEST_F(HangingSource, OfASystemCameraWhenTheHostRestartsHoldsUpNobodyElse) {
    const ComPtr<IMFVirtualCamera> camera = hanging(MFVirtualCameraLifetime_System);
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    hang();
    ASSERT_EQ(make_fault(camera.get(), MFVCAM_SIMULATOR_FAULT_HOST_DIES), S_OK);
    const Event done(true);
    HRESULT other_started = E_PENDING;
    std::thread starter([&] {
        ComPtr<IMFVirtualCamera> other;
        other_started = make_camera(L"other", MFVirtualCameraLifetime_Session, other);
        if (SUCCEEDED(other_started)) {
            other_started = other->Start(nullptr);
        }
        done.set();
    });
    EXPECT_TRUE(hangs());
    EXPECT_EQ(WaitForSingleObject(done.get(), kPatience), WAIT_OBJECT_0);
    EXPECT_EQ(WaitForSingleObject(go(), 0), WAIT_TIMEOUT);
    let_go();
    starter.join();
    EXPECT_EQ(other_started, S_OK);
    // Who asks for it waits until it has been started again.
    const ComPtr<IMFVirtualCamera> again = hanging(MFVirtualCameraLifetime_System);
    EXPECT_EQ(counters(again).event_count, 1U * MFVCAM_EVENT_COUNT);
    EXPECT_EQ(again->Remove(), S_OK);
}

TEST_F(HangingSource, InAMonitorThatDiesIsToldAsTheMonitorsDeath) {
    const auto events = make_object<Events>();
    const ComPtr<IMFVirtualCamera> other = started(L"other", events.get());
    const DWORD host = host_of(other);
    const Handle monitor(OpenProcess(PROCESS_TERMINATE, FALSE, monitor_of(other)));
    ASSERT_NE(monitor.get(), nullptr);
    hang();
    const ComPtr<IMFVirtualCamera> camera = hanging(MFVirtualCameraLifetime_Session);
    HRESULT result = E_PENDING;
    std::thread starter([&] { result = camera->Start(nullptr); });
    EXPECT_TRUE(hangs());
    EXPECT_NE(TerminateProcess(monitor.get(), kKilled), FALSE);
    starter.join();
    EXPECT_EQ(result, simulator::choices::kMonitorDied);
    let_go();
    EXPECT_EQ(camera->Start(nullptr), S_OK);
    EXPECT_EQ(host_of(camera), host);
    EXPECT_EQ(std::ranges::count(events->told(), Events::error(kHostDied)), 0);
}

}  // namespace
}  // namespace mfvcam::tests
