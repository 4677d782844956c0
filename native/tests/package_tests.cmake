# The native zip as its users have it: unpacked elsewhere, with the examples built on it, and run.
if(CMAKE_HOST_WIN32)
    set(runner "")
else()
    set(runner "${PROJECT_SOURCE_DIR}/scripts/wine")
endif()
add_test(NAME package.Examples
    COMMAND "${CMAKE_COMMAND}"
        "-DZIP=${MFVCAM_PACKAGE_ZIP}"
        "-DWORK=${CMAKE_BINARY_DIR}/tests/package of mfvcam"
        "-DGENERATOR=${CMAKE_GENERATOR}"
        "-DTOOLCHAIN=${CMAKE_TOOLCHAIN_FILE}"
        "-DJAVAC=${JAVAC}" "-DJNI_INCLUDE=${JAVA_INCLUDE_PATH}" "-DJNI_MD_INCLUDE=${JAVA_INCLUDE_PATH2}"
        "-DJAVA=${MFVCAM_JAVA}" "-DZIP_PROGRAM=${PROJECT_SOURCE_DIR}/native/package/Zip.java"
        "-DRUNNER=${runner}"
        "-DSOURCE_DLL=$<TARGET_FILE:mfvcam-source>"
        -P "${CMAKE_CURRENT_LIST_DIR}/package_test.cmake")
set_tests_properties(package.Examples PROPERTIES TIMEOUT 240)
