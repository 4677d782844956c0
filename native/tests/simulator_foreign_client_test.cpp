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
        {"GetMediaSource(before Start)", choices::kMediaSourceNotStarted},
        {"CreateSyncEvent(before Start)", choices::kSyncNotStarted},
        {"SendCameraProperty(before Start)", choices::kPropertyNotStarted},
        {"CreateSyncEvent(flags 3)", choices::kUnsupportedFlags},
        {"CreateSyncEvent(flags 0)", choices::kUnsupportedFlags},
        {"CreateSyncEvent(null handle)", choices::kBadHandle},
        {"CreateSyncEvent(no out pointer)", choices::kNullOutPointer},
        {"CreateSyncSemaphore(null handle)", choices::kBadHandle},
        {"SendCameraProperty(flags)", choices::kUnsupportedFlags},
        {"SendCameraProperty(no out pointer)", choices::kNullOutPointer},
        {"WaitOnSignal(after Shutdown)", choices::kWaitShutDown},
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

}  // namespace
}  // namespace mfvcam::simulator_test
