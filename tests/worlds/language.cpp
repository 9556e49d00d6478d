#include "language.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace wa::worlds {

namespace {

constexpr int lines_max = 2000;
constexpr std::size_t bytes_max = 500;

/// A slot that takes one of a few words, and what each means.
struct WordList {
    std::string_view slot;
    std::vector<std::pair<std::string_view, std::string_view>> words;
};

const std::vector<WordList>& word_lists() {
    static const std::vector<WordList> all{
        {"papier",
         {{"Datenschutzhinweise", "privacy_notice"},
          {"Erklärung", "declaration"},
          {"Empfangsbestätigung", "receipt"},
          {"Meldebestätigung", "confirmation"},
          {"Auskunft", "not_competent"},
          {"Anhörung", "hearing"},
          {"Bescheid", "refusal"}}},
        {"stand",
         {{"angelegt", "draft"},
          {"aufgenommen", "captured"},
          {"unterschrieben", "signed"},
          {"geprüft", "prechecked"},
          {"gebucht", "booked"},
          {"abgeschlossen", "closed"},
          {"zurückgezogen", "withdrawn"},
          {"einer anderen Behörde", "not_competent"},
          {"abgelehnt", "refused"}}},
        {"worauf",
         {{"Unterlagen", "documents"},
          {"die Zahlung", "payment"},
          {"eine andere Stelle", "other_authority"},
          {"eine zweite Person", "second_person"}}},
        {"befund",
         {{"in Ordnung", "ok"},
          {"Hinweis", "hint"},
          {"hält auf", "blocking"},
          {"unbekannt", "unknown"},
          {"wartet", "waiting"},
          {"erledigt", "done"}}},
        {"wohnung", {{"alleinige Wohnung", "E"}, {"Hauptwohnung", "H"}, {"Nebenwohnung", "N"}}},
        {"zustand",
         {{"fällig", "due"},
          {"übergeben", "handed_over"},
          {"bestätigt", "acknowledged"},
          {"abgewiesen", "rejected"},
          {"ersetzt", "repaired"},
          {"gestrichen", "cancelled"}}},
        {"eingang",
         {{"erledigt", "done"}, {"offen", "open"}, {"abgewiesen", "rejected"}, {"entschieden", "settled"}}},
        {"schein",
         {{"angefordert", "asked"},
          {"ausgeblieben", "silent"},
          {"da", "hit"},
          {"nicht eindeutig", "not_unique"},
          {"nicht gefunden", "not_found"},
          {"gesperrt", "blocked"}}},
        {"verhalten",
         {{"antwortet", "answer"},
          {"antwortet spät", "late"},
          {"schweigt", "silent"},
          {"findet niemanden", "not_found"},
          {"findet mehrere", "not_unique"},
          {"meldet eine Sperre", "blocked"},
          {"sagt etwas anderes", "contradict"},
          {"führt die Familie als weggezogen", "departed"},
          {"weist ab", "reject"},
          {"führt selbst eine alleinige Wohnung", "dispute"},
          {"teilt Besonderes mit", "zone"}}},
        {"erreichbar", {{"zu erreichen", "yes"}, {"nicht zu erreichen", "no"}}},
        {"welt",
         {{"sqlite", "sqlite"},
          {"restart", "restart"},
          {"offline", "offline"},
          {"two_nodes", "two_nodes"},
          {"second_tenant", "second_tenant"},
          {"postgres", "postgres"}}},
    };
    return all;
}

bool all_of(std::string_view text, std::string_view allowed) {
    return !text.empty() && text.find_first_not_of(allowed) == text.npos;
}

constexpr std::string_view digits = "0123456789", lower = "abcdefghijklmnopqrstuvwxyz0123456789_";

/// "05.11.2026" as "2026-11-05"
std::optional<std::string> iso_day(std::string_view text) {
    if (text.size() != 10 || text[2] != '.' || text[5] != '.') return std::nullopt;
    auto iso = fmt::format("{}-{}-{}", text.substr(6), text.substr(3, 2), text.substr(0, 2));
    return parse_date(iso) ? std::optional(iso) : std::nullopt;
}

bool is_time(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == text.npos || text.size() - colon != 3 || colon < 1 || colon > 2) return false;
    if (!all_of(text.substr(0, colon), digits) || !all_of(text.substr(colon + 1), digits)) return false;
    return std::stoi(std::string(text.substr(0, colon))) < 24 && text[colon + 1] < '6';
}

struct Piece {
    bool slot = false;
    std::string_view text;  ///< the slot's name, or fixed words
};

std::vector<Piece> pieces_of(std::string_view words) {
    std::vector<Piece> pieces;
    while (!words.empty()) {
        const auto open = words.find('{');
        if (open != 0) pieces.push_back({false, words.substr(0, open)});
        if (open == words.npos) break;
        const auto close = words.find('}', open);
        pieces.push_back({true, words.substr(open + 1, close - open - 1)});
        words.remove_prefix(close + 1);
    }
    return pieces;
}

enum class Fit { no, wrong_slot, yes };

/// Each slot ends where the next fixed words first stand; the last fixed words must end the line.
Fit fit(const Sentence& sentence, std::string_view text, Line& line, std::string& why) {
    const auto pieces = pieces_of(sentence.words);
    std::vector<std::pair<std::string_view, std::string_view>> found;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].slot) {
            if (!text.starts_with(pieces[i].text)) return Fit::no;
            text.remove_prefix(pieces[i].text.size());
            continue;
        }
        std::size_t end = text.size();
        if (i + 1 < pieces.size()) {
            const auto& next = pieces[i + 1].text;
            end = i + 2 == pieces.size() ? text.rfind(next) : text.find(next, 1);
            if (end == text.npos || (i + 2 == pieces.size() && end + next.size() != text.size()))
                return Fit::no;
        }
        if (end == 0) return Fit::no;
        found.emplace_back(pieces[i].text, text.substr(0, end));
        text.remove_prefix(end);
    }
    if (!text.empty()) return Fit::no;
    for (const auto& [slot, words] : found) {
        auto value = read_slot(slot, words, why);
        if (!value) return Fit::wrong_slot;
        line.slots[std::string(slot)] = std::move(*value);
    }
    line.sentence = &sentence;
    return Fit::yes;
}

/// The sentence that begins most like this text: what was probably meant.
const Sentence& nearest(std::string_view text, bool indented) {
    const Sentence* best = nullptr;
    std::size_t most = 0;
    for (const auto& sentence : sentences()) {
        if ((sentence.kind == Kind::detail) != indented) continue;
        std::size_t common = 0;
        for (const auto& piece : pieces_of(sentence.words))
            if (!piece.slot && piece.text.size() > 2 && text.find(piece.text) != text.npos)
                common += piece.text.size();
        if (!best || common > most) best = &sentence, most = common;
    }
    return *best;
}

class Parser {
  public:
    explicit Parser(std::string_view file) { scenario_.file = file; }

    Parsed run(std::string_view text) {
        if (!is_valid_utf8(text)) return {std::nullopt, "Die Datei ist kein UTF-8."};
        int number = 0;
        while (!text.empty() && error_.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            auto line = text.substr(0, end);
            text.remove_prefix(std::min(text.size(), end + 1));
            if (++number > lines_max) return {std::nullopt, "Die Datei ist zu lang."};
            while (line.ends_with(' ') || line.ends_with('\r')) line.remove_suffix(1);
            take(line, number);
        }
        if (error_.empty() && scenario_.title.empty()) error_ = "Es fehlt der Satz »Szenario: …«.";
        if (!error_.empty()) return {std::nullopt, error_};
        return {std::move(scenario_), ""};
    }

  private:
    void fail(int number, const std::string& text) { error_ = fmt::format("Zeile {}: {}", number, text); }

    void take(std::string_view text, int number) {
        const bool indented = text.starts_with("  ");
        while (text.starts_with(' ')) text.remove_prefix(1);
        if (text.empty() || text.starts_with('#')) return;
        if (text.size() > bytes_max) return fail(number, "Die Zeile ist zu lang.");
        Line line;
        line.number = number;
        std::string why;
        for (const auto& sentence : sentences()) {
            if ((sentence.kind == Kind::detail) != indented) continue;
            if (fit(sentence, text, line, why) == Fit::yes) return place(std::move(line), indented);
        }
        if (!why.empty()) return fail(number, why);
        fail(number, fmt::format("Diesen Satz gibt es nicht: »{}«. Ähnlich ist: »{}«", text,
                                 nearest(text, indented).words));
    }

    void place(Line line, bool indented) {
        if (indented) {
            if (scenario_.lines.empty() || !scenario_.lines.back().sentence->takes_details)
                return fail(line.number, "Zum Satz darüber gehört nichts Eingerücktes.");
            scenario_.lines.back().details.push_back(std::move(line));
            return;
        }
        const auto kind = line.sentence->kind;
        if (kind == Kind::header && begun_) return fail(line.number, "Dieser Satz gehört an den Anfang.");
        begun_ |= kind != Kind::header;
        if (line.is("title")) scenario_.title = line.at("titel");
        scenario_.lines.push_back(std::move(line));
    }

    Scenario scenario_;
    bool begun_ = false;
    std::string error_;
};

}  // namespace

const std::vector<std::string>& world_names() {
    static const std::vector<std::string> names{"sqlite",    "restart",       "offline",
                                                "two_nodes", "second_tenant", "postgres"};
    return names;
}

std::optional<std::string> read_slot(std::string_view slot, std::string_view words, std::string& why) {
    const auto refuse = [&](std::string_view wanted) {
        why = fmt::format("»{}« ist {}.", words, wanted);
        return std::nullopt;
    };
    for (const auto& list : word_lists()) {
        if (list.slot != slot) continue;
        std::string known;
        for (const auto& [word, code] : list.words) {
            if (word == words) return std::string(code);
            known += fmt::format("{}»{}«", known.empty() ? "" : ", ", word);
        }
        return refuse("keines von " + known);
    }
    if (slot == "tag") {
        if (auto day = iso_day(words)) return day;
        return refuse("kein Tag (TT.MM.JJJJ)");
    }
    if (slot == "geburt") {
        if (auto day = iso_day(words)) return day;
        return refuse("kein Tag (TT.MM.JJJJ)");
    }
    if (slot == "uhr" && !is_time(words)) return refuse("keine Uhrzeit (9:00)");
    if (slot == "zahl" && (!all_of(words, digits) || words.size() > 4)) return refuse("keine Zahl");
    if (slot == "land" && words.size() != 2) return refuse("kein Land (zwei Buchstaben)");
    if ((slot == "pfad" || slot == "code") && !all_of(words, std::string(lower) + "."))
        return refuse("kein Name der Daten (a–z, Punkt, Unterstrich)");
    if ((slot == "art" || slot == "schlüssel" || slot == "formular" || slot == "beleg") &&
        !all_of(words, lower))
        return refuse("kein Name der Daten (a–z, Unterstrich)");
    return std::string(words);
}

const std::string& Line::at(std::string_view slot) const {
    const auto found = slots.find(slot);
    WA_ASSERT(found != slots.end());
    return found->second;
}

std::string Scenario::not_in(std::string_view world) const {
    for (const auto& line : lines)
        if (line.is("not_in") && line.at("welt") == world) return line.at("grund");
    return "";
}

Parsed parse_scenario(std::string_view file, std::string_view text) {
    return Parser(file).run(text);
}

}  // namespace wa::worlds
