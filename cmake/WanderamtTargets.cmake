# One function per kind of folder. Sources are listed, never globbed; includes are always written from
# src/ with the full path. The kind decides what may be linked (the same rule as layers.txt).
#
#   wa_library(kernel SOURCES … TESTS … FUZZ … LINK wa::base Boost::json)      -> wa::kernel
#   wa_module(residence SOURCES … TESTS … LINK …)                               -> wa::module_residence
#   wa_adapter(sqlite SOURCES … TESTS … LINK …)                                 -> wa::adapter_sqlite
#   wa_protocol(mrz SOURCES … TESTS …)                                          -> wa::protocol_mrz
#
# A folder with data beside its code (api.json, problems.json, sql/, procedures/, reference/) names it
# with DATA <prefix>: tools/embed.py turns it into <generated>/<folder>/data.hpp.

# Where the tests find the files of the source tree: base/source_file_test.hpp.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/source_dir.cpp
     CONTENT "#include \"base/source_file_test.hpp\"\nconst char* const wa::source_dir = \"@CMAKE_SOURCE_DIR@\";\n" @ONLY)
add_library(wa_source_dir STATIC ${CMAKE_BINARY_DIR}/generated/source_dir.cpp)
target_link_libraries(wa_source_dir PUBLIC wa_flags)

function(wa_add_folders parent)
  file(GLOB folders CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${parent}/*/CMakeLists.txt)
  foreach(file ${folders})
    get_filename_component(folder ${file} DIRECTORY)
    add_subdirectory(${folder})
  endforeach()
endfunction()

function(wa_target target alias)
  cmake_parse_arguments(arg "DATA" "" "SOURCES;TESTS;FUZZ;BENCH;LINK;TEST_LINK" ${ARGN})
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  set(sources ${arg_SOURCES})
  if(arg_DATA)
    wa_embed(${target} ${folder})
    list(APPEND sources ${CMAKE_BINARY_DIR}/generated/${folder}/data.cpp)
  endif()
  if(sources)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PUBLIC wa_flags ${arg_LINK})
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE wa_flags ${arg_LINK})
  endif()
  add_library(${alias} ALIAS ${target})
  if(arg_TESTS AND NOT WA_FUZZ)
    add_executable(${target}_test ${arg_TESTS})
    target_link_libraries(${target}_test PRIVATE ${target} ${arg_TEST_LINK} wa_source_dir GTest::gtest_main)
    target_compile_options(${target}_test PRIVATE ${WA_TEST_FLAGS})
    add_test(NAME ${target} COMMAND ${target}_test --gtest_brief=1 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
  if(WA_FUZZ)
    foreach(source ${arg_FUZZ})
      get_filename_component(name ${source} NAME_WE)
      wa_fuzzer(${target}_${name} ${source} ${target} ${arg_TEST_LINK})
    endforeach()
  else()
    # Without libFuzzer they are all part of one program that replays the corpora (tests/fuzz).
    foreach(source ${arg_FUZZ})
      set_property(GLOBAL APPEND PROPERTY WA_FUZZ_SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/${source})
      set_property(GLOBAL APPEND PROPERTY WA_FUZZ_LINKS ${target} ${arg_TEST_LINK})
    endforeach()
  endif()
endfunction()

# A program of libFuzzer; the target `fuzzers` is all of them, so that `./dev fuzz` builds nothing else.
function(wa_fuzzer name source)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE ${ARGN})
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  add_dependencies(fuzzers ${name})
endfunction()

function(wa_embed target folder)
  set(out ${CMAKE_BINARY_DIR}/generated/${folder})
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_SOURCE_DIR}/*.json ${CMAKE_CURRENT_SOURCE_DIR}/*.sql ${CMAKE_CURRENT_SOURCE_DIR}/*.csv)
  list(FILTER inputs EXCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/scenarios/")  # for people and tests, not in the program
  add_custom_command(OUTPUT ${out}/data.hpp ${out}/data.cpp
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed.py ${CMAKE_CURRENT_SOURCE_DIR} ${folder} ${out}
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/tools/embed.py
    COMMENT "Embedding the data of ${folder}")
endfunction()

# The layer rule on link edges: a kind may only be given libraries of the kinds below it.
function(wa_check_links kind name allowed)
  foreach(lib ${ARGN})
    if(lib MATCHES "^wa::(.*)$" AND NOT lib MATCHES "${allowed}")
      message(FATAL_ERROR "layers: ${kind} ${name} may not link ${lib}")
    endif()
  endforeach()
endfunction()

macro(wa_kind kind prefix name allowed)
  cmake_parse_arguments(k "DATA" "" "SOURCES;TESTS;FUZZ;BENCH;LINK;TEST_LINK" ${ARGN})
  wa_check_links(${kind} ${name} "${allowed}" ${k_LINK})
  wa_target(wa_${prefix}${name} wa::${prefix}${name} ${ARGN})
endmacro()

function(wa_library name)
  if(name STREQUAL "base")
    wa_kind(library "" ${name} "^none$" ${ARGN})
  elseif(name STREQUAL "kernel")
    wa_kind(library "" ${name} "^wa::base$" ${ARGN})
  else()
    wa_kind(library "" ${name} "^wa::(base|kernel)$" ${ARGN})
  endif()
endfunction()
function(wa_protocol name)
  wa_kind(protocol protocol_ ${name} "^wa::base$" ${ARGN})
endfunction()
function(wa_module name)
  wa_kind(module module_ ${name} "^wa::(base|kernel|protocol_.*)$" ${ARGN})
  set_property(GLOBAL APPEND PROPERTY WA_MODULES ${name})
endfunction()
function(wa_adapter name)
  wa_kind(adapter adapter_ ${name} "^wa::(base|kernel|sync|protocol_.*)$" ${ARGN})
endfunction()
