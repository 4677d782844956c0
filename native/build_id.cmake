# Hashes SOURCES (contents, in the order of their names) into HEADER, a C header, and TEXT, the bare id. Line ends do not
# count: a checkout on Windows may have others.
list(SORT SOURCES)
set(hashes "")
foreach(source IN LISTS SOURCES)
    get_filename_component(name "${source}" NAME)
    file(STRINGS "${source}" lines)
    string(SHA256 hash "${lines}")
    string(APPEND hashes "${name} ${hash}\n")
endforeach()
string(SHA256 id "${hashes}")
string(SUBSTRING "${id}" 0 16 id)
file(WRITE "${HEADER}" "#pragma once\n#define MFVCAM_BUILD_ID \"${id}\"\n")
file(WRITE "${TEXT}" "${id}\n")
