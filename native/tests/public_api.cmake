# The public headers in the oldest languages they promise; compiled, and nothing else, in every build.
add_library(header-checks OBJECT
    "${CMAKE_CURRENT_LIST_DIR}/header_check.c"
    "${CMAKE_CURRENT_LIST_DIR}/header_check.cpp")
target_include_directories(header-checks PRIVATE "${CMAKE_CURRENT_LIST_DIR}/../include")
target_include_directories(header-checks SYSTEM PRIVATE
    "${CMAKE_CURRENT_LIST_DIR}/../jni/windows" "${MFVCAM_JNI_INCLUDE}")
set_target_properties(header-checks PROPERTIES
    C_STANDARD 90 C_EXTENSIONS OFF CXX_STANDARD 98 CXX_EXTENSIONS OFF)
if(NOT MSVC)
    target_compile_options(header-checks PRIVATE -pedantic)
endif()

# What JUnit calls mfvcam_register_natives by; it runs without the tests of this folder.
add_library(jni_probe SHARED
    "${CMAKE_CURRENT_LIST_DIR}/jni_probe.c"
    "${CMAKE_CURRENT_LIST_DIR}/jni_probe.def")
target_link_libraries(jni_probe PRIVATE mfvcam::mfvcam)
target_include_directories(jni_probe SYSTEM PRIVATE
    "${CMAKE_CURRENT_LIST_DIR}/../jni/windows" "${MFVCAM_JNI_INCLUDE}")
set_target_properties(jni_probe PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
