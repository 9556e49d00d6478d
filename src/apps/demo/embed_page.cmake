# cmake -DOUT=… -DDIR=… -DFILES=a;b -DHEADER=apps/x/page_files.hpp -DSPACE=wa::x [-DFUNCTION=page_files] -P embed_page.cmake:
# files as bytes in one C++ file.
if(NOT FUNCTION)
  set(FUNCTION page_files)
endif()
set(table "")
set(text "#include \"${HEADER}\"\n\nnamespace ${SPACE} {\nnamespace {\n")
foreach(name ${FILES})
  file(READ ${DIR}/${name} hex HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  get_filename_component(name ${name} NAME)
  string(MAKE_C_IDENTIFIER ${name} id)
  string(APPEND text "const char ${id}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"/${name}\", {${id}, sizeof ${id} - 1}},\n")
endforeach()
string(APPEND text "const PageFile files[] = {\n${table}};\n}  // namespace\n"
  "std::span<const PageFile> ${FUNCTION}() { return files; }\n}  // namespace ${SPACE}\n")
file(WRITE ${OUT} "${text}")
