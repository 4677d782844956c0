// A program that knows only the documents, on our DLL and our media source, gets the documented
// answers; and they are those of the table of choices where the documents are silent.
#include <mferror.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "choices.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

namespace choices = simulator::choices;

constexpr const wchar_t* kSourceClassId = L"{85C66A41-1204-4B25-944C-A615B61808B2}";

// What the program printed; its exit code.
std::string runForeignClient(DWORD& exitCode) {
    SECURITY_ATTRIBUTES inherit{sizeof(inherit), nullptr, TRUE};
    HANDLE reading = nullptr;
    HANDLE writing = nullptr;
    if (CreatePipe(&reading, &writing, &inherit, 0) == FALSE) {
        return "no pipe";
    }
    SetHandleInformation(reading, HANDLE_FLAG_INHERIT, 0);
    STARTUPINFOW startup{};
    startup.cb = sizeof(startup);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    startup.hStdOutput = writing;
    startup.hStdError = writing;
    std::wstring line = L"\"" + programFolder() + L"foreign_client.exe\" \"" + simulatorPath() +
                        L"\" " + kSourceClassId + L" \"" + sourcePath() + L"\"";
    PROCESS_INFORMATION process{};
    const BOOL started = CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, 0, nullptr,
                                        nullptr, &startup, &process);
    CloseHandle(writing);
    std::string output;
    if (started != FALSE) {
        std::array<char, 512> part{};
        DWORD count = 0;
        while (ReadFile(reading, part.data(), static_cast<DWORD>(part.size()), &count, nullptr) !=
                   FALSE &&
               count != 0) {
            output.append(part.data(), count);
        }
        WaitForSingleObject(process.hProcess, INFINITE);
        GetExitCodeProcess(process.hProcess, &exitCode);
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
    }
    CloseHandle(reading);
    return output;
}

// The lines "call = 0x...".
std::map<std::string, HRESULT> answersIn(const std::string& output) {
    std::map<std::string, HRESULT> answers;
    size_t begin = 0;
    while (begin < output.size()) {
        const size_t end = std::min(output.find('\n', begin), output.size());
        const std::string line = output.substr(begin, end - begin);
        const size_t middle = line.find(" = 0x");
        if (middle != std::string::npos) {
            answers[line.substr(0, middle)] =
                static_cast<HRESULT>(std::stoul(line.substr(middle + 5, 8), nullptr, 16));
        }
        begin = end + 1;
    }
    return answers;
}

TEST(SimulatorForeignClient, GetsTheDocumentedAnswersAndOurChoices) {
    DWORD exitCode = 99;
    const std::string output = runForeignClient(exitCode);
    EXPECT_EQ(0U, exitCode) << output;
    const std::map<std::string, HRESULT> answers = answersIn(output);
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
