// The simulator's Frame Server in its own process, over our media source: what passes between it
// and programs, and what becomes of the one when another dies.
#include <gtest/gtest.h>
#include <windows.h>

#include <mferror.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "choices.h"
#include "foreign_client_run.h"
#include "frame_server_fixture.h"
#include "pipe.h"
#include "simulator.h"

namespace mfvcam::tests {
namespace {

TEST_F(FrameServer, IsAnotherProcessAndEndsWithTheLastCamera) {
    ComPtr<IMFVirtualCamera> camera = started();
    const DWORD host = host_of(camera);
    EXPECT_NE(host, 0U);
    EXPECT_NE(host, GetCurrentProcessId());
    const Handle process = opened_host(camera);
    ASSERT_NE(process.get(), nullptr);
    EXPECT_EQ(WaitForSingleObject(process.get(), 0), WAIT_TIMEOUT);
    camera.reset();
    EXPECT_EQ(WaitForSingleObject(process.get(), kPatience), WAIT_OBJECT_0);
}

TEST_F(FrameServer, SignalsAnEventOfThisProcess) {
    const ComPtr<IMFVirtualCamera> camera = started();
    const Event event;
    const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
    ASSERT_TRUE(object);
    EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
    EXPECT_LE(1U, counters(camera).signals[MFVCAM_EVENT_PING]);
    object->Shutdown();
}

TEST_F(FrameServer, FramesAreReadAndEachOfThemSignalled) {
    constexpr UINT64 kFrames = 20;
    const ComPtr<IMFVirtualCamera> camera = started();
    const Event event;
    const ComPtr<IMFCameraSyncObject> object =
        sync(camera, MFVCAM_EVENT_FRAME_DELIVERED, event.get());
    ComPtr<IMFSourceReader> reader;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    LONGLONG before = 0;
    std::vector<BYTE> last;
    for (UINT64 frame = 0; frame < kFrames; ++frame) {
        ComPtr<IMFSample> sample;
        ASSERT_EQ(read_frame(reader.get(), sample), S_OK);
        EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
        LONGLONG time = 0;
        EXPECT_EQ(sample->GetSampleTime(&time), S_OK);
        EXPECT_LT(before, time);
        before = time;
        ComPtr<IMFMediaBuffer> buffer;
        BYTE* data = nullptr;
        DWORD length = 0;
        ASSERT_EQ(sample->ConvertToContiguousBuffer(buffer.put()), S_OK);
        ASSERT_EQ(buffer->Lock(&data, nullptr, &length), S_OK);
        const std::vector<BYTE> picture(data, data + length);
        buffer->Unlock();
        EXPECT_NE(picture, last);  // it counts
        EXPECT_LE(640U * 480 * 3 / 2, picture.size());
        last = picture;
    }
    EXPECT_LE(kFrames, counters(camera).deliveries);
}

TEST_F(FrameServer, TwoProgramsShareACamera) {
    const ComPtr<IMFVirtualCamera> camera = started(L"shared");
    const Program reading(L"read", L"shared");
    EXPECT_TRUE(reading.works());
    EXPECT_LE(1U, counters(camera).deliveries);
    ComPtr<IMFSourceReader> reader;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    ComPtr<IMFSample> sample;
    EXPECT_EQ(read_frame(reader.get(), sample), S_OK);
}

TEST_F(FrameServer, ADeadProgramLeavesNothing) {
    const ComPtr<IMFVirtualCamera> camera = started(L"shared");
    const DWORD host = host_of(camera);
    std::size_t handles = 0;
    for (int round = 0; round < 5; ++round) {
        for (const wchar_t* mode : {L"sync", L"read"}) {
            const Program program(mode, L"shared");
            EXPECT_TRUE(program.works());
        }
        // The other's registration has gone: one signal for one frame.
        const Event event;
        const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
        EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
        object->Shutdown();
        if (round == 2) {
            handles = process_handle_count(host);
        }
    }
    EXPECT_TRUE(eventually([&] { return process_handle_count(host) <= handles + 2; }))
        << process_handle_count(host) << " after " << handles;
}

TEST_F(FrameServer, ACameraEndsWithTheProgramThatHasIt) {
    const ComPtr<IMFVirtualCamera> other = started(L"another");  // so that the host lives on
    {
        const Program program(L"sync", L"shared");
        ASSERT_TRUE(program.works());
    }
    // Nobody has it any more. Each look is one who has it for a moment.
    EXPECT_TRUE(eventually([&] {
        mfvcam_source_counters unread{};
        return source_counters(made(L"shared").get(), unread) == MF_E_INVALIDREQUEST;
    }));
}

TEST_F(FrameServer, ItsDeathIsToldAndANewCameraWorks) {
    ComPtr<Errors> errors;
    errors.attach(new Errors);
    const ComPtr<IMFVirtualCamera> camera = started(L"camera", errors.get());
    const Event event;
    const ComPtr<IMFCameraSyncObject> object =
        sync(camera, MFVCAM_EVENT_FRAME_DELIVERED, event.get());
    ComPtr<IMFSourceReader> reader;
    ComPtr<IMFSample> sample;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    ASSERT_EQ(read_frame(reader.get(), sample), S_OK);
    const Handle host = opened_host(camera);
    ASSERT_NE(TerminateProcess(host.get(), kKilled), FALSE);
    EXPECT_EQ(errors->wait(), kHostDied);
    mfvcam_source_counters unread{};
    EXPECT_EQ(source_counters(camera.get(), unread), kHostDied);
    HRESULT read = S_OK;
    while (SUCCEEDED(read)) {
        read = read_frame(reader.get(), sample);  // what had come before
    }
    EXPECT_EQ(read, MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
    object->Shutdown();
    // The same object, and another.
    EXPECT_EQ(camera->Start(nullptr), S_OK);
    EXPECT_EQ(counters(camera).deliveries, 0U);
    const ComPtr<IMFVirtualCamera> another = started(L"another");
    const ComPtr<IMFCameraSyncObject> ping = sync(another, MFVCAM_EVENT_PING, event.get());
    EXPECT_EQ(ping->WaitOnSignal(kPatience), S_OK);
    ping->Shutdown();
}

TEST_F(FrameServer, ExtendedEventsComeInOrderAndItsDeathIsToldAsThatAndNothingElse) {
    const auto events = make_object<Events>();
    const ComPtr<IMFVirtualCamera> camera = started(L"shared", events.get());
    std::vector<Events::Told> expected;
    const auto expect = [&](REFGUID type) { expected.push_back(Events::extended(type)); };
    const auto told = [&] { return eventually([&] { return events->told() == expected; }); };
    ComPtr<IMFMediaSource> source;
    ComPtr<IMFMediaStream> stream;
    ASSERT_EQ(camera->GetMediaSource(source.put()), S_OK);
    ASSERT_EQ(open_stream(source.get(), stream), S_OK);
    EXPECT_EQ(source->Stop(), S_OK);
    EXPECT_EQ(source->Shutdown(), S_OK);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
    EXPECT_TRUE(told());
    {
        const Program reading(L"read", L"shared");
        ASSERT_TRUE(reading.works());
    }
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_START);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_STOP);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE);
    EXPECT_TRUE(told());
    ASSERT_EQ(camera->Stop(), S_OK);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN);
    EXPECT_TRUE(told());
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    ASSERT_EQ(camera->GetMediaSource(source.put()), S_OK);
    expect(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE);
    EXPECT_TRUE(told());
    ASSERT_NE(TerminateProcess(opened_host(camera).get(), kKilled), FALSE);
    expected.push_back(Events::error(kHostDied));
    EXPECT_TRUE(told());
    // Nobody is told twice, nor by the one that follows.
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    ASSERT_EQ(camera->Stop(), S_OK);
    EXPECT_EQ(events->told(), expected);
}

TEST_F(FrameServer, AttributesOfTheCameraAreTheSourcesWhenItIsActivated) {
    constexpr std::array<UINT8, 5> blob = {1, 2, 3, 0, 255};
    const ComPtr<IMFVirtualCamera> camera = made();
    ASSERT_EQ(camera->SetBlob(kCameraKey, blob.data(), static_cast<UINT32>(blob.size())), S_OK);
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    // What is set later comes too late.
    ASSERT_EQ(camera->SetUINT32(kCameraKey, 7), S_OK);
    ComPtr<IMFMediaSource> source;
    ASSERT_EQ(camera->GetMediaSource(source.put()), S_OK);
    ComPtr<IMFAttributes> attributes;
    ASSERT_EQ(source.as<IMFMediaSourceEx>()->GetSourceAttributes(attributes.put()), S_OK);
    std::array<UINT8, 5> reached{};
    UINT32 size = 0;
    EXPECT_EQ(
        attributes->GetBlob(kCameraKey, reached.data(), static_cast<UINT32>(reached.size()), &size),
        S_OK);
    EXPECT_EQ(reached, blob);
    EXPECT_EQ(size, blob.size());
}

// ---- System cameras -----------------------------------------------------------------------------

class SystemCamera : public FrameServer {
 protected:
    void SetUp() override {
        ASSERT_EQ(make_camera(L"system", MFVirtualCameraLifetime_System, camera_), S_OK);
    }
    void TearDown() override {
        ComPtr<IMFVirtualCamera> last;
        EXPECT_EQ(make_camera(L"system", MFVirtualCameraLifetime_System, last), S_OK);
        EXPECT_EQ(last->Remove(), S_OK);
        mfvcam_source_counters unread{};
        EXPECT_EQ(source_counters(last.get(), unread), MF_E_INVALIDREQUEST);
    }

    void open_again() {
        camera_.reset();
        ASSERT_EQ(make_camera(L"system", MFVirtualCameraLifetime_System, camera_), S_OK);
    }

    ComPtr<IMFVirtualCamera> camera_;
};

TEST_F(SystemCamera, OutlivesItsProgramAndTheFrameServer) {
    ASSERT_EQ(camera_->Start(nullptr), S_OK);
    const DWORD host = host_of(camera_);
    open_again();
    EXPECT_EQ(counters(camera_).event_count, 1U * MFVCAM_EVENT_COUNT);
    EXPECT_EQ(host_of(camera_), host);
    ASSERT_EQ(make_fault(camera_.get(), MFVCAM_SIMULATOR_FAULT_HOST_RESTARTS), S_OK);
    open_again();
    // Nobody started it again.
    EXPECT_EQ(counters(camera_).event_count, 1U * MFVCAM_EVENT_COUNT);
    EXPECT_NE(host_of(camera_), host);
}

TEST_F(SystemCamera, ThatWasStoppedStaysStopped) {
    ASSERT_EQ(camera_->Start(nullptr), S_OK);
    ASSERT_EQ(camera_->Stop(), S_OK);
    ASSERT_EQ(make_fault(camera_.get(), MFVCAM_SIMULATOR_FAULT_HOST_RESTARTS), S_OK);
    open_again();
    mfvcam_source_counters unread{};
    EXPECT_EQ(source_counters(camera_.get(), unread), MF_E_INVALIDREQUEST);
    EXPECT_EQ(camera_->Stop(), S_OK);  // it exists
    EXPECT_EQ(camera_->Start(nullptr), S_OK);
    EXPECT_EQ(counters(camera_).deliveries, 0U);
}

// ---- Faults -------------------------------------------------------------------------------------

class Fault : public FrameServer {
 protected:
    void TearDown() override {
        EXPECT_EQ(set_simulator_switch("activation", "S_OK"), S_OK);
        EXPECT_EQ(set_simulator_switch("activation-delay", "0"), S_OK);
        EXPECT_EQ(set_simulator_switch("administrator", "process"), S_OK);
        EXPECT_EQ(set_simulator_switch("dies-in", "none"), S_OK);
    }
};

TEST_F(Fault, TheSourceIsInvalidated) {
    ComPtr<Errors> errors;
    errors.attach(new Errors);
    const ComPtr<IMFVirtualCamera> camera = started(L"camera", errors.get());
    ComPtr<IMFSourceReader> reader;
    ComPtr<IMFSample> sample;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    ASSERT_EQ(read_frame(reader.get(), sample), S_OK);
    ASSERT_EQ(make_fault(camera.get(), MFVCAM_SIMULATOR_FAULT_SOURCE_INVALIDATED), S_OK);
    EXPECT_EQ(errors->wait(), MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
    HRESULT read = S_OK;
    while (SUCCEEDED(read)) {
        read = read_frame(reader.get(), sample);
    }
    EXPECT_EQ(read, MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
    mfvcam_source_counters unread{};
    EXPECT_EQ(source_counters(camera.get(), unread), MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
    ASSERT_EQ(camera->Stop(), S_OK);
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    EXPECT_EQ(counters(camera).deliveries, 0U);
}

TEST_F(Fault, TheHostDiesInTheMiddleOfEachCall) {
    const std::array<std::pair<const char*, std::function<HRESULT(IMFVirtualCamera*)>>, 4> calls = {
        {
            {"Start", [](IMFVirtualCamera* camera) { return camera->Start(nullptr); }},
            {"GetMediaSource",
             [](IMFVirtualCamera* camera) {
                 ComPtr<IMFMediaSource> source;
                 return camera->GetMediaSource(source.put());
             }},
            {"SendCameraProperty",
             [](IMFVirtualCamera* camera) {
                 mfvcam_source_counters unread{};
                 return source_counters(camera, unread);
             }},
            {"CreateSyncEvent",
             [](IMFVirtualCamera* camera) {
                 const Event event;
                 ComPtr<IMFCameraSyncObject> object;
                 return create_sync_event(camera, MFVCAM_EVENT_PING, event.get(), object);
             }},
        }};
    for (const auto& [name, call] : calls) {
        SCOPED_TRACE(name);
        ComPtr<Errors> errors;
        errors.attach(new Errors);
        const ComPtr<IMFVirtualCamera> camera = started(L"camera", errors.get());
        ASSERT_EQ(set_simulator_switch("dies-in", name), S_OK);
        if (name == std::string("Start")) {
            ASSERT_EQ(camera->Stop(), S_OK);
        }
        EXPECT_EQ(call(camera.get()), kHostDied);
        EXPECT_EQ(errors->wait(), kHostDied);
        ASSERT_EQ(set_simulator_switch("dies-in", "none"), S_OK);
        EXPECT_EQ(camera->Start(nullptr), S_OK);
        EXPECT_EQ(call(camera.get()), S_OK);
    }
}

TEST_F(Fault, TheClassIsRefusedOrSlow) {
    const ComPtr<IMFVirtualCamera> camera = made();
    ASSERT_EQ(set_simulator_switch("activation", "E_ACCESSDENIED"), S_OK);
    EXPECT_EQ(camera->Start(nullptr), E_ACCESSDENIED);
    ASSERT_EQ(set_simulator_switch("activation", "REGDB_E_CLASSNOTREG"), S_OK);
    EXPECT_EQ(camera->Start(nullptr), REGDB_E_CLASSNOTREG);
    mfvcam_source_counters unread{};
    EXPECT_EQ(source_counters(camera.get(), unread), MF_E_INVALIDREQUEST);
    ASSERT_EQ(set_simulator_switch("activation", "S_OK"), S_OK);
    ASSERT_EQ(set_simulator_switch("activation-delay", "300"), S_OK);
    const ULONGLONG began = GetTickCount64();
    EXPECT_EQ(camera->Start(nullptr), S_OK);
    // The system's clock ticks every 16 ms.
    EXPECT_LE(began + 300 - 16, GetTickCount64());
    EXPECT_EQ(counters(camera).deliveries, 0U);
}

TEST_F(Fault, NobodyButAnAdministratorHasACameraForAllUsers) {
    const auto made_for_all = [](ComPtr<IMFVirtualCamera>& camera) {
        return make_camera(L"for all", MFVirtualCameraLifetime_Session, camera, kSourceClassId,
                           MFVirtualCameraAccess_AllUsers);
    };
    ASSERT_EQ(set_simulator_switch("administrator", "yes"), S_OK);
    ComPtr<IMFVirtualCamera> camera;
    ASSERT_EQ(made_for_all(camera), S_OK);
    ASSERT_EQ(camera->Start(nullptr), S_OK);
    ASSERT_EQ(set_simulator_switch("administrator", "no"), S_OK);
    ComPtr<IMFVirtualCamera> other;
    EXPECT_EQ(made_for_all(other), E_ACCESSDENIED);
    EXPECT_EQ(camera->Stop(), E_ACCESSDENIED);
    EXPECT_EQ(camera->Remove(), E_ACCESSDENIED);
    EXPECT_EQ(counters(camera).deliveries, 0U);  // it goes on
    EXPECT_EQ(made()->Start(nullptr), S_OK);     // one of the user's own
    ASSERT_EQ(set_simulator_switch("administrator", "yes"), S_OK);
    EXPECT_EQ(camera->Stop(), S_OK);
}

TEST_F(Fault, TheHostRestarts) {
    const auto events = make_object<Events>();
    const ComPtr<IMFVirtualCamera> camera = started(L"camera", events.get());
    const DWORD host = host_of(camera);
    ASSERT_EQ(make_fault(camera.get(), MFVCAM_SIMULATOR_FAULT_HOST_RESTARTS), S_OK);
    EXPECT_TRUE(events->hears(Events::error(kHostDied)));
    const DWORD next = host_of(camera);
    EXPECT_NE(next, host);
    // A Session camera has ended.
    mfvcam_source_counters unread{};
    EXPECT_EQ(source_counters(camera.get(), unread), kHostDied);
    EXPECT_EQ(camera->Start(nullptr), S_OK);
    EXPECT_EQ(host_of(camera), next);
    EXPECT_EQ(counters(camera).deliveries, 0U);
}

TEST_F(Fault, MoreThanAMessageHoldsIsRefusedAsThat) {
    constexpr std::size_t more = std::size_t{129} << 20;
    const auto events = make_object<Events>();
    const ComPtr<IMFVirtualCamera> camera = started(L"camera", events.get());
    const DWORD host = host_of(camera);
    std::vector<BYTE> payload(more);
    ULONG written = 0;
    EXPECT_EQ(camera->SendCameraProperty(kCameraKey, 0, 1, payload.data(),
                                         static_cast<ULONG>(payload.size()), nullptr, 0, &written),
              simulator::choices::kMessageTooLong);
    const ComPtr<IMFVirtualCamera> other = made(L"another");
    ASSERT_EQ(other->SetBlob(kCameraKey, payload.data(), static_cast<UINT32>(payload.size())),
              S_OK);
    EXPECT_EQ(other->Start(nullptr), simulator::choices::kMessageTooLong);
    EXPECT_EQ(counters(camera).deliveries, 0U);
    EXPECT_EQ(host_of(camera), host);
    EXPECT_TRUE(events->told().empty());
    // The source has these among its own attributes: they fit on their way there, and with what
    // else it says of itself not on their way back.
    payload.resize(simulator::Pipe::kLongest - 1024);
    ASSERT_EQ(other->SetBlob(kCameraKey, payload.data(), static_cast<UINT32>(payload.size())),
              S_OK);
    const auto of_other = make_object<Events>();
    EXPECT_EQ(other->Start(of_other.get()), S_OK);
    ComPtr<IMFMediaSource> source;
    EXPECT_EQ(other->GetMediaSource(source.put()), simulator::choices::kMessageTooLong);
    EXPECT_FALSE(source);
    // Nobody has it open.
    EXPECT_TRUE(of_other->hears(
        Events::extended(MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE), kPatience));
    EXPECT_EQ(other->Stop(), S_OK);
    EXPECT_EQ(other->DeleteItem(kCameraKey), S_OK);
    EXPECT_EQ(other->Start(nullptr), S_OK);
    EXPECT_EQ(other->GetMediaSource(source.put()), S_OK);
    EXPECT_EQ(source->Shutdown(), S_OK);
    EXPECT_EQ(host_of(other), host);
}

// ---- Trace --------------------------------------------------------------------------------------

struct TraceLine {
    std::string process;
    std::string object;
    std::string method;
    std::string rest;
};

std::vector<TraceLine> read_trace(const std::wstring& path) {
    std::vector<TraceLine> lines;
    std::ifstream file(std::filesystem::path(path), std::ios::binary);
    // time process.thread [object] method(arguments) = HRESULT, microseconds
    const std::regex form(
        R"(\d\d:\d\d:\d\d\.\d{3} (\d+)\.\d+ (?:(0x[0-9A-F]+) )?([A-Za-z0-9:]+)\((.*)\) = (0x[0-9A-F]{8}), \d+ us\r?)");
    for (std::string line; std::getline(file, line);) {
        std::smatch parts;
        EXPECT_TRUE(std::regex_match(line, parts, form)) << line;
        if (!parts.empty()) {
            lines.push_back(
                {parts[1], parts[2], parts[3], parts[4].str() + " = " + parts[5].str()});
        }
    }
    return lines;
}

TEST_F(FrameServer, ATraceHasALineForEachCallOfAllProcesses) {
    const std::wstring path =
        program_folder() + L"trace-" + std::to_wstring(GetCurrentProcessId()) + L".txt";
    std::array<wchar_t, 64> server{};
    GetEnvironmentVariableW(L"MFVCAM_SIMULATOR_SERVER", server.data(), server.size());
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_TRACE", path.c_str());
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_SERVER",
                            (server.data() + std::wstring(L"-traced")).c_str());
    ForeignClientRun run;
    {
        // All the time: between two programs the Frame Server might end, and be another.
        const Program reading(L"read", L"traced");
        EXPECT_TRUE(reading.works());
        run = run_foreign_client();
    }
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_TRACE", nullptr);
    SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_SERVER", server.data());
    EXPECT_EQ(run.exit_code, 0U) << run.output;
    const std::vector<TraceLine> lines = read_trace(path);
    DeleteFileW(path.c_str());
    std::map<std::string, std::set<std::string>> processes;  // by method
    for (const TraceLine& line : lines) {
        processes[line.method].insert(line.process);
    }
    const std::set<std::string> program = processes["IMFVirtualCamera::CreateSyncEvent"];
    const std::set<std::string> host = processes["IKsControl::KsEvent"];
    EXPECT_EQ(program.size(), 1U);
    EXPECT_EQ(host.size(), 1U);
    EXPECT_NE(program, host);
    for (const char* method :
         {"IMFVirtualCamera::SendCameraProperty", "IMFCameraSyncObject::WaitOnSignal",
          "IMFCameraSyncObject::Shutdown", "IMFVirtualCamera::Shutdown"}) {
        EXPECT_EQ(processes[method], program) << method;
    }
    for (const char* method : {"MFCreateVirtualCamera", "IMFVirtualCamera::Start"}) {
        EXPECT_EQ(processes[method].size(), 2U) << method;  // the one that reads, too
        EXPECT_TRUE(processes[method].contains(*program.begin())) << method;
    }
    EXPECT_EQ(processes["IKsControl::KsProperty"], host);
    // The program that reads, to what it was given, and the host, to the media source.
    const std::set<std::string> reader = processes["IMFAttributes::SetUINT32"];
    EXPECT_EQ(reader.size(), 1U);
    std::set<std::string> both = host;
    both.insert(reader.begin(), reader.end());
    for (const char* method :
         {"IMFMediaSource::Start", "IMFMediaStream::RequestSample",
          "IMFMediaSource::CreatePresentationDescriptor", "IMFMediaStream::GetStreamDescriptor"}) {
        EXPECT_EQ(processes[method], both) << method;
    }
    for (const char* method :
         {"IMFMediaSource::GetCharacteristics", "IMFMediaSourceEx::GetSourceAttributes",
          "IMFMediaSourceEx::GetStreamAttributes", "IMFMediaEventGenerator::BeginGetEvent",
          "IMFMediaEventGenerator::EndGetEvent"}) {
        EXPECT_TRUE(processes[method].contains(*host.begin())) << method;
    }
    // The monitor has the media source, too, and makes nothing else of it.
    for (const char* method :
         {"CoCreateInstance", "IMFActivate::ActivateObject", "IMFMediaSource::Shutdown"}) {
        std::set<std::string> others = processes[method];
        EXPECT_EQ(others.size(), 2U) << method;
        EXPECT_EQ(others.erase(*host.begin()), 1U) << method;
        EXPECT_FALSE(others.contains(*program.begin())) << method;
    }
    // What was set on the camera was set on each activate object before that was asked.
    const std::string set =
        "{7D0B1C44-5E2A-4A7F-9C11-3E6A705D2291}, " + *reader.begin() + " = 0x00000000";
    EXPECT_EQ(std::ranges::count_if(lines,
                                    [&](const TraceLine& line) {
                                        return line.method == "IMFAttributes::SetUINT32" &&
                                               line.rest == set;
                                    }),
              1);
    std::size_t activated = 0;
    for (auto line = lines.begin(); line != lines.end(); ++line) {
        if (line->method == "IMFAttributes::SetItem" && line->rest == set) {
            const auto next = std::find_if(line, lines.end(), [&](const TraceLine& each) {
                return each.object == line->object && each.process == line->process &&
                       each.method == "IMFActivate::ActivateObject";
            });
            activated += next != lines.end() ? 1 : 0;
        }
    }
    EXPECT_EQ(activated, 2U);  // the monitor's and the host's
    // What the program was told is what the trace says.
    EXPECT_TRUE(std::ranges::any_of(lines, [](const TraceLine& line) {
        return line.method == "IMFVirtualCamera::CreateSyncEvent" &&
               line.rest.starts_with("{BD137F9A-FBC9-4DB3-802D-5FCBEAD8B048}, 0, 1, 0x") &&
               line.rest.ends_with(" = 0x00000000");
    }));
}

}  // namespace
}  // namespace mfvcam::tests
