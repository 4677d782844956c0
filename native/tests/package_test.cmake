# ctest runs this; package_tests.cmake says with what. RUNNER: what starts a Windows program, or nothing on Windows.
function(run)
    execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        list(JOIN ARGV " " command)
        message(FATAL_ERROR "${command} ended with ${status}:\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect text)
    string(FIND "${output}" "${text}" found)
    if(found EQUAL -1)
        message(FATAL_ERROR "no \"${text}\" in:\n${output}")
    endif()
endfunction()

# As Windows knows the path of a file.
function(windows_path file result)
    if(NOT CMAKE_HOST_WIN32)
        string(PREPEND file "Z:")
    endif()
    string(REPLACE "/" "\\" file "${file}")
    set(${result} "${file}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
file(ARCHIVE_EXTRACT INPUT "${ZIP}" DESTINATION "${WORK}")
file(GLOB package "${WORK}/*")
list(LENGTH package count)
if(NOT count EQUAL 1)
    message(FATAL_ERROR "the zip has not one folder at its top, but ${package}")
endif()

# The same files at another time, in another folder, make the same zip.
run("${JAVA}" "${ZIP_PROGRAM}" "${package}" "${WORK}/again.zip")
file(SHA256 "${ZIP}" first)
file(SHA256 "${WORK}/again.zip" again)
if(NOT first STREQUAL again)
    message(FATAL_ERROR "packed again, the zip is another: ${first}, ${again}")
endif()

# A toolchain that looks for packages in its own root only has to be told the folder.
run("${CMAKE_COMMAND}" -S "${package}/examples" -B "${WORK}/build" -G "${GENERATOR}"
    "-DCMAKE_TOOLCHAIN_FILE=${TOOLCHAIN}" -DCMAKE_BUILD_TYPE=Release
    "-Dmfvcam_DIR=${package}/lib/cmake/mfvcam" "-DJAVAC=${JAVAC}"
    "-DJAVA_INCLUDE_PATH=${JNI_INCLUDE}" "-DJAVA_INCLUDE_PATH2=${JNI_MD_INCLUDE}")
run("${CMAKE_COMMAND}" --build "${WORK}/build")

file(GLOB provider "${package}/bin/*/simulator/mfsensorgroup.dll")
windows_path("${provider}" provider)
# The build's: what the registry names is to be there when this is gone.
windows_path("${SOURCE_DLL}" source)
set(ENV{MFVCAM_SIMULATOR_SERVER} package)
run(${RUNNER} regsvr32 /s "${source}")
foreach(program wait_for_signals listen_to_signals)
    run(${RUNNER} "${WORK}/build/examples/${program}.exe" "${provider}")
    expect("signal 3")
    expect("left alive: 0 cameras, 0 sync objects")
endforeach()
# What is wrong is said, and is no success.
execute_process(COMMAND ${RUNNER} "${WORK}/build/examples/wait_for_signals.exe" not-a-full-path.dll
                RESULT_VARIABLE status ERROR_VARIABLE output OUTPUT_QUIET)
expect("mfvcam_use_provider: 0x80070057")
if(status EQUAL 0)
    message(FATAL_ERROR "a program that failed ended with 0")
endif()

# The package says what it does not have.
file(WRITE "${WORK}/none/CMakeLists.txt" "cmake_minimum_required(VERSION 3.22)
project(none LANGUAGES NONE)
set(WIN32 TRUE)
set(CMAKE_SIZEOF_VOID_P 4)
find_package(mfvcam REQUIRED)
")
execute_process(COMMAND "${CMAKE_COMMAND}" -S "${WORK}/none" -B "${WORK}/none/build"
                        "-Dmfvcam_DIR=${package}/lib/cmake/mfvcam"
                RESULT_VARIABLE status ERROR_VARIABLE output OUTPUT_QUIET)
string(REGEX REPLACE "[ \n]+" " " output "${output}")
if(NOT EXISTS "${package}/bin/x86")
    expect("this package of mfvcam has no binaries for x86")
endif()
message(STATUS "the examples work on the package")
