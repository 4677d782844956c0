# For mfvcamConfig.cmake alone, which sets mfvcam_ROOT_DIR, mfvcam_BIN_DIR and MFVCAM_ARCHITECTURE.
if(NOT TARGET mfvcam::mfvcam)
    add_library(mfvcam::mfvcam SHARED IMPORTED)
    set(mfvcam_import_library "${mfvcam_ROOT_DIR}/lib/${MFVCAM_ARCHITECTURE}/libmfvcam.dll.a")
    if(MSVC OR NOT EXISTS "${mfvcam_import_library}")
        set(mfvcam_import_library "${mfvcam_ROOT_DIR}/lib/${MFVCAM_ARCHITECTURE}/mfvcam.lib")
    endif()
    set_target_properties(mfvcam::mfvcam PROPERTIES
        IMPORTED_LOCATION "${mfvcam_BIN_DIR}/mfvcam.dll"
        IMPORTED_IMPLIB "${mfvcam_import_library}"
        INTERFACE_INCLUDE_DIRECTORIES "${mfvcam_ROOT_DIR}/include")
    unset(mfvcam_import_library)
endif()
