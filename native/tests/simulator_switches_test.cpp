// Each value of each switch changes what it says, and nothing else: everything that a switch could
// change is observed as one list of answers, with the switch and without.
#include <mferror.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

namespace switches = simulator::switches;

using Answers = std::map<std::string, std::string>;

constexpr DEVPROPTYPE kByte = 0x3;

std::string text(HRESULT hr) {
    std::ostringstream stream;
    stream << Hex{hr};
    return stream.str();
}

std::string text(HRESULT hr, const void* object) {
    return text(hr) + (object != nullptr ? " object" : " null");
}

struct Setting {
    std::string name;
    std::string value;
    LONG code = 0;
};

void PrintTo(const Setting& setting, std::ostream* stream) {
    *stream << setting.name << "=" << setting.value;
}

std::vector<Setting> everyOtherValue() {
    std::vector<Setting> all;
    for (const switches::Definition& each : switches::kDefinitions) {
        if (!each.decides_answers) {
            continue;
        }
        for (const switches::Value& value : each.values.subspan(1)) {
            all.push_back({std::string(each.name), std::string(value.name), value.code});
        }
    }
    return all;
}

class SimulatorSwitches : public SimulatorTest, public testing::WithParamInterface<Setting> {
 protected:
    static void add(IMFVirtualCamera* camera, Answers& answers, const std::string& when) {
        const BYTE byte = 1;
        answers["AddDeviceSourceInfo" + when] = text(camera->AddDeviceSourceInfo(L"\\\\?\\usb"));
        answers["AddProperty" + when] = text(camera->AddProperty(&kPropertyKey, kByte, &byte, 1));
        answers["AddRegistryEntry" + when] =
            text(camera->AddRegistryEntry(L"e", nullptr, REG_BINARY, &byte, 1));
    }

    static void ask(IMFVirtualCamera* camera, Answers& answers, const std::string& when) {
        ComPtr<IMFMediaSource> source;
        HRESULT hr = camera->GetMediaSource(source.put());
        answers["GetMediaSource" + when] = text(hr, source.get());
        source.reset();
        ULONG written = 0;
        answers["SendCameraProperty" + when] = text(camera->SendCameraProperty(
            kSet, 1, KSPROPERTY_TYPE_GET, nullptr, 0, nullptr, 0, &written));
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        ComPtr<IMFCameraSyncObject> object;
        hr = camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), object.put());
        answers["CreateSyncEvent" + when] = text(hr, object.get());
        object.reset();
        const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
        hr = camera->CreateSyncSemaphore(kSet, 0, KSEVENT_TYPE_ENABLE, semaphore.get(), 1,
                                         object.put());
        answers["CreateSyncSemaphore" + when] = text(hr, object.get());
    }

    // Null, where none is to be had.
    static ComPtr<IMFMediaSource> source_of(IMFVirtualCamera* camera) {
        ComPtr<IMFMediaSource> source;
        camera->GetMediaSource(source.put());
        return source;
    }

    // What a wait answers that was under way when the object was shut down. Whether it was can only
    // be told from "no longer after": so with more and more of a lead, until the answer is another
    // than that of a wait which begins afterwards, or there has been enough of it.
    static std::string waitMeanwhile(IMFVirtualCamera* camera) {
        std::string answer;
        for (DWORD lead = 1; lead <= 128; lead *= 2) {
            const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
            const ComPtr<IMFCameraSyncObject> object = syncEvent(camera, event.get());
            HRESULT ended = S_OK;
            std::thread waiter([&] { ended = object->WaitOnSignal(300); });
            Sleep(lead);
            object->Shutdown();
            waiter.join();
            answer = text(ended);
            if (answer != text(object->WaitOnSignal(0))) {
                break;
            }
        }
        return answer;
    }

    static void wait(IMFVirtualCamera* camera, Answers& answers) {
        const ComPtr<IMFMediaSource> watched = source_of(camera);
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        ComPtr<IMFCameraSyncObject> object;
        camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), object.put());
        if (!object) {
            return;
        }
        answers["WaitOnSignal(poll)"] = text(object->WaitOnSignal(0));
        answers["WaitOnSignal(timeout)"] = text(object->WaitOnSignal(20));
        FakeSource::signal();
        answers["WaitOnSignal(signalled)"] = text(object->WaitOnSignal(kPatience));
        answers["WaitOnSignal(meanwhile Shutdown)"] = waitMeanwhile(camera);
        object->Shutdown();
        answers["WaitOnSignal(after Shutdown)"] = text(object->WaitOnSignal(0));
    }

    // The extended types told, and how.
    static std::string told(Recorder& told) {
        const std::map<std::string, GUID> names = {
            {"initialize ", MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE},
            {"uninitialize ", MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE},
            {"shutdown ", MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN},
            {"custom ", MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT}};
        std::string list;
        const char* carrier = "";
        // The test's own ends it.
        while (list.find("custom") == std::string::npos) {
            const Recorder::Told next = told.next();
            if (next.type == MEUnknown) {
                return list + "(nothing more)";
            }
            carrier = next.carrier;
            for (const auto& [name, type] : names) {
                list += type == next.extendedType ? name : "";
            }
        }
        return list + "by " + carrier;
    }

    // everybodys: a started camera of the access AllUsers, made while that was allowed.
    static Answers observe(IMFVirtualCamera* everybodys) {
        Answers answers;
        BOOL supported = FALSE;
        HRESULT hr = isSupported_(MFVirtualCameraType_SoftwareCameraSource, &supported);
        answers["MFIsVirtualCameraTypeSupported"] =
            text(hr) + (supported != FALSE ? " yes" : " no");
        ComPtr<IMFVirtualCamera> camera;
        Parameters parameters;
        parameters.access = MFVirtualCameraAccess_AllUsers;
        parameters.name = L"Another";
        hr = create(parameters, camera);
        answers["MFCreateVirtualCamera(AllUsers)"] = text(hr, camera.get());
        parameters = {};
        parameters.categories = &kSet;
        parameters.categoryCount = 1;
        hr = create(parameters, camera);
        answers["MFCreateVirtualCamera(category)"] = text(hr, camera.get());
        answers["Stop(AllUsers)"] = text(everybodys->Stop());
        hr = create({}, camera);
        answers["MFCreateVirtualCamera"] = text(hr, camera.get());
        if (!camera) {
            return answers;
        }
        answers["Stop(before Start)"] = text(camera->Stop());
        answers["Remove(before Start)"] = text(camera->Remove());
        add(camera.get(), answers, "(before Start)");
        ask(camera.get(), answers, "(before Start)");
        const ComPtr<Recorder> events = recorder();
        answers["Start"] = text(camera->Start(events.get()));
        add(camera.get(), answers, "(after Start)");
        ask(camera.get(), answers, "");
        FakeSource::queue(MEExtendedType, MF_FRAMESERVER_VCAMEVENT_EXTENDED_CUSTOM_EVENT, S_OK);
        answers["events"] = told(*events);
        wait(camera.get(), answers);
        answers["Stop"] = text(camera->Stop());
        ask(camera.get(), answers, "(after Stop)");
        answers["Start(again)"] = text(camera->Start(nullptr));
        answers["Remove"] = text(camera->Remove());
        ask(camera.get(), answers, "(after Remove)");
        answers["Start(after Remove)"] = text(camera->Start(nullptr));
        const ComPtr<IMFMediaSource> watched = source_of(camera.get());
        const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
        ComPtr<IMFCameraSyncObject> object;
        camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), object.put());
        answers["Shutdown"] = text(camera->Shutdown());
        if (object) {
            answers["WaitOnSignal(after the camera's Shutdown)"] = text(object->WaitOnSignal(0));
        }
        ask(camera.get(), answers, "(after Shutdown)");
        return answers;
    }

    static void expect(Answers& changed, const std::vector<std::string>& calls,
                       const std::string& answer) {
        for (const std::string& call : calls) {
            changed[call] = answer;
        }
    }

    static Answers changesOf(const Setting& setting) {
        Answers changed;
        const std::string code = text(setting.code);
        const std::string nothing = text(S_OK, nullptr);
        if (setting.name == "add-after-start") {
            expect(changed,
                   {"AddDeviceSourceInfo(after Start)", "AddProperty(after Start)",
                    "AddRegistryEntry(after Start)"},
                   code);
        } else if (setting.name == "administrator" && setting.value == "no") {
            expect(changed, {"MFCreateVirtualCamera(AllUsers)", "MFCreateVirtualCamera(category)"},
                   text(E_ACCESSDENIED, nullptr));
            expect(changed,
                   {"Stop(AllUsers)", "AddProperty(before Start)", "AddProperty(after Start)",
                    "AddRegistryEntry(before Start)", "AddRegistryEntry(after Start)"},
                   text(E_ACCESSDENIED));
        } else if (setting.name == "before-start") {
            for (const char* when : {"(before Start)", "(after Stop)", "(after Remove)"}) {
                const std::string at = when;
                expect(changed,
                       {"GetMediaSource" + at, "CreateSyncEvent" + at, "CreateSyncSemaphore" + at},
                       text(setting.code, nullptr));
                expect(changed, {"SendCameraProperty" + at}, code);
            }
        } else if (setting.name == "camera-access") {
            expect(changed,
                   {"MFCreateVirtualCamera", "MFCreateVirtualCamera(AllUsers)",
                    "MFCreateVirtualCamera(category)"},
                   text(setting.code, nullptr));
            expect(changed, {"MFIsVirtualCameraTypeSupported"}, code + " no");
        } else if (setting.name == "event-carrier") {
            changed["events"] = "initialize uninitialize custom by " + setting.value;
        } else if (setting.name == "ksevent-unwatched") {
            expect(changed, {"CreateSyncEvent", "CreateSyncSemaphore"},
                   text(setting.code, nullptr));
        } else if (setting.name == "no-such-camera") {
            expect(changed, {"Stop(before Start)", "Remove(before Start)"}, code);
        } else if (setting.value == "MFCreateVirtualCamera") {
            expect(changed,
                   {"MFCreateVirtualCamera", "MFCreateVirtualCamera(AllUsers)",
                    "MFCreateVirtualCamera(category)"},
                   nothing);
        } else if (setting.name == "null-object") {
            expect(changed, {setting.value}, nothing);
            if (setting.value == "GetMediaSource") {
                changed["events"] = "custom by object";
            }
        } else if (setting.name == "pipeline-shutdown-on-last-watcher") {
            changed["events"] = "initialize uninitialize shutdown custom by object";
        } else if (setting.name == "shutdown-wakes-wait") {
            changed["WaitOnSignal(meanwhile Shutdown)"] = text(kTimedOut);
        } else if (setting.name == "type-supported") {
            changed["MFIsVirtualCameraTypeSupported"] = text(S_OK) + " no";
        } else if (setting.value == "waits") {
            changed["WaitOnSignal(after Shutdown)"] = text(kTimedOut);
        } else if (setting.name == "wait-after-shutdown") {
            expect(changed, {"WaitOnSignal(after Shutdown)", "WaitOnSignal(meanwhile Shutdown)"},
                   code);
        } else if (setting.name == "wait-timeout") {
            expect(changed, {"WaitOnSignal(poll)", "WaitOnSignal(timeout)"}, code);
        }
        return changed;
    }
};

TEST_P(SimulatorSwitches, ChangesWhatItSaysAndNothingElse) {
    const Setting& setting = GetParam();
    Parameters parameters;
    parameters.access = MFVirtualCameraAccess_AllUsers;
    Answers expected;
    {
        const ComPtr<IMFVirtualCamera> everybodys = started(parameters);
        expected = observe(everybodys.get());
    }
    EXPECT_EQ(text(kTimedOut), expected["WaitOnSignal(poll)"]) << "the probe does not work";
    EXPECT_EQ("initialize uninitialize custom by object", expected["events"]);
    const ComPtr<IMFVirtualCamera> everybodys = started(parameters);
    const SwitchGuard guard(setting.name.c_str(), setting.value.c_str());
    const Answers actual = observe(everybodys.get());
    for (const auto& [call, answer] : changesOf(setting)) {
        ASSERT_TRUE(expected.contains(call)) << call;
        EXPECT_TRUE(actual.contains(call)) << call;
        expected[call] = answer;
    }
    for (const auto& [call, answer] : actual) {
        EXPECT_EQ(expected[call], answer) << call;
    }
    // Only what needs an object that was not given is not asked.
    if (setting.name != "null-object" && setting.name != "camera-access") {
        EXPECT_EQ(expected.size(), actual.size());
    }
}

std::string nameOf(const testing::TestParamInfo<Setting>& parameter) {
    std::string name = parameter.param.name + "_is_" + parameter.param.value;
    std::ranges::replace_if(
        name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Each, SimulatorSwitches, testing::ValuesIn(everyOtherValue()), nameOf);

class SimulatorSwitch : public SimulatorTest {};

TEST_F(SimulatorSwitch, WithoutAWakingShutdownTheCallersSignalStillEndsAWait) {
    const SwitchGuard wakes("shutdown-wakes-wait", "no");
    // So that it does not matter which comes first, the wait or the Shutdown.
    const SwitchGuard waits("wait-after-shutdown", "waits");
    const ComPtr<IMFVirtualCamera> camera = started();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const ComPtr<IMFCameraSyncObject> object = syncEvent(camera.get(), event.get());
    HRESULT ended = E_FAIL;
    std::thread waiter([&] { ended = object->WaitOnSignal(INFINITE); });
    object->Shutdown();
    SetEvent(event.get());
    waiter.join();
    EXPECT_HR(S_OK, ended);
}

TEST_F(SimulatorSwitch, TheCamerasShutdownIsSaidWhateverTheSyncObjectsOwnGives) {
    const SwitchGuard code("wait-after-shutdown", "E_FAIL");
    const ComPtr<IMFVirtualCamera> camera = started();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const ComPtr<IMFCameraSyncObject> shut = syncEvent(camera.get(), event.get());
    const ComPtr<IMFCameraSyncObject> open = syncEvent(camera.get(), event.get());
    shut->Shutdown();
    EXPECT_HR(E_FAIL, shut->WaitOnSignal(0));
    EXPECT_HR(S_OK, camera->Shutdown());
    EXPECT_HR(MF_E_SHUTDOWN, shut->WaitOnSignal(0));
    EXPECT_HR(MF_E_SHUTDOWN, open->WaitOnSignal(0));
    open->Shutdown();
    EXPECT_HR(MF_E_SHUTDOWN, open->WaitOnSignal(0));
}

TEST_F(SimulatorSwitch, TheLastWatcherIsTheLastOfSeveral) {
    const SwitchGuard guard("pipeline-shutdown-on-last-watcher", "yes");
    const ComPtr<Recorder> told = recorder();
    const ComPtr<IMFVirtualCamera> camera = created();
    ASSERT_HR(S_OK, camera->Start(told.get()));
    ComPtr<IMFMediaSource> first;
    ComPtr<IMFMediaSource> second;
    ASSERT_HR(S_OK, camera->GetMediaSource(first.put()));
    ASSERT_HR(S_OK, camera->GetMediaSource(second.put()));
    EXPECT_HR(S_OK, first->Shutdown());
    EXPECT_HR(S_OK, second->Shutdown());
    second.reset();
    // The end of the camera is told once, also with a client left.
    ASSERT_HR(S_OK, camera->GetMediaSource(first.put()));
    EXPECT_HR(S_OK, camera->Stop());
    for (const GUID& type : {MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_INITIALIZE,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_SOURCE_UNINITIALIZE,
                             MF_FRAMESERVER_VCAMEVENT_EXTENDED_PIPELINE_SHUTDOWN}) {
        EXPECT_TRUE(type == told->nextExtended());
    }
    EXPECT_EQ(0U, told->pending());
    EXPECT_EQ(1U, FakeSource::activations());
}

TEST_F(SimulatorSwitch, ANullObjectComesOnlyWhereAnObjectWould) {
    const SwitchGuard guard("null-object", "CreateSyncEvent");
    const ComPtr<IMFVirtualCamera> camera = created();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    ComPtr<IMFCameraSyncObject> object;
    EXPECT_HR(kNotStarted,
              camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), object.put()));
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_HR(E_INVALIDARG, camera->CreateSyncEvent(kSet, 0, 3, event.get(), object.put()));
    EXPECT_HR(S_OK,
              camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), object.put()));
    EXPECT_FALSE(object);
    EXPECT_EQ(0U, FakeSource::ksEvents().size());
}

TEST_F(SimulatorSwitch, UnknownNamesAndValuesAreRefusedAndChangeNothing) {
    const auto set = reinterpret_cast<decltype(&mfvcam_simulator_set_switch)>(
        simulatorExport("mfvcam_simulator_set_switch"));
    const auto get = reinterpret_cast<decltype(&mfvcam_simulator_get_switch)>(
        simulatorExport("mfvcam_simulator_get_switch"));
    const char* value = "untouched";
    EXPECT_HR(E_POINTER, set(nullptr, "yes"));
    EXPECT_HR(E_POINTER, set("wait-timeout", nullptr));
    EXPECT_HR(E_POINTER, get(nullptr, &value));
    EXPECT_HR(E_POINTER, get("wait-timeout", nullptr));
    EXPECT_HR(E_INVALIDARG, set("", ""));
    EXPECT_HR(E_INVALIDARG, set("no-such-switch", "yes"));
    EXPECT_HR(E_INVALIDARG, set("Wait-Timeout", "S_FALSE"));
    EXPECT_HR(E_INVALIDARG, set("wait-timeout", "s_false"));
    EXPECT_HR(E_INVALIDARG, set("wait-timeout", "yes"));
    EXPECT_HR(E_INVALIDARG, set("wait-timeout", ""));
    EXPECT_HR(E_INVALIDARG, get("no-such-switch", &value));
    EXPECT_EQ(nullptr, value);
    for (const switches::Definition& each : switches::kDefinitions) {
        // But where media sources live, which the fixture has chosen.
        const bool chosen = std::string("hosting") == each.name;
        EXPECT_HR(S_OK, get(each.name, &value));
        EXPECT_STREQ(each.values[chosen ? 1 : 0].name, value) << each.name;
        for (const switches::Value& other : each.values) {
            const SwitchGuard guard(each.name, other.name);
            EXPECT_HR(S_OK, get(each.name, &value));
            EXPECT_STREQ(other.name, value);
        }
    }
}

TEST_F(SimulatorSwitch, TheTableOfTheReadmeIsThatOfTheCode) {
    std::vector<std::string> expected;
    for (const switches::Definition& each : switches::kDefinitions) {
        std::string row = "| `" + std::string(each.name) + "` |";
        for (const switches::Value& value : each.values) {
            row += (&value == each.values.data() ? " `" : ", `") + std::string(value.name) + "`";
        }
        expected.push_back(row + " |");
    }
    std::ifstream readme(MFVCAM_SIMULATOR_README);
    ASSERT_TRUE(readme.is_open()) << MFVCAM_SIMULATOR_README;
    std::vector<std::string> actual;
    for (std::string line; std::getline(readme, line);) {
        if (line.starts_with("| `")) {
            // The first two columns.
            actual.push_back(line.substr(0, line.find('|', line.find('|', 1) + 1) + 1));
        }
    }
    EXPECT_EQ(expected, actual);
}

class SimulatorCounters : public SimulatorTest {
 protected:
    // Since the last time, as "created shutdowns released" of cameras, then of sync objects.
    std::vector<UINT32> since() {
        const mfvcam_simulator_counters now = simulatorCounters();
        const std::vector<UINT32> all = {now.cameras_created,       now.camera_shutdowns,
                                         now.cameras_released,      now.sync_objects_created,
                                         now.sync_object_shutdowns, now.sync_objects_released};
        std::vector<UINT32> differences;
        for (size_t index = 0; index < all.size(); ++index) {
            differences.push_back(all[index] - before_[index]);
        }
        before_ = all;
        return differences;
    }

    std::vector<UINT32> before_ = std::vector<UINT32>(6);
};

using Counts = std::vector<UINT32>;

TEST_F(SimulatorCounters, CountWhatTheProgramDoes) {
    since();
    ComPtr<IMFVirtualCamera> camera = started();
    EXPECT_EQ((Counts{1, 0, 0, 0, 0, 0}), since());
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 9, nullptr));
    ComPtr<IMFCameraSyncObject> first = syncEvent(camera.get(), event.get());
    ComPtr<IMFCameraSyncObject> second;
    ASSERT_HR(S_OK, camera->CreateSyncSemaphore(kSet, 0, KSEVENT_TYPE_ENABLE, semaphore.get(), 1,
                                                second.put()));
    EXPECT_EQ((Counts{0, 0, 0, 2, 0, 0}), since());
    first->Shutdown();
    first->Shutdown();
    EXPECT_EQ((Counts{0, 0, 0, 0, 2, 0}), since());
    first.reset();
    EXPECT_EQ((Counts{0, 0, 0, 0, 0, 1}), since());
    EXPECT_HR(S_OK, camera->Shutdown());
    EXPECT_HR(MF_E_SHUTDOWN, camera->Shutdown());
    EXPECT_EQ((Counts{0, 2, 0, 0, 0, 0}), since()) << "the camera's own of its children counted";
    second.reset();
    camera.reset();
    EXPECT_EQ((Counts{0, 0, 1, 0, 0, 1}), since());
}

TEST_F(SimulatorCounters, DoNotCountWhatWasOnlyReleasedAsShutDown) {
    since();
    ComPtr<IMFVirtualCamera> camera = started();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    syncEvent(camera.get(), event.get()).reset();
    camera.reset();
    EXPECT_EQ((Counts{1, 0, 1, 1, 0, 1}), since());
}

TEST_F(SimulatorCounters, DoNotCountWhatNobodyWasGiven) {
    since();
    const ComPtr<IMFVirtualCamera> camera = started();
    FakeSource::program().ksEvent = E_FAIL;
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    ComPtr<IMFCameraSyncObject> object;
    EXPECT_HR(E_FAIL,
              camera->CreateSyncEvent(kSet, 0, KSEVENT_TYPE_ENABLE, event.get(), object.put()));
    ComPtr<IMFVirtualCamera> none;
    Parameters bad;
    bad.name = L"";
    EXPECT_HR(E_INVALIDARG, create(bad, none));
    EXPECT_EQ((Counts{1, 0, 0, 0, 0, 0}), since());
}

TEST_F(SimulatorCounters, AreAPropertyOfEveryCamera) {
    constexpr GUID set = MFVCAM_SIMULATOR_PROPERTY_SET;
    constexpr ULONG id = MFVCAM_SIMULATOR_PROPERTY_COUNTERS;
    const ComPtr<IMFVirtualCamera> camera = created();
    mfvcam_simulator_counters counters{};
    ULONG written = 0;
    const auto get = [&](const ComPtr<IMFVirtualCamera>& from, ULONG size) {
        return from->SendCameraProperty(set, id, KSPROPERTY_TYPE_GET, nullptr, 0,
                                        size != 0 ? &counters : nullptr, size, &written);
    };
    EXPECT_HR(HRESULT_FROM_WIN32(ERROR_MORE_DATA), get(camera, 0));
    EXPECT_EQ(24U, written);
    EXPECT_HR(HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER), get(camera, 23));
    EXPECT_EQ(24U, written);
    EXPECT_HR(S_OK, get(camera, 24));
    EXPECT_EQ(simulatorCounters().cameras_created, counters.cameras_created);
    EXPECT_HR(S_OK, camera->Start(nullptr));
    EXPECT_HR(S_OK, get(camera, 24));
    EXPECT_HR(HRESULT_FROM_WIN32(ERROR_NOT_FOUND),
              camera->SendCameraProperty(set, 0, KSPROPERTY_TYPE_GET, nullptr, 0, &counters, 24,
                                         &written));
    EXPECT_HR(HRESULT_FROM_WIN32(ERROR_NOT_FOUND),
              camera->SendCameraProperty(set, id, KSPROPERTY_TYPE_SET, nullptr, 0, &counters, 24,
                                         &written));
    EXPECT_EQ(0U, FakeSource::ksProperties().size());
    EXPECT_HR(S_OK, camera->Shutdown());
    EXPECT_HR(MF_E_SHUTDOWN, get(camera, 24));
}

TEST_F(SimulatorCounters, TheHandlesOfTheProcessAreAPropertyToo) {
    constexpr GUID set = MFVCAM_SIMULATOR_PROPERTY_SET;
    const ComPtr<IMFVirtualCamera> camera = created();
    const auto handles = [&] {
        UINT32 count = 0;
        ULONG written = 0;
        EXPECT_HR(S_OK, camera->SendCameraProperty(set, MFVCAM_SIMULATOR_PROPERTY_PROCESS_HANDLES,
                                                   KSPROPERTY_TYPE_GET, nullptr, 0, &count,
                                                   sizeof(count), &written));
        EXPECT_EQ(4U, written);
        return count;
    };
    const UINT32 before = handles();
    const Handle event(CreateEventW(nullptr, FALSE, FALSE, nullptr));
    EXPECT_EQ(before + 1, handles());
}

}  // namespace
}  // namespace mfvcam::simulator_test
