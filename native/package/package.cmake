# What others build on: the CMake package, its zip, and the examples, which know no more than that.
add_library(mfvcam::mfvcam ALIAS mfvcam)
target_include_directories(mfvcam INTERFACE include)
set(JAVAC "${MFVCAM_JAVAC}")
set(JAVA_INCLUDE_PATH "${MFVCAM_JNI_INCLUDE}")
set(JAVA_INCLUDE_PATH2 "${CMAKE_CURRENT_SOURCE_DIR}/jni/windows")
add_subdirectory(examples)

# ---- The import libraries: lib<name>.dll.a for MinGW's linkers, <name>.lib for MSVC's -------------

set(import_folder "${CMAKE_CURRENT_BINARY_DIR}/import")
set(import_library "${import_folder}/mfvcam.lib")
file(MAKE_DIRECTORY "${import_folder}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # What GNU ld writes beside a DLL is for itself.
    set(make_import_library
        "${CMAKE_DLLTOOL}" --input-def "${CMAKE_CURRENT_SOURCE_DIR}/bridge/mfvcam.def"
        --output-lib "${import_library}" --deterministic-libraries)
else()
    set(make_import_library
        "${CMAKE_COMMAND}" -E copy "$<TARGET_LINKER_FILE:mfvcam>" "${import_library}")
endif()
add_custom_command(
    OUTPUT "${import_library}"
    COMMAND ${make_import_library}
    DEPENDS mfvcam bridge/mfvcam.def
    COMMENT "Making mfvcam.lib"
    VERBATIM)
add_custom_target(import-library DEPENDS "${import_library}")
add_dependencies(natives import-library)

# ---- Installation: cmake --install BUILD --prefix FOLDER --component mfvcam -----------------------

include(package/architecture.cmake)
include(CMakePackageConfigHelpers)
set(cmake_folder lib/cmake/mfvcam)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/mfvcamConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/mfvcamConfigVersion.cmake" package/mfvcamConfig.cmake
              package/mfvcamTargets.cmake package/architecture.cmake
        DESTINATION ${cmake_folder} COMPONENT mfvcam)
install(FILES include/mfvcam.h include/mfvcam_jni.h DESTINATION include COMPONENT mfvcam)
install(FILES MIGRATION.md ../LICENSE DESTINATION . COMPONENT mfvcam)
install(DIRECTORY examples/ DESTINATION examples COMPONENT mfvcam)
install(FILES "$<TARGET_FILE:mfvcam>" "$<TARGET_FILE:mfvcam-source>"
        DESTINATION bin/${MFVCAM_ARCHITECTURE} COMPONENT mfvcam)
install(FILES "$<TARGET_FILE:simulator>" "$<TARGET_FILE:frameserver>"
        DESTINATION bin/${MFVCAM_ARCHITECTURE}/simulator COMPONENT mfvcam)
install(FILES "${import_library}" DESTINATION lib/${MFVCAM_ARCHITECTURE} COMPONENT mfvcam)
if(NOT MSVC)
    install(FILES "$<TARGET_LINKER_FILE:mfvcam>" DESTINATION lib/${MFVCAM_ARCHITECTURE}
            RENAME libmfvcam.dll.a COMPONENT mfvcam)
endif()

# ---- The zip: of this build alone; scripts/release packs one of all architectures ----------------

set(MFVCAM_PACKAGE_ZIP "${CMAKE_BINARY_DIR}/mfvcam-native.zip")
get_filename_component(javac_folder "${MFVCAM_JAVAC}" REALPATH)
get_filename_component(javac_folder "${javac_folder}" DIRECTORY)
find_program(MFVCAM_JAVA java HINTS "${javac_folder}" REQUIRED)
file(GLOB_RECURSE package_files CONFIGURE_DEPENDS examples/* include/*.h package/*)
add_custom_command(
    OUTPUT "${MFVCAM_PACKAGE_ZIP}"
    COMMAND "${CMAKE_COMMAND}" "-DBUILDS=${CMAKE_BINARY_DIR}"
            "-DFOLDER=${CMAKE_BINARY_DIR}/mfvcam-${PROJECT_VERSION}" "-DZIP=${MFVCAM_PACKAGE_ZIP}"
            "-DJAVA=${MFVCAM_JAVA}" -P "${CMAKE_CURRENT_SOURCE_DIR}/package/zip.cmake"
    DEPENDS mfvcam mfvcam-source simulator frameserver "${import_library}" MIGRATION.md
            "${PROJECT_SOURCE_DIR}/LICENSE" ${package_files}
    COMMENT "Packing mfvcam-native.zip"
    VERBATIM)
add_custom_target(native-zip ALL DEPENDS "${MFVCAM_PACKAGE_ZIP}")
