# Read by ctest when it begins, once for each GoogleTest program: a test for each of its suites.
# One for each of its tests would start Wine hundreds of times.
#   name, program, emulator (or empty), timeout: by mfvcam_add_test
execute_process(COMMAND ${emulator} "${program}" --gtest_list_tests
    OUTPUT_VARIABLE listing RESULT_VARIABLE status TIMEOUT 60)
string(REGEX MATCHALL "(^|\n)[^ \n]+\\.[^\n]*" suites "${listing}")
if(NOT status EQUAL 0 OR NOT suites)
    message(FATAL_ERROR "${program} does not list its tests (${status}):\n${listing}")
endif()
foreach(suite IN LISTS suites)
    # "Instance/Suite.  # TypeParam = ..."
    string(REGEX REPLACE "^\n?([^ ]+)\\..*" "\\1" suite "${suite}")
    add_test("${name}.${suite}" ${emulator} "${program}" "--gtest_filter=${suite}.*")
    set_tests_properties("${name}.${suite}" PROPERTIES TIMEOUT ${timeout})
    # These count the handles of another process, during which no other may start or end
    # (process_handles.h).
    if(suite MATCHES "^(FrameServer|FrameServerKills)$")
        set_tests_properties("${name}.${suite}" PROPERTIES RUN_SERIAL TRUE)
    endif()
endforeach()
