// Where the files under test are: beside or above the program that tests them.
#pragma once

#include <string>

namespace mfvcam::tests {

// With a backslash at the end.
std::wstring program_folder();
std::wstring bridge_path();
std::wstring simulator_path();
std::wstring source_path();

}  // namespace mfvcam::tests
