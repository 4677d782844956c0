# The simulator with its Frame Server in a process of its own, over our media source.
add_library(frame-server-camera STATIC frame_server_camera.cpp)
target_link_libraries(frame-server-camera PUBLIC tests-common mfplat mfreadwrite mfuuid ole32 uuid)
target_include_directories(frame-server-camera PUBLIC
    ../abi ../common ../include ../simulator)

mfvcam_add_test(frame_server_tests
    frame_server_hang_test.cpp
    frame_server_load_test.cpp
    frame_server_monitor_test.cpp
    frame_server_test.cpp)
# With the simulator's own means of speaking to its Frame Server, for what its DLL would never say.
target_link_libraries(frame_server_tests PRIVATE frame-server-camera simulator-host psapi advapi32)

# A class that hangs when a test says so.
add_library(hanging_source SHARED hanging_source.cpp hanging_source.def)
target_include_directories(hanging_source PRIVATE ../common ../include)
target_link_libraries(hanging_source PRIVATE ole32)
set_target_properties(hanging_source PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
add_dependencies(frame_server_tests hanging_source)

# A program for them to run and to kill.
add_executable(frame_server_client frame_server_client.cpp)
target_link_libraries(frame_server_client PRIVATE frame-server-camera shell32)
set_target_properties(frame_server_client PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
add_dependencies(frame_server_tests frame_server_client)
