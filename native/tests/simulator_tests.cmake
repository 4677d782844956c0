# The simulator's DLL, loaded as any program would load it, over a media source of the tests' own.
mfvcam_add_test(simulator_tests
    simulator_callback_test.cpp
    simulator_camera_test.cpp
    simulator_create_test.cpp
    simulator_fake_source.cpp
    simulator_fixture.cpp
    simulator_foreign_client_test.cpp
    simulator_handles_test.cpp
    simulator_media_source_test.cpp
    simulator_source_test.cpp
    simulator_storm_test.cpp
    simulator_switches_test.cpp
    simulator_sync_object_test.cpp
    simulator_vtable_test.cpp)
target_include_directories(simulator_tests PRIVATE
    "${CMAKE_CURRENT_LIST_DIR}/../abi" "${CMAKE_CURRENT_LIST_DIR}/../common"
    "${CMAKE_CURRENT_LIST_DIR}/../include"
    "${CMAKE_CURRENT_LIST_DIR}/../simulator")
target_link_libraries(simulator_tests PRIVATE tests-common mfplat mfreadwrite mfuuid ole32 uuid)
add_dependencies(simulator_tests foreign_client)
target_compile_definitions(simulator_tests PRIVATE
    MFVCAM_SIMULATOR_README="${CMAKE_CURRENT_SOURCE_DIR}/../simulator/README.md")

# C, and without a header of ours: what anybody who knows only the documents could write.
add_executable(foreign_client "${CMAKE_CURRENT_LIST_DIR}/foreign_client.c")
target_link_libraries(foreign_client PRIVATE mfplat ole32 uuid)
set_target_properties(foreign_client PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")

# The bridge on the simulator, by the documents' rules, and whatever it answers.
mfvcam_add_test(bridge_switches_tests
    bridge_contract_test.cpp
    bridge_switches_test.cpp
    simulator_fake_source.cpp
    simulator_fixture.cpp)
target_include_directories(bridge_switches_tests PRIVATE
    "${CMAKE_CURRENT_LIST_DIR}/../simulator")
target_link_libraries(bridge_switches_tests PRIVATE bridge tests-common mfplat)
if(NOT MSVC)
    target_link_libraries(bridge_switches_tests PRIVATE mfsensorgroup)
endif()
