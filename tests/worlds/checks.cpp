// What a scenario says must hold, looked up in the office's store.
#include <fmt/format.h>

#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/journal.hpp"
#include "story.hpp"

namespace wa::worlds {

namespace {

std::string street_line(const Row& dwelling) {
    return fmt::format("{} {}{}", dwelling.text("street"), dwelling.integer("house_no"),
                       dwelling.text("house_letter"));
}

struct TextOf {
    std::string operator()(const letter::Heading& b) const { return b.text; }
    std::string operator()(const letter::Paragraph& b) const { return b.text; }
    std::string operator()(const letter::FieldTable& b) const {
        std::string text;
        for (const auto& row : b.rows) text += row.label + ": " + row.value + "\n";
        return text;
    }
    std::string operator()(const letter::BulletList& b) const {
        std::string text;
        for (const auto& item : b.items) text += item + "\n";
        return text;
    }
    std::string operator()(const letter::Picture& b) const { return b.alt + "\n" + b.caption; }
    std::string operator()(const letter::Notice& b) const { return b.title + "\n" + b.text; }
    std::string operator()(const letter::PageBreak&) const { return ""; }
    std::string operator()(const letter::SmallPrint& b) const { return b.text; }
};

std::string text_of_letter(const Letter& letter) {
    auto text = letter.subject + "\n";
    for (const auto& line : letter.recipient_lines) text += line + "\n";
    for (const auto& block : letter.body) text += std::visit(TextOf{}, block) + "\n";
    return text + letter.footer;
}

}  // namespace

void Story::check(const Line& line) {
    const auto id = std::string(line.sentence->id);
    auto& office = world_.office();
    if (id == "status") {
        auto status =
            office.rows("SELECT status FROM case_file WHERE id = $id", {{"id", case_}}).at(0).text("status");
        if (status == "prechecked_offline") status = "prechecked";
        if (status != line.at("stand")) throw Broken("der Vorgang ist " + status);
        return;
    }
    if (id == "finding") {
        const auto rows =
            office.rows("SELECT code, state, details FROM case_finding WHERE case_id = $id ORDER BY code",
                        {{"id", case_}});
        for (const auto& row : rows)
            if (row.text("code") == line.at("code") && row.text("state") == line.at("befund")) return;
        throw Broken("die Prüfungen sagen:" + shown(rows, {"code", "state", "details"}));
    }
    if (id == "unchanged") {
        if (register_state() != register_before_) throw Broken("das Register hat sich geändert");
        return;
    }
    if (id == "numbers") return check_numbers();
    if (id == "nothing_waits") {
        const auto rows = office.rows("SELECT name, code FROM quarantine WHERE state = 'open'");
        if (!rows.empty()) throw Broken("es liegt da:" + shown(rows, {"name", "code"}));
        return;
    }
    if (id.starts_with("sees")) return check_view(line);
    if (id.starts_with("inbox")) return check_inbox(line);
    if (id == "told" || id.starts_with("heard")) return check_exchange(line);
    if (id.starts_with("form")) return check_form(line);
    if (id.find("message") != id.npos) return check_message(line);
    if (id.find("letter") != id.npos) return check_letter(line);
    if (id.find("task") != id.npos) return check_task(line);
    if (id.starts_with("journal")) return check_journal(line);
    check_register(line);
}

/// By the id, by names and birth date when the person was not known before.
Rows Story::same_person(const std::string& name) {
    const auto& known = person(name);
    if (!known.id.empty())
        return world_.office().rows("SELECT * FROM person WHERE id = $id", {{"id", known.id}});
    return world_.office().rows(
        "SELECT * FROM person WHERE family_name = $family AND given_names = $given AND birth_date = $born",
        {{"family", text_of(known.record, "family_name")},
         {"given", text_of(known.record, "given_names")},
         {"born", text_of(known.record, "birth_date")}});
}

std::string Story::person_id(const std::string& name) {
    const auto rows = same_person(name);
    if (rows.size() != 1) throw Broken(fmt::format("»{}« steht {}-mal im Register", name, rows.size()));
    return rows.front().text("id");
}

json::object Story::address_of(const std::string& words) {
    const auto space = words.rfind(' ');
    if (space == words.npos) throw Broken("eine Anschrift heißt »Straße Nummer«");
    const auto number = words.substr(space + 1);
    const auto letter = number.find_first_not_of("0123456789");
    if (letter == 0) throw Broken("eine Anschrift heißt »Straße Nummer«");
    json::object out{{"ags", "99001001"},
                     {"postcode", "99101"},
                     {"city", "Testhausen"},
                     {"street", words.substr(0, space)},
                     {"house_no", std::int64_t(std::stoi(number.substr(0, letter)))}};
    if (letter != number.npos) out["house_letter"] = number.substr(letter);
    const auto keys =
        world_.office().rows("SELECT key FROM street WHERE name = $name ORDER BY valid_from DESC",
                             {{"name", words.substr(0, space)}});
    if (!keys.empty()) out["street_key"] = keys.front().text("key");
    return out;
}

void Story::check_register(const Line& line) {
    auto& office = world_.office();
    const auto name = line.at("name");
    if (line.is("times")) {
        const auto& known = person(name);
        const auto rows = office.rows(
            "SELECT id FROM person WHERE family_name = $family AND given_names = $given AND birth_date = "
            "$born",
            {{"family", text_of(known.record, "family_name")},
             {"given", text_of(known.record, "given_names")},
             {"born", text_of(known.record, "birth_date")}});
        if (rows.size() != std::size_t(std::stoi(line.at("zahl"))))
            throw Broken(fmt::format("es sind {}", rows.size()));
        return;
    }
    const auto id = person_id(name);
    if (line.is("datum") || line.is("datum_gone")) {
        const auto row = office.rows("SELECT * FROM person WHERE id = $id", {{"id", id}}).at(0);
        const auto& names = row.names();
        if (std::find(names.begin(), names.end(), line.at("pfad")) == names.end())
            throw Broken("diese Angabe gibt es im Register nicht");
        if (row.text(line.at("pfad")) != (line.is("datum") ? line.at("wert") : std::string()))
            throw Broken("im Register steht »" + row.text(line.at("pfad")) + "«");
        return;
    }
    if (line.is("page_has") || line.is("page_has_not")) {
        const auto page = office.ask("person.get", {{"person_id", id}}, line.at("wer"), now_);
        if (!page) throw Broken("abgelehnt mit " + page.error().code);
        const auto text = json::serialize(*page);
        if ((text.find(line.at("text")) != text.npos) != line.is("page_has")) throw Broken(text);
        return;
    }
    if (line.is("lessor") || line.is("no_lessor")) {
        const auto rows =
            office.rows("SELECT lessor FROM dwelling WHERE person_id = $id AND lessor <> '{}'", {{"id", id}});
        if (rows.empty() == line.is("lessor")) throw Broken("im Register steht:" + shown(rows, {"lessor"}));
        return;
    }
    if (line.is("children")) {
        const auto rows = office.rows(
            "SELECT given_names, birth_date FROM relation WHERE person_id = $id AND kind = 'child' AND "
            "valid_to = ''",
            {{"id", id}});
        if (rows.size() != std::size_t(std::stoi(line.at("zahl"))))
            throw Broken("es sind:" + shown(rows, {"given_names", "birth_date"}));
        return;
    }
    if (line.is("represented") || line.is("papers")) {
        const auto rows =
            line.is("papers")
                ? office.rows("SELECT doc_type AS what FROM person_document WHERE person_id = $id",
                              {{"id", id}})
                : office.rows(
                      "SELECT given_names AS what FROM relation WHERE person_id = $id AND valid_to = '' "
                      "AND kind IN ('custodian', 'parent', 'representative')",
                      {{"id", id}});
        if (rows.size() != std::size_t(std::stoi(line.at("zahl"))))
            throw Broken("es sind:" + shown(rows, {"what"}));
        return;
    }
    if (line.is("married") || line.is("unmarried")) {
        const auto rows = office.rows(
            "SELECT given_names || ' ' || family_name AS partner FROM relation WHERE person_id = $id AND "
            "kind IN ('spouse', 'partner') AND valid_to = ''",
            {{"id", id}});
        const bool holds = line.is("unmarried")
                               ? rows.empty()
                               : rows.size() == 1 && rows[0].text("partner") == line.at("partner");
        if (!holds) throw Broken("verbunden ist:" + shown(rows, {"partner"}));
        return;
    }
    const auto all =
        office.rows("SELECT * FROM dwelling WHERE person_id = $id ORDER BY moved_in", {{"id", id}});
    if (line.is("lives_once")) {
        const auto current =
            std::count_if(all.begin(), all.end(), [](const Row& r) { return r.integer("current") == 1; });
        if (current != std::stoi(line.at("zahl")))
            throw Broken("es sind:" +
                         shown(all, {"street", "house_no", "status", "current", "moved_in", "moved_out"}));
        return;
    }
    const bool now = line.is("lives");
    const bool found = std::any_of(all.begin(), all.end(), [&](const Row& row) {
        if (street_line(row) != line.at("adresse") || (row.integer("current") == 1) != now) return false;
        return now ? row.text("status") == line.at("wohnung") && row.text("moved_in") == line.at("tag")
                   : row.text("moved_out") == line.at("tag");
    });
    if (!found)
        throw Broken("im Register steht:" +
                     shown(all, {"street", "house_no", "status", "current", "moved_in", "moved_out"}));
}

/// No two blocks of a series overlap, and no two receipts or cases bear one number.
void Story::check_numbers() {
    auto& office = world_.office();
    const auto overlapping = office.rows(
        "SELECT a.series AS series FROM number_block a JOIN number_block b ON a.kind = b.kind AND "
        "a.series = b.series AND a.id < b.id "
        "WHERE a.next_number <= b.last_number AND b.next_number <= a.last_number");
    if (!overlapping.empty())
        throw Broken("zwei Blöcke überschneiden sich:" + shown(overlapping, {"series"}));
    const auto twice = office.rows(
        "SELECT number FROM case_file GROUP BY number HAVING COUNT(*) > 1 UNION ALL "
        "SELECT details FROM case_finding WHERE code = 'receipt' GROUP BY details HAVING COUNT(*) > 1");
    if (!twice.empty()) throw Broken("doppelt ist:" + shown(twice, {"number"}));
    const auto alike = office.rows(
        "SELECT c.number AS number FROM case_file c JOIN case_finding f ON f.code = 'receipt' "
        "AND f.details LIKE '%\"' || c.number || '\"%'");
    if (!alike.empty())
        throw Broken("eine Empfangsbestätigung heißt wie ein Vorgang:" + shown(alike, {"number"}));
}

/// What somebody of the office is shown of the case.
void Story::check_view(const Line& line) {
    const auto& who = line.at("wer");
    if (line.is("sees_in_list")) {
        const auto list = world_.office().ask("case.list", {}, who, now_);
        std::string titles;
        for (const auto& entry : list ? array_of(*list, "cases") : json::array())
            if (text_of(entry.as_object(), "id") == case_) titles += text_of(entry.as_object(), "title");
        if (titles != line.at("text")) throw Broken("dort steht »" + titles + "«");
        return;
    }
    const auto answer = world_.office().ask("case.get", {{"case_id", case_}}, who, now_);
    const auto code = answer ? std::string() : answer.error().code;
    if (code != (line.is("sees") ? std::string() : line.at("code")))
        throw Broken(answer ? "der Vorgang wird gezeigt" : "abgelehnt mit " + code);
}

void Story::check_letter(const Line& line) {
    const auto letter = world_.office().letter(line.at("art"), case_, now_);
    if (line.is("no_letter")) {
        if (letter) throw Broken("es gibt es schon");
        if (letter.error().code != line.at("code")) throw Broken("abgelehnt mit " + letter.error().code);
        return;
    }
    if (!letter) throw Broken("das Schreiben gibt es nicht: " + letter.error().code);
    const auto text = text_of_letter(*letter);
    if ((text.find(line.at("text")) != std::string::npos) != line.is("letter_has"))
        throw Broken("das Schreiben sagt:\n" + text);
}

void Story::check_task(const Line& line) {
    const auto rows =
        world_.office().rows("SELECT * FROM task WHERE state IN ('open', 'scheduled') ORDER BY kind");
    const bool any = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.text("kind") == line.at("art") &&
               (!line.is("task_due") || row.text("due_on") == line.at("tag")) &&
               (!line.is("task_note") || row.text("note").find(line.at("text")) != std::string::npos) &&
               (!line.is("task_at") || row.text("scheduled_at") == slot_value(line, "moment"));
    });
    if (any == line.is("no_task"))
        throw Broken("offen ist:" + shown(rows, {"kind", "due_on", "scheduled_at", "title", "note"}));
}

void Story::check_journal(const Line& line) {
    const auto user = world_.office().actor(line.at("wer")).user_id;
    const auto rows = world_.office().rows(
        "SELECT outcome FROM journal WHERE kind <> 'read' AND name = $name AND actor = $actor ORDER BY seq",
        {{"name", line.at("code")}, {"actor", user}});
    const bool any = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return line.is("journal") ? row.text("outcome") == "done"
                                  : row.text("outcome").starts_with("refused:");
    });
    if (!any) throw Broken("im Journal steht dazu:" + shown(rows, {"outcome"}));
}

void Story::verify_journal_of_office() {
    auto& office = world_.office();
    const auto report = office.read([&](Transaction& tx) {
        return verify_journal(tx, office.scope().digest_key, office.engine().registry().journalled_tables());
    });
    if (!report.faults.empty())
        throw Broken(fmt::format("das Journal stimmt nicht: {} {} {}", report.faults.front().what,
                                 report.faults.front().table, report.faults.front().id));
}

std::string Story::register_state() {
    std::string state;
    for (const auto* table : {"person", "dwelling", "relation", "person_document", "outbox"})
        for (const auto& row : world_.office().rows(std::string("SELECT * FROM ") + table + " ORDER BY id"))
            state += json::serialize(row_to_json(row));
    return to_hex(sha256(state));
}

}  // namespace wa::worlds
