// A program that knows only the documents, on our DLL and our media source, gets the documented
// answers; and they are those of the table of choices where the documents are silent.
#include <mferror.h>

#include <map>
#include <string>

#include "choices.h"
#include "foreign_client_run.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

namespace choices = simulator::choices;

TEST(SimulatorForeignClient, GetsTheDocumentedAnswersAndOurChoices) {
    const auto [exit_code, output, answers] = tests::run_foreign_client();
    EXPECT_EQ(0U, exit_code) << output;
    const std::map<std::string, HRESULT> chosen = {
        {"GetMediaSource(before Start)", kNotStarted},
        {"CreateSyncEvent(before Start)", kNotStarted},
        {"SendCameraProperty(before Start)", kNotStarted},
        {"CreateSyncEvent(flags 3)", choices::kUnsupportedFlags},
        {"CreateSyncEvent(flags 0)", choices::kUnsupportedFlags},
        {"CreateSyncEvent(null handle)", choices::kBadHandle},
        {"CreateSyncEvent(no out pointer)", choices::kNullOutPointer},
        {"CreateSyncSemaphore(null handle)", choices::kBadHandle},
        {"SendCameraProperty(flags)", choices::kUnsupportedFlags},
        {"SendCameraProperty(no out pointer)", choices::kNullOutPointer},
        {"WaitOnSignal(after Shutdown)", kWaitShutDown},
        {"Start(after Shutdown)", choices::kCameraShutDown},
        {"CreateSyncEvent", S_OK},
        {"WaitOnSignal", S_OK},
        {"Shutdown", S_OK},
    };
    for (const auto& [call, code] : chosen) {
        const auto found = answers.find(call);
        ASSERT_NE(answers.end(), found) << call << " is not in:\n" << output;
        EXPECT_EQ(Hex{code}, Hex{found->second}) << call;
    }
}

// Sets the variable for the programs started meanwhile.
class Environment {
 public:
    explicit Environment(const wchar_t* switches) { set(switches); }
    ~Environment() { set(nullptr); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

 private:
    static void set(const wchar_t* switches) {
        SetEnvironmentVariableW(L"MFVCAM_SIMULATOR_SWITCHES", switches);
    }
};

TEST(SimulatorForeignClient, GetsOtherAnswersIfTheEnvironmentSaysSo) {
    const Environment environment(L"before-start=E_FAIL,wait-after-shutdown=E_HANDLE");
    const auto [exit_code, output, answers] = tests::run_foreign_client();
    EXPECT_EQ(0U, exit_code) << output;
    for (const char* call : {"GetMediaSource(before Start)", "CreateSyncEvent(before Start)",
                             "SendCameraProperty(before Start)"}) {
        ASSERT_TRUE(answers.contains(call)) << call << "\n" << output;
        EXPECT_HR(E_FAIL, answers.at(call)) << call;
    }
    EXPECT_HR(E_HANDLE, answers.at("WaitOnSignal(after Shutdown)"));
    EXPECT_HR(S_OK, answers.at("CreateSyncEvent"));
}

TEST(SimulatorForeignClient, IsToldLoudlyOfAnEnvironmentThatIsWrong) {
    for (const wchar_t* wrong :
         {L"wait-timeout", L"wait-timeout=", L"wait-timeout=S_OK", L"no-such-switch=yes", L"=",
          L"wait-timeout=S_FALSE,,", L"wait-timeout=S_FALSE;before-start=E_FAIL",
          L"wait-timeout=S_FALSE, before-start=E_FAIL"}) {
        SCOPED_TRACE(std::string(wrong, wrong + std::char_traits<wchar_t>::length(wrong)));
        const Environment environment(wrong);
        const auto [exit_code, output, answers] = tests::run_foreign_client();
        EXPECT_NE(0U, exit_code) << output;
        for (const char* call : {"MFCreateVirtualCamera", "MFIsVirtualCameraTypeSupported"}) {
            if (answers.contains(call)) {
                EXPECT_HR(HRESULT_FROM_WIN32(ERROR_BAD_ENVIRONMENT), answers.at(call)) << call;
            }
        }
        EXPECT_NE(std::string::npos, output.find("0x8007000A")) << output;
        EXPECT_NE(std::string::npos, output.find("MFVCAM_SIMULATOR_SWITCHES is to be")) << output;
        EXPECT_NE(std::string::npos, output.find("shutdown-wakes-wait: yes no")) << output;
    }
}

}  // namespace
}  // namespace mfvcam::simulator_test
