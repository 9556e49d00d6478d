#include "kernel/registry.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace wa {

namespace {

json::object parse_declaration(std::string_view text) {
    auto value = parse_json(text);
    WA_ASSERT(value && value->is_object());
    return value->get_object();
}

const Registry* the_registry = nullptr;

MessageSpec read_message_spec(const json::object& object) {
    MessageSpec spec;
    spec.name = text_of(object, "name");
    spec.version = int(integer_of(object, "version", 1));
    spec.law = text_of(object, "law");
    spec.to = text_of(object, "to");
    spec.to_list = text_of(object, "to_list");
    spec.deadline = text_of(object, "deadline");
    const auto direction = text_of(object, "direction", "out");
    WA_ASSERT(direction == "out" || direction == "in" || direction == "both");
    spec.outgoing = direction != "in";
    spec.incoming = direction != "out";
    spec.interactive = flag_of(object, "interactive");
    spec.verify = flag_of(object, "verify");
    const auto& answer = object_of(object, "answer");
    spec.answer_type = text_of(answer, "type");
    spec.answer_deadline = text_of(answer, "deadline");
    spec.missing_task = text_of(answer, "missing_task");
    spec.fields = FieldSet::parse(array_of(object, "fields"));
    spec.declaration = object;
    spec.declaration["fields"] = spec.fields.declaration();
    WA_ASSERT(!spec.name.empty() && !spec.to.empty());
    return spec;
}

}  // namespace

const Registry& registry() {
    WA_ASSERT(the_registry != nullptr);
    return *the_registry;
}

void set_registry(const Registry& new_registry) {
    the_registry = &new_registry;
}

void Registry::declare(std::string_view api_json) {
    const auto api = parse_declaration(api_json);
    for (const auto& entry : array_of(api, "commands")) {
        const auto& object = entry.as_object();
        CommandSpec spec;
        spec.name = text_of(object, "name");
        spec.version = int(integer_of(object, "version", 1));
        const auto kind = text_of(object, "kind");
        WA_ASSERT(kind == "fact" || kind == "request");
        spec.kind = kind == "fact" ? CommandKind::fact : CommandKind::request;
        spec.hub_only = text_of(object, "where", "anywhere") == "hub";
        spec.local = flag_of(object, "local");
        spec.merges = flag_of(object, "merges");
        spec.http = !object.contains("http") || flag_of(object, "http");
        spec.stream = text_of(object, "stream");
        spec.permission = text_of(object, "permission");
        spec.function = text_of(object, "function");
        spec.payload = FieldSet::parse(array_of(object, "payload"));
        spec.declaration = object;
        WA_ASSERT(!spec.name.empty() && !spec.permission.empty());
        const auto added = commands_.emplace(spec.name, spec).second;
        WA_ASSERT(added);
    }
    for (const auto& entry : array_of(api, "queries")) {
        const auto& object = entry.as_object();
        QuerySpec spec;
        spec.name = text_of(object, "name");
        spec.hub_only = text_of(object, "where", "anywhere") == "hub";
        spec.personal = flag_of(object, "personal");
        spec.personal_with = text_of(object, "personal_with");
        spec.permission = text_of(object, "permission");
        spec.function = text_of(object, "function");
        spec.params = FieldSet::parse(array_of(object, "params"));
        spec.declaration = object;
        WA_ASSERT(!spec.name.empty() && !spec.permission.empty());
        const auto added = queries_.emplace(spec.name, spec).second;
        WA_ASSERT(added);
    }
    for (const auto& entry : array_of(api, "messages")) {
        auto spec = read_message_spec(entry.as_object());
        const auto added = messages_.emplace(spec.name, spec).second;
        WA_ASSERT(added);
    }
}

void Registry::declare_problems(std::string_view problems_json) {
    for (const auto& member : parse_declaration(problems_json)) {
        WA_ASSERT(!problems_.contains(member.key()));
        problems_[member.key()] = member.value();
    }
}

void Registry::add_procedure(std::string_view procedure_json) {
    auto procedure = Procedure::parse(parse_declaration(procedure_json));
    const auto id = procedure.id();
    const auto added = procedures_.emplace(id, std::move(procedure)).second;
    WA_ASSERT(added);
}

void Registry::add_schema(const std::vector<SchemaStep>& steps) {
    schema_.insert(schema_.end(), steps.begin(), steps.end());
}

void Registry::bind_command(std::string_view name, CommandHandler handler, CommandPreparer preparer) {
    auto it = commands_.find(name);
    WA_ASSERT(it != commands_.end() && !it->second.handler);
    it->second.handler = handler;
    it->second.preparer = preparer;
}

void Registry::bind_foreseer(std::string_view name, Foreseer foreseer) {
    auto it = commands_.find(name);
    WA_ASSERT(it != commands_.end() && it->second.handler && !it->second.preparer && !it->second.foreseer);
    it->second.foreseer = foreseer;
}

void Registry::refuse_before_writing(std::initializer_list<std::string_view> names) {
    for (const auto name : names) {
        auto it = commands_.find(name);
        WA_ASSERT(it != commands_.end());
        it->second.refuses_before_writing = true;
    }
}

void Registry::bind_query(std::string_view name, QueryHandler handler) {
    auto it = queries_.find(name);
    WA_ASSERT(it != queries_.end() && !it->second.handler);
    it->second.handler = handler;
}

Row Registry::travelling(std::string_view table, const Row& row) const {
    const auto kept = kept_home_.find(table);
    if (kept == kept_home_.end() || kept->second.empty()) return row;
    auto names = std::make_shared<std::vector<std::string>>(row.names());
    auto values = row.values();
    for (std::size_t i = 0; i < names->size(); ++i)
        if (std::find(kept->second.begin(), kept->second.end(), (*names)[i]) != kept->second.end())
            values[i] = Value();
    return Row(std::move(names), std::move(values));
}

void Registry::bind_message(std::string_view name, MessageHandler handler) {
    auto it = messages_.find(name);
    WA_ASSERT(it != messages_.end() && it->second.incoming && !it->second.handler);
    it->second.handler = handler;
}

void Registry::seal() {
    for (const auto& [name, spec] : commands_) WA_ASSERT(spec.handler != nullptr);
    for (const auto& [name, spec] : queries_) WA_ASSERT(spec.handler != nullptr);
    for (const auto& [name, spec] : messages_) {
        WA_ASSERT((spec.handler != nullptr) == spec.incoming);
        WA_ASSERT(spec.answer_type.empty() || messages_.count(spec.answer_type) == 1);
    }
    for (const auto& [id, procedure] : procedures_) {
        for (const auto& check : procedure.checks()) WA_ASSERT(checks_.count(check) == 1);
    }
}

const CommandSpec* Registry::command(std::string_view name) const {
    const auto it = commands_.find(name);
    return it == commands_.end() ? nullptr : &it->second;
}

const QuerySpec* Registry::query(std::string_view name) const {
    const auto it = queries_.find(name);
    return it == queries_.end() ? nullptr : &it->second;
}

const MessageSpec* Registry::message(std::string_view name) const {
    const auto it = messages_.find(name);
    return it == messages_.end() ? nullptr : &it->second;
}

const Procedure* Registry::procedure(std::string_view id) const {
    const auto it = procedures_.find(id);
    return it == procedures_.end() ? nullptr : &it->second;
}

SubjectOwner Registry::subject(std::string_view kind) const {
    const auto it = subjects_.find(kind);
    return it == subjects_.end() ? nullptr : it->second;
}

const ConflictApplier* Registry::conflict_applier(const std::string& table) const {
    const auto it = conflict_appliers_.find(table);
    return it == conflict_appliers_.end() ? nullptr : &it->second;
}

HiddenMeant Registry::meant(const std::string& procedure) const {
    const auto found = meant_.find(procedure);
    return found == meant_.end() ? nullptr : found->second;
}

const SignerCheck* Registry::signer_check(const std::string& procedure) const {
    const auto found = signer_checks_.find(procedure);
    return found == signer_checks_.end() ? nullptr : &found->second;
}

const CaseCheck* Registry::check(const std::string& name) const {
    const auto it = checks_.find(name);
    return it == checks_.end() ? nullptr : &it->second;
}

const Registry::LetterSpec* Registry::letter(const std::string& name) const {
    const auto it = letters_.find(name);
    return it == letters_.end() ? nullptr : &it->second;
}

namespace {

std::string fill(std::string_view words, const json::object& details) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        const auto end = words[i] == '{' ? words.find('}', i) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += words[i++];
            continue;
        }
        const auto* value = details.if_contains(words.substr(i + 1, end - i - 1));
        if (value && value->is_string())
            out += std::string_view(value->get_string());
        else
            out += value ? json::serialize(*value) : "…";
        i = end + 1;
    }
    return out;
}

}  // namespace

json::object words_for(const Registry& words, const Problem& problem) {
    const auto& entry = object_of(words.problems(), problem.code);
    WA_ASSERT(!entry.empty());
    return {{"de", fill(text_of(entry, "de"), problem.details)},
            {"do", fill(text_of(entry, "do"), problem.details)}};
}

}  // namespace wa
