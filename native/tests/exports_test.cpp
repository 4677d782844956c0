// Three lists of one API: what mfvcam.h and mfvcam_jni.h declare, what mfvcam.def names, what
// mfvcam.dll exports. The DLL's own natives are not among them: JNI_OnLoad registers them.
#include <gtest/gtest.h>
#include <windows.h>

#include <array>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "mfvcam.h"
#include "test_files.h"

namespace mfvcam::tests {
namespace {

using Names = std::set<std::string>;

std::string text_of(const char* file) {
    std::ifstream stream(file);
    EXPECT_TRUE(stream) << file;
    return {std::istreambuf_iterator<char>(stream), {}};
}

// The first group of every match in a text.
Names names_in(const std::string& text, const char* expression) {
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

const std::string& headers() {
    static const std::string text = text_of(MFVCAM_HEADER) + text_of(MFVCAM_JNI_HEADER);
    return text;
}

Names declared() {
    return names_in(headers(), R"(MFVCAM_API\s+[\w*\s]+?MFVCAM_CALL\s+(\w+)\s*\()");
}

TEST(Exports, AreWhatTheHeadersDeclareAndWhatTheJvmCalls) {
    Names expected = declared();
    EXPECT_EQ(expected, names_in(headers(), R"(\b(mfvcam_\w+)\()")) << "not all MFVCAM_API";
    ASSERT_FALSE(expected.empty());
    expected.insert("JNI_OnLoad");
    EXPECT_EQ(expected, names_in(text_of(MFVCAM_DEF), R"(\n {4}(\w+))"));
    const HMODULE module = LoadLibraryW(bridge_path().c_str());
    ASSERT_NE(module, nullptr) << GetLastError();
    EXPECT_EQ(expected, exports_of(module));
}

TEST(Exports, EachHasAComment) {
    EXPECT_EQ(declared(),
              names_in(headers(), R"(\*/\nMFVCAM_API\s+[\w*\s]+?MFVCAM_CALL\s+(\w+)\s*\()"));
}

// As where a process has two versions of the jar.
TEST(Copies, HandlesOfOneAreStaleInTheOther) {
    // The file stays: it is loaded until the program has ended.
    const std::array paths = {bridge_path(), program_folder() + L"copy of mfvcam.dll"};
    ASSERT_NE(CopyFileW(paths[0].c_str(), paths[1].c_str(), FALSE), FALSE) << GetLastError();
    ASSERT_NE(LoadLibraryW(paths[0].c_str()), LoadLibraryW(paths[1].c_str()));
    for (int round = 0; round < 100; ++round) {
        std::array<mfvcam_handle, 2> queues{};
        for (std::size_t i = 0; i < 2; ++i) {
            const auto create =
                function_of<decltype(&mfvcam_create_queue)>(paths[i], "mfvcam_create_queue");
            ASSERT_EQ(create(&queues[i]), S_OK);
            EXPECT_GT(static_cast<INT64>(queues[i]), 0) << "a negative number in Java";
        }
        for (std::size_t i = 0; i < 2; ++i) {
            const auto release = function_of<decltype(&mfvcam_release)>(paths[i], "mfvcam_release");
            ASSERT_EQ(release(queues[1 - i]), E_HANDLE);
            ASSERT_EQ(release(queues[i]), S_OK);
        }
    }
}

}  // namespace
}  // namespace mfvcam::tests
