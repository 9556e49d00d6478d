# How everything of ours is compiled. Presets choose the values; see CMakePresets.json.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(WA_SANITIZE "" CACHE STRING "Sanitizers for all of our code: address,undefined or thread")
option(WA_FUZZ "Build the fuzz targets (needs clang)" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  # Several build folders share one cache: paths are stored relative to the source tree.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Names of files in messages and debug data start at the source tree, so that the cache also serves a clone elsewhere.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)

add_library(wa_flags INTERFACE)
target_compile_options(wa_flags INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers -Wno-maybe-uninitialized>
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>  # several files are one (decision 0022)
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-field-initializers>)
target_include_directories(wa_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
# Tests' own sources are compiled without UBSan: it doubles their time, and what is tested keeps it (decision 0021).
set(WA_TEST_FLAGS "")
if(WA_SANITIZE)
  add_compile_options(-fsanitize=${WA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WA_SANITIZE})
  if(WA_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=null)  # a null pointer that is used is ASan's anyway; asking twice costs a fifth
    set(WA_TEST_FLAGS -fno-sanitize=undefined)
  endif()
  if(WA_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-tsan)  # Asio's fences; what they guard is synchronised otherwise too
  endif()
endif()
