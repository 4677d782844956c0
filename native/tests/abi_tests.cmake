# The binary interface, slot by slot; abi-check, which every build compiles, has the rest of it.
mfvcam_add_test(abi_tests
    abi_vtable_test.cpp
    "${CMAKE_CURRENT_LIST_DIR}/../source/guids.cpp")
target_include_directories(abi_tests PRIVATE
    "${CMAKE_CURRENT_LIST_DIR}/../abi" "${CMAKE_CURRENT_LIST_DIR}/../include")
