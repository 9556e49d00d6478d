// The envelope in which messages travel between a hub and the exchange (Vermittlungsstelle), as JSON over
// HTTP.
//
//   POST /exchange/messages              an envelope -> 200 {"state": "handed_over"}, 4xx {"code", "details"}
//   GET  /exchange/inbox/<address>       -> {"messages": [envelope, …]}, oldest first, until taken
//   POST /exchange/inbox/<id>/taken      {"outcome": "acknowledged" | "rejected", "code", "details"}
//
// The same id is the same message: it may be sent again at any time and counts once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/time.hpp"

namespace wa::exchange {

/// Longest text of an envelope in bytes.
inline constexpr std::size_t envelope_max = 256 * 1024;

struct Envelope {
    std::string id;         ///< the sender's own, at most 60 characters, printable ASCII without blanks
    std::string type;       ///< "rueckmeldung"
    int version = 1;        ///< of the type
    std::string release;    ///< of the standard on the day of sending, see release_on
    std::string sender;     ///< "Meldebehörde 99001001"
    std::string recipient;  ///< "Meldebehörde 99001002"
    std::string answers;    ///< id of the message this answers; may be empty
    std::string replaces;   ///< id of the rejected message this corrects; may be empty
    std::string due_on;     ///< last day by law, ISO
    Timestamp sent_at;      ///< when it was written by its sender
    json::object payload;
};

/// The release of the message standards in force: they change on 1 May and 1 November (handbook § 9.1).
std::string release_on(const Date& day);

json::object to_json(const Envelope& envelope);
/// Empty when a member is missing, of the wrong type, over-long or no readable date; unknown members are
/// ignored.
std::optional<Envelope> parse_envelope(const json::value& value);
std::optional<Envelope> parse_envelope(std::string_view text);

/// Tells whether two envelopes with one id are the same message: everything but release and time of sending.
std::string content_of(const Envelope& envelope);

/// An address as one segment of a path, percent-encoded.
std::string path_segment(std::string_view address);

}  // namespace wa::exchange
