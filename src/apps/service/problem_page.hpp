// A refusal where a person looks at it: a letter that was to open in a window of its own.
#pragma once

#include "adapters/http/message.hpp"

namespace wa::service {

/// Answers refusals with a page in plain words where the browser shows the answer as it is; every other
/// answer, and whatever our own pages ask for, stays as it is.
http::Respond readable(const http::Request& request, http::Respond respond);

}  // namespace wa::service
