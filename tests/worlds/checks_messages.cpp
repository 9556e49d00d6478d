// What a scenario says of messages must hold: in the outbox, in the inbox, at the exchange, in the prefilled
// form.
#include <fmt/format.h>

#include <algorithm>

#include "story.hpp"

namespace wa::worlds {

std::string shown(const Rows& rows, std::initializer_list<const char*> columns) {
    std::string text;
    for (const auto& row : rows) {
        text += "\n   ";
        for (const auto* column : columns) {
            const auto& value = row.at(column);
            const auto* number = std::get_if<std::int64_t>(&value);
            text += fmt::format(" {} |", number ? std::to_string(*number) : row.text(column));
        }
    }
    return text.empty() ? " nichts" : text;
}

void Story::check_message(const Line& line) {
    const auto rows = world_.office().rows("SELECT * FROM outbox ORDER BY message_type, recipient");
    const auto fits = [&](const Row& row) {
        if (row.text("message_type") != line.at("art")) return false;
        if (line.is("message") || line.is("message_due")) {
            if (row.text("recipient") != line.at("empfänger")) return false;
            return line.is("message") || row.text("due_on") == line.at("tag");
        }
        if (line.is("message_state")) return row.text("state") == line.at("zustand");
        if (line.is("message_has") || line.is("message_has_not"))
            return row.text("payload").find(line.at("text")) != std::string::npos;
        return true;
    };
    const bool any = std::any_of(rows.begin(), rows.end(), fits);
    if (any != !(line.is("no_message") || line.is("message_has_not")))
        throw Broken("fällig ist:" +
                     shown(rows, {"message_type", "recipient", "due_on", "state", "payload"}));
}

void Story::check_inbox(const Line& line) {
    const auto rows = world_.office().rows("SELECT * FROM inbox ORDER BY received_at_ms, id");
    const bool any = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        if (row.text("message_type") != line.at("art")) return false;
        if (line.is("inbox_state")) return row.text("state") == line.at("eingang");
        return row.text("problem").find('"' + line.at("code") + '"') != std::string::npos;
    });
    if (!any) throw Broken("eingegangen ist:" + shown(rows, {"message_type", "sender", "state", "problem"}));
}

void Story::check_exchange(const Line& line) {
    const auto type = line.at("art");
    if (line.is("told")) {
        const auto said = text_of(post_.entry("queued", type), "code");
        if (said != line.at("code")) throw Broken("der Absender erfährt »" + said + "«");
        return;
    }
    const auto heard = post_.heard();
    const auto count =
        std::count_if(heard.begin(), heard.end(), [&](const auto& one) { return one.type == type; });
    if (line.is("heard")) {
        if (count != std::stoi(line.at("zahl"))) throw Broken(fmt::format("es sind {}", count));
        return;
    }
    if (count == 0 || !flag_of(post_.entry("received", type), "late"))
        throw Broken("sie kam nicht verspätet an");
}

void Story::check_form(const Line& line) {
    const auto seen = world_.office().ask("residence.received_form", {{"case_id", case_}}, clerk_, now_);
    if (!seen) throw Broken("der Meldeschein ist nicht zu lesen: " + seen.error().code);
    if (line.is("form_state")) {
        if (text_of(*seen, "state") != line.at("schein")) throw Broken("er ist " + text_of(*seen, "state"));
        return;
    }
    if (line.is("form_differs")) {
        const auto& all = array_of(*seen, "differences");
        const bool any = std::any_of(all.begin(), all.end(), [&](const auto& one) {
            return text_of(one.as_object(), "path") == line.at("pfad");
        });
        if (!any) throw Broken("er weicht ab bei: " + json::serialize(all));
        return;
    }
    const auto text = json::serialize(seen->at("received"));
    if ((text.find(line.at("text")) != std::string::npos) != line.is("form_has"))
        throw Broken("er sagt: " + text);
}

}  // namespace wa::worlds
