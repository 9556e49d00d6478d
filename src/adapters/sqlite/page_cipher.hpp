// The cipher of a store's pages: ChaCha20-Poly1305 as SQLite3 Multiple Ciphers writes it, computed by
// libsodium.
#pragma once

#include <sqlite3.h>

namespace wa::sqlite {

/// The number under which SQLite3 Multiple Ciphers knows our cipher; made known to it on the first call,
/// which has to come before the first connection is opened.
int page_cipher();

}  // namespace wa::sqlite
