# Installs the build trees BUILDS, one for each processor, into the folder FOLDER, and packs that as ZIP with Java.
file(REMOVE_RECURSE "${FOLDER}")
foreach(build IN LISTS BUILDS)
    execute_process(COMMAND "${CMAKE_COMMAND}" --install "${build}" --prefix "${FOLDER}" --component mfvcam
                    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endforeach()
execute_process(COMMAND "${JAVA}" "${CMAKE_CURRENT_LIST_DIR}/Zip.java" "${FOLDER}" "${ZIP}"
                COMMAND_ERROR_IS_FATAL ANY)
