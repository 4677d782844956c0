// Three lists of one API: what mfvcam.h declares, what mfvcam.def names, what mfvcam.dll exports.
// The DLL's own natives are not among them: JNI_OnLoad registers them.
#include <gtest/gtest.h>
#include <windows.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "test_files.h"

namespace mfvcam::tests {
namespace {

using Names = std::set<std::string>;

// The first group of every match in a file.
Names names_in(const char* file, const char* expression) {
    std::ifstream stream(file);
    EXPECT_TRUE(stream) << file;
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const std::regex pattern(expression);
    Names names;
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end;
         ++match) {
        names.insert((*match)[1]);
    }
    return names;
}

// Of a module as the loader has laid it out.
Names exports_of(HMODULE module) {
    const auto* base = reinterpret_cast<const BYTE*>(module);
    const auto* dos = reinterpret_cast<const IMAGE_DOS_HEADER*>(base);
    const auto* headers = reinterpret_cast<const IMAGE_NT_HEADERS*>(base + dos->e_lfanew);
    const auto& place = headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_EXPORT];
    const auto* exports =
        reinterpret_cast<const IMAGE_EXPORT_DIRECTORY*>(base + place.VirtualAddress);
    const auto* addresses = reinterpret_cast<const DWORD*>(base + exports->AddressOfNames);
    EXPECT_EQ(exports->NumberOfNames, exports->NumberOfFunctions) << "one without a name";
    Names names;
    for (DWORD i = 0; i < exports->NumberOfNames; ++i) {
        names.insert(reinterpret_cast<const char*>(base + addresses[i]));
    }
    return names;
}

TEST(Exports, AreWhatTheHeaderDeclaresAndWhatTheJvmCalls) {
    Names declared = names_in(MFVCAM_HEADER, R"(MFVCAM_API\s+[\w*\s]+?MFVCAM_CALL\s+(\w+)\s*\()");
    EXPECT_EQ(declared, names_in(MFVCAM_HEADER, R"(\b(mfvcam_\w+)\()")) << "not all MFVCAM_API";
    ASSERT_FALSE(declared.empty());
    declared.insert("JNI_OnLoad");
    EXPECT_EQ(declared, names_in(MFVCAM_DEF, R"(\n {4}(\w+))"));
    const HMODULE module = LoadLibraryW(bridge_path().c_str());
    ASSERT_NE(module, nullptr) << GetLastError();
    EXPECT_EQ(declared, exports_of(module));
}

}  // namespace
}  // namespace mfvcam::tests
