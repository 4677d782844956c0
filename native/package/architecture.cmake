# Sets MFVCAM_ARCHITECTURE to the package's folder for what is compiled: x64, x86 or arm64.
# MSVC and clang-cl tell; elsewhere the toolchain file has said.
set(MFVCAM_ARCHITECTURE "${CMAKE_C_COMPILER_ARCHITECTURE_ID}${CMAKE_CXX_COMPILER_ARCHITECTURE_ID}")
if(NOT MFVCAM_ARCHITECTURE)
    set(MFVCAM_ARCHITECTURE "${CMAKE_SYSTEM_PROCESSOR}")
endif()
if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    set(MFVCAM_ARCHITECTURE x86)
elseif(MFVCAM_ARCHITECTURE MATCHES "[Aa][Rr][Mm]64|aarch64")
    set(MFVCAM_ARCHITECTURE arm64)
else()
    set(MFVCAM_ARCHITECTURE x64)
endif()
