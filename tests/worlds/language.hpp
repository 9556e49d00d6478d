// The language of the scenarios: German sentences a registration clerk can read and sign off, each of a fixed
// form (docs/scenarios.md). Knows words only: no procedure, no store.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wa::worlds {

enum class Kind {
    header,  ///< what the scenario is about
    given,   ///< who and what is there before
    step,    ///< somebody does something, or time passes
    check,   ///< what must hold now
    detail,  ///< indented: belongs to the sentence above
};

/// One form of a sentence: fixed words with {slots}. What a slot takes follows from its name (words.cpp).
struct Sentence {
    std::string_view id;
    Kind kind;
    std::string_view words;
    std::string_view example;  ///< reads as this very form; stands in the documentation
    /// A step that is one command: its name and payload. A string "$slot" stands for what was read there;
    /// "$case", "$person:slot" and "$task:slot" for ids.
    std::string_view command = {}, payload = {};
    bool takes_details = false;
};
const std::vector<Sentence>& sentences();

struct Line {
    const Sentence* sentence = nullptr;
    std::map<std::string, std::string, std::less<>> slots;  ///< codes and ISO dates, no longer words
    int number = 0;                                         ///< in the file, from 1
    std::vector<Line> details;
    const std::string& at(std::string_view slot) const;  ///< asserts that the sentence has it
    bool is(std::string_view id) const { return sentence->id == id; }
};

struct Scenario {
    std::string file, title;
    std::vector<Line> lines;
    /// Why it does not fit a world; empty when it does.
    std::string not_in(std::string_view world) const;
};

struct Parsed {
    std::optional<Scenario> scenario;
    std::string error;  ///< "Zeile 7: …", in German; empty when it could be read
};
/// Never throws; any bytes. At most 2000 lines of 500 bytes.
Parsed parse_scenario(std::string_view file, std::string_view text);

/// What a slot holds; empty with `why` filled when the words do not fit.
std::optional<std::string> read_slot(std::string_view slot, std::string_view words, std::string& why);
/// The worlds a scenario may name.
const std::vector<std::string>& world_names();

}  // namespace wa::worlds
