# The media source's DLL, loaded by path, and the parts of it that can be tested by themselves.
mfvcam_add_test(source_tests
    ${MFVCAM_PORTABLE_TESTS}
    source_action_queue_test.cpp
    source_allocator_test.cpp
    source_class_test.cpp
    source_ks_event_test.cpp
    source_ks_property_test.cpp
    source_reader_test.cpp
    source_registration_test.cpp
    source_sensor_profiles_test.cpp
    source_shutdown_test.cpp
    source_signal_lock_test.cpp
    source_state_test.cpp
    source_test_support.cpp
    "${CMAKE_CURRENT_LIST_DIR}/../source/action_queue.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/../source/guids.cpp"
    "${CMAKE_CURRENT_LIST_DIR}/../source/sensor_profiles.cpp")
target_include_directories(source_tests PRIVATE "${CMAKE_CURRENT_LIST_DIR}/../common" "${CMAKE_CURRENT_LIST_DIR}/../include")
target_link_libraries(source_tests PRIVATE
    fuzz-player tests-common mfplat mfreadwrite ole32 advapi32 ntdll)

# In the place of Windows' mfsensorgroup.dll.
add_library(fake-sensor-group SHARED fake_sensor_group.cpp fake_sensor_group.def)
target_include_directories(fake-sensor-group PRIVATE "${CMAKE_CURRENT_LIST_DIR}/../common")
target_link_libraries(fake-sensor-group PRIVATE ole32 uuid)
set_target_properties(fake-sensor-group PROPERTIES
    OUTPUT_NAME fake_sensor_group
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
add_dependencies(source_tests fake-sensor-group)
