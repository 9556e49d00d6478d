// Letters about invented people, for tests and for looking at.
#pragma once

#include "kernel/letter.hpp"

namespace wa::letters::samples {

Letter::Sender town_hall();
/// Confirmation of registration with exactly the eight data of § 24 Abs. 2 BMG, sent by post.
Letter confirmation();
/// What is handed out where there is no line to the register: not a confirmation.
Letter receipt();
/// A declaration signed on the tablet, with a picture of the signature.
Letter declaration();
/// A drawn signature, as the tablet delivers it (transparent PNG).
Bytes signature_png();

}  // namespace wa::letters::samples
