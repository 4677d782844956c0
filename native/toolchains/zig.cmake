# Windows with zig (clang, libc++ and mingw-w64 in one package); MFVCAM_ARCH is x86_64, x86 or aarch64.
set(MFVCAM_ARCH x86_64 CACHE STRING "x86_64, x86 or aarch64")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES MFVCAM_ARCH)

set(CMAKE_SYSTEM_NAME Windows)
if(MFVCAM_ARCH STREQUAL "x86_64")
    set(CMAKE_SYSTEM_PROCESSOR AMD64)
elseif(MFVCAM_ARCH STREQUAL "x86")
    set(CMAKE_SYSTEM_PROCESSOR X86)
elseif(MFVCAM_ARCH STREQUAL "aarch64")
    set(CMAKE_SYSTEM_PROCESSOR ARM64)
else()
    message(FATAL_ERROR "MFVCAM_ARCH is '${MFVCAM_ARCH}', not x86_64, x86 or aarch64")
endif()

# CMake wants one executable for each tool; zig is one executable for all of them.
set(mfvcam_zig "${CMAKE_CURRENT_LIST_DIR}/zig")
set(CMAKE_C_COMPILER "${mfvcam_zig}/cc")
set(CMAKE_CXX_COMPILER "${mfvcam_zig}/c++")
set(CMAKE_C_COMPILER_TARGET ${MFVCAM_ARCH}-windows-gnu)
set(CMAKE_CXX_COMPILER_TARGET ${MFVCAM_ARCH}-windows-gnu)
set(CMAKE_AR "${mfvcam_zig}/ar" CACHE FILEPATH "")
set(CMAKE_RANLIB "${mfvcam_zig}/ranlib" CACHE FILEPATH "")
set(CMAKE_DLLTOOL "${mfvcam_zig}/dlltool" CACHE FILEPATH "")
set(CMAKE_RC_COMPILER "${mfvcam_zig}/rc")
# Without the "--" an absolute source path reads as an option.
set(CMAKE_RC_COMPILE_OBJECT
    "<CMAKE_RC_COMPILER> <DEFINES> <INCLUDES> <FLAGS> /:auto-includes gnu /fo <OBJECT> -- <SOURCE>")

# ASLR and DEP are its linker's default, which also takes the time stamp from the contents. Control Flow Guard it has not: the
# symbols are missing, and the linker's option is refused.
foreach(kind EXE SHARED MODULE)
    set(CMAKE_${kind}_LINKER_FLAGS_RELEASE_INIT "-s")
endforeach()
# zig builds its C++ runtime once for each way of compiling, minutes each time: let CMake's own
# probes compile the way we do.
set(CMAKE_TRY_COMPILE_CONFIGURATION Release)
set(CMAKE_C_COMPILER_ID_FLAGS "-O2 -s")
set(CMAKE_CXX_COMPILER_ID_FLAGS "-O2 -s")

set(CMAKE_FIND_ROOT_PATH "${mfvcam_zig}/no-sysroot")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

get_filename_component(mfvcam_root "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:-ffile-prefix-map=${mfvcam_root}=.>")
if(NOT MFVCAM_ARCH STREQUAL "aarch64")
    # x86 where Wine runs it, which scripts/test finds out.
    set(CMAKE_CROSSCOMPILING_EMULATOR "${mfvcam_root}/scripts/wine-test")
endif()
