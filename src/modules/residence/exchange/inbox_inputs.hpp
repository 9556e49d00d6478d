// For tests and the fuzzer: messages from other authorities as text, taken by an office that has asked,
// booked and told, and settled by its lead where they are left open.
#pragma once

#include <string>
#include <string_view>

#include "kernel/data.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {

/// Everything up to the mark, taken from the text; the mark goes too.
inline std::string_view take_until(std::string_view& text, std::string_view mark) {
    const auto part = text.substr(0, text.find(mark));
    text.remove_prefix(std::min(text.size(), part.size() + mark.size()));
    return part;
}

/// A case in which the former municipality was asked for the prefilled form.
inline void ask_for_form(ExchangeWorld& world) {
    const auto opened =
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}});
    world.must("draft.save", {{"case_id", text_of(opened, "case_id")}, {"form", test_form()}});
    world.must("residence.request_form", {{"case_id", text_of(opened, "case_id")}});
}

inline json::object inbox_resident(const char* family, const char* given) {
    auto dwelling = test_dwelling("00102", "Marktplatz", 7);
    dwelling["status"] = "E";
    dwelling["moved_in"] = "2018-09-01";
    return {{"family_name", family},
            {"given_names", given},
            {"birth_date", "1991-02-23"},
            {"sex", "w"},
            {"nationalities", json::array{"000"}},
            {"dwellings", json::array{std::move(dwelling)}}};
}

class InboxOffice {
  public:
    InboxOffice();
    /// Takes messages one after the other, parted by lines "---": "rueckmeldung Meldebehörde 99001002" or
    /// "vms_response $vms_request to Meldebehörde 99001002", below it the payload. "$<type>" is our message
    /// of that type, "$earlier" the one taken before.
    /// @return state of the last one on arrival; empty when it was no message
    std::string take(std::string_view input);
    /// Why the last one was sent back or left open.
    const std::string& code() const { return code_; }

  private:
    std::string filled(std::string_view text);
    std::string take_one(std::string_view input);
    void settle(const std::string& inbox_id);

    ExchangeWorld world_;
    std::string person_, earlier_, code_;
    int taken_ = 0;
};

inline InboxOffice::InboxOffice() {
    person_ = world_.import_person(inbox_resident("Fehling", "Ragna"));
    for (int twin = 0; twin < 2; ++twin) world_.import_person(inbox_resident("Doppelt", "Dora"));
    auto blocked = inbox_resident("Sperling", "Sina");
    blocked["blocks"] = json::array{json::object{{"paragraph", "51"}, {"until", "2028-01-01"}}};
    world_.import_person(std::move(blocked));
    auto dead = inbox_resident("Verwechselt", "Alma");
    dead["status"] = "deceased";
    world_.import_person(std::move(dead));
    world_.must("residence.book", {{"case_id", prepared_case(world_, test_form())}});
    ask_for_form(world_);
    world_.hand_over_all();
}

inline std::string InboxOffice::take(std::string_view input) {
    std::string state;
    world_.change("UPDATE outbox SET answered_by = ''", {});
    while (!input.empty()) state = take_one(take_until(input, "\n---\n"));
    return state;
}

inline std::string InboxOffice::filled(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        out += take_until(text, "$");
        const auto end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), text.size());
        const auto name = std::string(text.substr(0, end));
        text.remove_prefix(end);
        out += name == "earlier" ? earlier_ : name.empty() ? "" : world_.message_id(name);
    }
    return out;
}

inline std::string InboxOffice::take_one(std::string_view input) {
    const auto head = filled(take_until(input, "\n"));
    std::string_view rest = head;
    const auto type = std::string(take_until(rest, " "));
    const auto answers = head.find(" to ") == std::string::npos ? "" : std::string(take_until(rest, " to "));
    const auto payload = parse_json(filled(input));
    if (!payload || !payload->is_object()) return "";
    const auto message_id = "M" + std::to_string(++taken_);
    auto request = world_.request("message.receive",
                                  {{"message_id", message_id},
                                   {"type", type},
                                   {"type_version", 1},
                                   {"sender", json::string(rest)},
                                   {"answers", answers},
                                   {"sent_at", "2026-11-05T07:00:00Z"},
                                   {"payload", *payload}},
                                  system_actor());
    request.id = receive_command_id(rest, message_id, payload->get_object());
    const auto inbox_id = request.id;
    const auto result = world_.run(std::move(request));
    WA_ASSERT(!result.problem.is(problems::internal));
    if (result.outcome != Outcome::done) return "";
    earlier_ = message_id;
    code_ = text_of(result.answer, "code");
    const auto state = text_of(result.answer, "state");
    if (state == "open") settle(inbox_id);
    return state;
}

inline void InboxOffice::settle(const std::string& inbox_id) {
    for (const auto& [choice, person] : {std::pair("apply", ""), {"apply", person_.c_str()}, {"close", ""}}) {
        json::object payload{{"inbox_id", inbox_id}, {"choice", choice}, {"note", "geklärt"}};
        if (*person) payload["person_id"] = person;
        const auto result = world_.run(world_.request("inbox.settle", std::move(payload), world_.lead));
        WA_ASSERT(!result.problem.is(problems::internal) && !result.problem.is(problems::payload_invalid));
    }
}

}  // namespace wa
