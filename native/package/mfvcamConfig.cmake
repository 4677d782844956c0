# find_package(mfvcam): the imported target mfvcam::mfvcam (mfvcam.h, mfvcam_jni.h and the import library), and
#   mfvcam_BIN_DIR  the folder of the DLLs: mfvcam.dll, mfvcam-source.dll and, in simulator/, the simulator
include("${CMAKE_CURRENT_LIST_DIR}/architecture.cmake")
get_filename_component(mfvcam_ROOT_DIR "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(mfvcam_BIN_DIR "${mfvcam_ROOT_DIR}/bin/${MFVCAM_ARCHITECTURE}")
if(NOT WIN32)
    set(mfvcam_FOUND FALSE)
    set(mfvcam_NOT_FOUND_MESSAGE "mfvcam is for programs for Windows; the target is ${CMAKE_SYSTEM_NAME}")
elseif(NOT EXISTS "${mfvcam_BIN_DIR}/mfvcam.dll")
    set(mfvcam_FOUND FALSE)
    set(mfvcam_NOT_FOUND_MESSAGE "this package of mfvcam has no binaries for ${MFVCAM_ARCHITECTURE}: there is no ${mfvcam_BIN_DIR}/mfvcam.dll")
else()
    include("${CMAKE_CURRENT_LIST_DIR}/mfvcamTargets.cmake")
endif()
