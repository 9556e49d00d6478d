# SQLite3 Multiple Ciphers as the static library wa_sqlite3, from the amalgamation inside the npm package
# that deps/package-lock.json pins (docs/decisions/0002-sqlite-multiple-ciphers.md). Included by
# src/adapters/sqlite; nothing else may link it.
set(WA_SQLITE3_DIR ${CMAKE_SOURCE_DIR}/deps/node_modules/better-sqlite3-multiple-ciphers/deps/sqlite3
  CACHE PATH "Folder with sqlite3.c and sqlite3.h of SQLite3 Multiple Ciphers")
if(NOT EXISTS ${WA_SQLITE3_DIR}/sqlite3.c)
  message(FATAL_ERROR "SQLite3 Multiple Ciphers is missing (${WA_SQLITE3_DIR}/sqlite3.c). Fetch it once with:\n"
    "  npm ci --ignore-scripts --prefix deps")
endif()

add_library(wa_sqlite3 STATIC ${WA_SQLITE3_DIR}/sqlite3.c)
target_include_directories(wa_sqlite3 SYSTEM INTERFACE ${WA_SQLITE3_DIR})
# A plain assignment: the sanitizers of the tree are dropped here, the C code is tested by its authors and
# would cost the tests a factor of five.
set_target_properties(wa_sqlite3 PROPERTIES COMPILE_OPTIONS "-O2;-g0;-w" EXPORT_COMPILE_COMMANDS OFF)
target_compile_definitions(wa_sqlite3 PRIVATE
  SQLITE_THREADSAFE=2               # a connection is used by one thread at a time; the adapter sees to it
  SQLITE_DQS=0                      # "x" is a column, never a text
  HAVE_FDATASYNC=1 HAVE_LOCALTIME_R=1 HAVE_GMTIME_R=1
  SQLITE_OMIT_LOAD_EXTENSION
  SQLITE_OMIT_DEPRECATED
  SQLITE_OMIT_SHARED_CACHE
  SQLITE_DEFAULT_FOREIGN_KEYS=1
  SQLITE_DEFAULT_MEMSTATUS=0
  SQLITE_TEMP_STORE=3               # temporary data never reaches the disk: it would not be encrypted
  SQLITE_MAX_MMAP_SIZE=0
  SQLITE_LIKE_DOESNT_MATCH_BLOBS
  SQLITE_USE_URI=0
  SQLITE_ENABLE_DBPAGE_VTAB         # Store::check reads every page
  SQLITE_ENABLE_DBSTAT_VTAB
  SQLITE3MC_SECURE_MEMORY=1         # freed memory can be wiped: PRAGMA memory_security
  # Only ChaCha20-Poly1305 is built in; without AES and AEGIS no processor flags are needed.
  HAVE_CIPHER_AES_128_CBC=0 HAVE_CIPHER_AES_256_CBC=0 HAVE_CIPHER_SQLCIPHER=0
  HAVE_CIPHER_RC4=0 HAVE_CIPHER_ASCON128=0 HAVE_CIPHER_AEGIS=0)
target_link_libraries(wa_sqlite3 INTERFACE Threads::Threads ${CMAKE_DL_LIBS} m)
