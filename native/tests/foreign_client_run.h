// Runs foreign_client.exe on our simulator and our media source, and reads what it prints.
#pragma once

#include <windows.h>

#include <map>
#include <string>

namespace mfvcam::tests {

inline constexpr const wchar_t* kSourceClassId = L"{85C66A41-1204-4B25-944C-A615B61808B2}";

struct ForeignClientRun {
    DWORD exit_code = 99;
    std::string output;
    // By call: the lines "call = 0x...".
    std::map<std::string, HRESULT> answers;
};

ForeignClientRun run_foreign_client();

}  // namespace mfvcam::tests
