# Windows x64 with Debian's mingw-w64 (posix threads: the standard library's mutexes need them).
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)

# Debian's names first; elsewhere the plain ones are the posix ones.
find_program(MFVCAM_GCC NAMES x86_64-w64-mingw32-gcc-posix x86_64-w64-mingw32-gcc REQUIRED)
find_program(MFVCAM_GXX NAMES x86_64-w64-mingw32-g++-posix x86_64-w64-mingw32-g++ REQUIRED)
set(CMAKE_C_COMPILER "${MFVCAM_GCC}")
set(CMAKE_CXX_COMPILER "${MFVCAM_GXX}")
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

# Our DLLs may depend on nothing but system DLLs.
foreach(kind EXE SHARED MODULE)
    set(CMAKE_${kind}_LINKER_FLAGS_INIT "-static")
    # Same sources, same bytes; and ASLR and DEP, which not every binutils gives unasked. GCC has no Control Flow Guard.
    set(CMAKE_${kind}_LINKER_FLAGS_RELEASE_INIT
        "-s -Wl,--no-insert-timestamp -Wl,--dynamicbase,--high-entropy-va,--nxcompat")
endforeach()

set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

get_filename_component(mfvcam_root "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:-ffile-prefix-map=${mfvcam_root}=.>")
set(CMAKE_CROSSCOMPILING_EMULATOR "${mfvcam_root}/scripts/wine-test")
