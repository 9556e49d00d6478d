# cmake -DOUT=… -DDIR=… -DFILES=a;b -P embed_page.cmake: the files of the page as bytes in one C++ file.
set(table "")
set(text "#include \"apps/demo/page_files.hpp\"\n\nnamespace wa {\nnamespace {\n")
foreach(name ${FILES})
  file(READ ${DIR}/${name} hex HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${hex}")
  string(MAKE_C_IDENTIFIER ${name} id)
  string(APPEND text "const char ${id}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"/${name}\", {${id}, sizeof ${id} - 1}},\n")
endforeach()
string(APPEND text "const PageFile files[] = {\n${table}};\n}  // namespace\n"
  "std::span<const PageFile> page_files() { return files; }\n}  // namespace wa\n")
file(WRITE ${OUT} "${text}")
