#include "foreign_client_run.h"

#include <algorithm>
#include <array>

#include "own_frame_server.h"
#include "test_files.h"

namespace mfvcam::tests {
namespace {

std::map<std::string, HRESULT> answers_in(const std::string& output) {
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

}  // namespace

ForeignClientRun run_foreign_client() {
    ForeignClientRun run;
    if (FAILED(use_own_frame_server())) {
        run.output = "the media source cannot be registered";
        return run;
    }
    SECURITY_ATTRIBUTES inherit{sizeof(inherit), nullptr, TRUE};
    HANDLE reading = nullptr;
    HANDLE writing = nullptr;
    if (CreatePipe(&reading, &writing, &inherit, 0) == FALSE) {
        run.output = "no pipe";
        return run;
    }
    SetHandleInformation(reading, HANDLE_FLAG_INHERIT, 0);
    STARTUPINFOW startup{};
    startup.cb = sizeof(startup);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    startup.hStdOutput = writing;
    startup.hStdError = writing;
    std::wstring line = L"\"" + program_folder() + L"foreign_client.exe\" \"" + simulator_path() +
                        L"\" " + kSourceClassId;
    PROCESS_INFORMATION process{};
    const BOOL started = CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, 0, nullptr,
                                        nullptr, &startup, &process);
    CloseHandle(writing);
    if (started != FALSE) {
        std::array<char, 512> part{};
        DWORD count = 0;
        while (ReadFile(reading, part.data(), static_cast<DWORD>(part.size()), &count, nullptr) !=
                   FALSE &&
               count != 0) {
            run.output.append(part.data(), count);
        }
        WaitForSingleObject(process.hProcess, INFINITE);
        GetExitCodeProcess(process.hProcess, &run.exit_code);
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
    }
    CloseHandle(reading);
    run.answers = answers_in(run.output);
    return run;
}

}  // namespace mfvcam::tests
