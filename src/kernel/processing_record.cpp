#include "kernel/processing_record.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/procedure/blocks.hpp"
#include "kernel/reference.hpp"

namespace wa {

namespace {

const json::object& protection() {
    static const auto table = read_table("reference/protection.json");
    return table;
}

/// 0 for the lowest level; a level nobody declared is a fault of the program's own data.
std::size_t rank_of(std::string_view level) {
    const auto& levels = array_of(protection(), "levels");
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (text_of(levels[i].as_object(), "id") == level) return i;
    WA_ASSERT(!"a declared level of protection");
    return 0;
}

std::string higher(const std::string& a, const std::string& b) {
    return rank_of(a) >= rank_of(b) ? a : b;
}

std::string german(const json::object& object, std::string_view name) {
    return text_of(object_of(object, name), "de");
}

/// What a field has from the groups and lists it stands in.
struct Inherited {
    std::string path, section, group, purpose, basis, protection;
};

/// Leaves of a form or a message in order. A leaf says by itself what it is for, or has it from its group.
void collect(const json::array& fields, const Inherited& above, json::array& out) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        auto here = above;
        here.path += (above.path.empty() ? "" : ".") + text_of(field, "name");
        const auto label = german(field, "label");
        here.purpose = text_of(field, "purpose", above.purpose);
        here.basis = text_of(field, "basis", above.basis);
        const auto own = text_of(field, "personal");
        here.protection = own.empty() ? above.protection : own;
        if (const auto& inner = array_of(field, "fields"); !inner.empty()) {
            here.group = label.empty() ? above.group : label;
            if (text_of(field, "type") == "list") here.path += ".*";
            collect(inner, here, out);
            continue;
        }
        out.push_back(json::object{{"path", here.path},
                                   {"section", here.section},
                                   {"group", here.group},
                                   {"label", label.empty() ? text_of(field, "name") : label},
                                   {"type", text_of(field, "type")},
                                   {"required", flag_of(field, "required")},
                                   {"purpose", here.purpose},
                                   {"basis", here.basis},
                                   {"protection", here.protection},
                                   {"inherited", own.empty()}});
    }
}

json::array fields_of(const Procedure& procedure) {
    json::array out;
    for (const auto& entry : array_of(procedure.description(), "sections")) {
        const auto& section = entry.as_object();
        collect(array_of(section, "fields"), {"", german(section, "title"), "", "", "", ""}, out);
    }
    return out;
}

/// The summary: each purpose once, with its laws, in the order of the form.
json::array purposes_of(const json::array& fields) {
    json::array out;
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        const auto purpose = text_of(field, "purpose"), basis = text_of(field, "basis"),
                   level = text_of(field, "protection");
        auto found = std::find_if(out.begin(), out.end(), [&](const json::value& one) {
            return text_of(one.as_object(), "purpose") == purpose;
        });
        if (found == out.end())
            found = out.insert(
                out.end(),
                json::object{
                    {"purpose", purpose}, {"bases", json::array{}}, {"fields", 0}, {"protection", level}});
        auto& one = found->as_object();
        one["fields"] = integer_of(one, "fields") + 1;
        one["protection"] = higher(text_of(one, "protection"), level);
        auto& bases = one["bases"].as_array();
        if (std::find(bases.begin(), bases.end(), json::value(basis)) == bases.end())
            bases.emplace_back(basis);
    }
    return out;
}

/// Everything a message may carry.
json::array fields_of(const MessageSpec& message) {
    json::array fields, out;
    collect(with_blocks(array_of(message.declaration, "fields")), {}, fields);
    for (const auto& field : fields)
        out.push_back(json::object{{"path", field.at("path")},
                                   {"group", field.at("group")},
                                   {"label", field.at("label")},
                                   {"type", field.at("type")}});
    return out;
}

/// Who receives what, as the procedure says; what exactly is in a message says its own declaration.
json::array recipients_of(const Registry& registry, const Procedure& procedure) {
    json::array out;
    for (const auto& entry : array_of(procedure.description(), "recipients")) {
        const auto& one = entry.as_object();
        const auto* message = registry.message(text_of(one, "message"));
        out.push_back(json::object{{"message", text_of(one, "message")},
                                   {"to", german(one, "recipient")},
                                   {"doc", german(one, "data")},
                                   {"law", text_of(one, "law")},
                                   {"verify", flag_of(one, "verify") || (message && message->verify)},
                                   {"fields", message ? fields_of(*message) : json::array()}});
    }
    return out;
}

json::array retention_of(const Procedure& procedure) {
    json::array out;
    for (const auto& entry : array_of(procedure.description(), "retention_rules")) {
        const auto& rule = entry.as_object();
        out.push_back(json::object{{"data", german(rule, "what")},
                                   {"rule", german(rule, "rule")},
                                   {"law", text_of(rule, "law")},
                                   {"verify", flag_of(rule, "verify")},
                                   {"automatic", !text_of(rule, "done_by").empty()}});
    }
    return out;
}

Result<json::object> records_of_processing(QueryContext& context, const json::object& params) {
    const auto id = text_of(params, "procedure");
    if (id.empty()) {
        json::array procedures;
        for (const auto& [name, procedure] : registry().procedures())
            procedures.push_back(
                object_of(processing_record(registry(), procedure, context.tenant), "procedure"));
        return json::object{{"procedures", std::move(procedures)}};
    }
    const auto* procedure = registry().procedure(id);
    if (!procedure) return fail(problems::not_found);
    return processing_record(registry(), *procedure, context.tenant);
}

std::string title_of_level(const std::string& level) {
    return text_of(array_of(protection(), "levels")[rank_of(level)].as_object(), "title");
}

}  // namespace

json::object processing_record(const Registry& registry, const Procedure& procedure, const Tenant& tenant) {
    const auto& description = procedure.description();
    auto fields = fields_of(procedure);
    std::string level = text_of(array_of(protection(), "levels").front().as_object(), "id");
    for (const auto& field : fields) level = higher(level, text_of(field.as_object(), "protection"));
    return {{"procedure", json::object{{"id", procedure.id()},
                                       {"version", procedure.version()},
                                       {"title", procedure.title()},
                                       {"summary", german(description, "summary")},
                                       {"law", array_of(description, "law")},
                                       {"protection", level}}},
            {"controller", json::object{{"authority", text_of(tenant.sender, "authority", tenant.name)},
                                        {"office", text_of(tenant.sender, "office")},
                                        {"street", text_of(tenant.sender, "street")},
                                        {"place", text_of(tenant.sender, "place")},
                                        {"phone", text_of(tenant.sender, "phone")}}},
            {"levels", array_of(protection(), "levels")},
            {"purposes", purposes_of(fields)},
            {"fields", std::move(fields)},
            {"recipients", recipients_of(registry, procedure)},
            {"retention", retention_of(procedure)},
            {"open", array_of(protection(), "open")}};
}

namespace {

const std::string unread = " (noch nicht in der Quelle geprüft)";

void add_fields(const json::array& fields, std::vector<letter::Block>& body) {
    std::string section;
    letter::FieldTable table;
    const auto finish = [&] {
        if (!table.rows.empty()) body.push_back(std::move(table));
        table = {};
    };
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        if (text_of(field, "section") != section) {
            finish();
            section = text_of(field, "section");
            body.push_back(letter::Heading{section});
        }
        const auto group = text_of(field, "group");
        table.rows.push_back({(group.empty() ? "" : group + ": ") + text_of(field, "label"),
                              text_of(field, "purpose") + "\n" + text_of(field, "basis") + "\nSchutzbedarf " +
                                  title_of_level(text_of(field, "protection"))});
    }
    finish();
}

letter::FieldTable recipients_table(const json::array& recipients) {
    letter::FieldTable table;
    for (const auto& entry : recipients) {
        const auto& one = entry.as_object();
        std::string labels;
        for (const auto& field : array_of(one, "fields"))
            labels += (labels.empty() ? "\nFelder: " : ", ") + text_of(field.as_object(), "label");
        table.rows.push_back({text_of(one, "to"), text_of(one, "doc") + "\n" + text_of(one, "law") +
                                                      (flag_of(one, "verify") ? unread : "") + labels});
    }
    return table;
}

letter::FieldTable retention_table(const json::array& rules) {
    letter::FieldTable table;
    for (const auto& entry : rules) {
        const auto& rule = entry.as_object();
        table.rows.push_back(
            {text_of(rule, "data"),
             text_of(rule, "rule") + "\n" + text_of(rule, "law") + (flag_of(rule, "verify") ? unread : "") +
                 (flag_of(rule, "automatic") ? "" : "\nDas Programm löscht hier noch nicht.")});
    }
    return table;
}

letter::BulletList items_of(const json::array& texts) {
    letter::BulletList list;
    for (const auto& text : texts) list.items.emplace_back(std::string_view(text.as_string()));
    return list;
}

}  // namespace

Letter processing_record_letter(const json::object& record, const Tenant& tenant, const Date& today) {
    const auto& procedure = object_of(record, "procedure");
    const auto& controller = object_of(record, "controller");
    Letter out;
    out.leaflet = true;
    out.sender = {text_of(controller, "authority"),  text_of(controller, "office"),
                  text_of(controller, "street"),     text_of(controller, "place"),
                  text_of(controller, "phone"),      tenant.accent,
                  text_of(tenant.sender, "arms_svg")};
    out.place_and_date = to_german(today);
    out.created = to_iso(today);
    out.subject = "Verzeichnis der Verarbeitungstätigkeiten: " + text_of(procedure, "title");
    std::string laws;
    for (const auto& law : array_of(procedure, "law"))
        laws += (laws.empty() ? "" : "; ") + std::string(law.as_string());
    const auto level = text_of(procedure, "protection");
    out.body = {
        letter::Paragraph{"Nach Artikel 30 der Datenschutz-Grundverordnung. Erstellt aus den Daten, nach "
                          "denen das Programm arbeitet."},
        letter::FieldTable{{{"Verfahren", text_of(procedure, "title") + ", Fassung " +
                                              std::to_string(integer_of(procedure, "version"))},
                            {"Wozu", text_of(procedure, "summary")},
                            {"Gesetze", laws},
                            {"Schutzbedarf", title_of_level(level)}}},
        letter::Heading{"Was zum Schutz getan wird"}};
    for (const auto& entry : array_of(record, "levels")) {
        const auto& one = entry.as_object();
        if (rank_of(text_of(one, "id")) > rank_of(level)) break;
        out.body.push_back(
            letter::Paragraph{"Schutzbedarf " + text_of(one, "title") + ": " + text_of(one, "meaning")});
        out.body.push_back(items_of(array_of(one, "measures")));
    }
    out.body.push_back(letter::Heading{"Wer Daten bekommt"});
    const auto& recipients = array_of(record, "recipients");
    if (recipients.empty())
        out.body.push_back(letter::Paragraph{"Niemand außerhalb der Behörde."});
    else
        out.body.push_back(recipients_table(recipients));
    out.body.push_back(letter::Heading{"Wie lange die Daten bleiben"});
    out.body.push_back(retention_table(array_of(record, "retention")));
    out.body.push_back(letter::Heading{"Was die Behörde noch ergänzen muss"});
    out.body.push_back(items_of(array_of(record, "open")));
    out.body.push_back(letter::PageBreak{});
    add_fields(array_of(record, "fields"), out.body);
    return out;
}

void install_processing_records(Registry& registry) {
    registry.bind_query("records_of_processing", records_of_processing);
}

}  // namespace wa
