#include "kernel/subjects.hpp"

#include <algorithm>

#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

constexpr std::string_view person_kind = "person";

using Persons = std::vector<std::string>;

/// Whom a case is about before it is decided: whom it was opened for, and whom its form means.
Persons named_by(Transaction& tx, const Actor& actor, const Row& the_case) {
    return {the_case.text("person_id"), meant_by(tx, actor, the_case)};
}

Persons named_by(Transaction& tx, const Actor& actor, const std::string& case_id) {
    const auto the_case = case_id.empty() ? std::nullopt : read_row(tx, "case_file", case_id);
    return the_case ? named_by(tx, actor, *the_case) : Persons();
}

/// Whom a case is about: once it is decided, also whoever its tasks and messages name.
Persons persons_of(Transaction& tx, const Actor& actor, const Row& the_case) {
    auto persons = named_by(tx, actor, the_case);
    if (the_case.is_null("decided_at_ms")) return persons;
    for (const auto& row : tx.query(sql::kernel::persons_of_case, {{"case_id", the_case.text("id")}}))
        if (auto other = row.text("person_id"); other != persons.front()) persons.push_back(std::move(other));
    return persons;
}

}  // namespace

std::string meant_by(Transaction& tx, const Actor& actor, const Row& listed) {
    auto meant = listed.text("meant_id");
    if (meant.empty()) return meant;
    const auto the_case = read_row(tx, "case_file", listed.text("id")).value();
    const bool theirs = the_case.is_null("decided_at_ms") && has_worked_on(tx, the_case, actor.user_id);
    return theirs ? std::string() : meant;
}

SubjectView view_of(Transaction& tx, const Actor& actor, std::string_view kind, const std::string& id) {
    const auto owner = registry().subject(kind);
    return owner && !id.empty() ? owner(tx, actor, id) : SubjectView{};
}

Result<void> may_see(QueryContext& context, const std::string& person_id) {
    auto view = view_of(context.tx, context.actor, person_kind, person_id);
    const bool unsaid = !view.needs_reason.code.empty() && context.reason.empty();
    if (!view.hidden() && !unsaid) return {};
    context.show(person_kind, person_id);
    return fail(view.hidden() ? std::move(view.refusal) : std::move(view.needs_reason));
}

Result<void> may_see_case(QueryContext& context, const Row& the_case) {
    for (const auto& person_id : persons_of(context.tx, context.actor, the_case))
        WA_CHECK(may_see(context, person_id));
    return {};
}

Result<void> may_see_either(QueryContext& context, const Row& row) {
    WA_CHECK(may_see(context, row.text("person_id")));
    for (const auto& person_id : named_by(context.tx, context.actor, row.text("case_id")))
        WA_CHECK(may_see(context, person_id));
    return {};
}

Result<void> may_change(CommandContext& context, const std::string& person_id) {
    if (context.replayed) return {};
    auto view = view_of(context.records.tx(), context.actor, person_kind, person_id);
    if (!view.hidden()) return {};
    context.records.about(person_kind, person_id);
    return fail(std::move(view.refusal));
}

Result<void> may_change_case(CommandContext& context, const Row& the_case) {
    if (context.replayed) return {};
    for (const auto& person_id : persons_of(context.records.tx(), context.actor, the_case))
        WA_CHECK(may_change(context, person_id));
    return {};
}

Result<void> may_name(CommandContext& context, const std::string& person_id) {
    if (!registry().subject(person_kind)) return {};
    const auto view = view_of(context.records.tx(), context.actor, person_kind, person_id);
    if (view.hidden()) context.records.about(person_kind, person_id);
    if (view.hidden() || view.name.empty()) return fail(problems::not_found);
    return {};
}

Result<void> may_change_either(CommandContext& context, const Row& row) {
    WA_CHECK(may_change(context, row.text("person_id")));
    for (const auto& person_id : named_by(context.records.tx(), context.actor, row.text("case_id")))
        WA_CHECK(may_change(context, person_id));
    return {};
}

const SubjectView& ListedPersons::view(const std::string& person_id) {
    const auto known = views_.find(person_id);
    if (known != views_.end()) return known->second;
    return views_.emplace(person_id, view_of(tx_, actor_, person_kind, person_id)).first->second;
}

void ListedPersons::name(json::object& row, std::initializer_list<std::string> persons,
                         const std::string& otherwise, std::initializer_list<std::string_view> kept) {
    std::string shown;
    for (const auto& id : persons) {
        const auto& one = view(id);
        if (one.hidden()) {
            for (auto& member : row)
                if (std::find(kept.begin(), kept.end(), std::string_view(member.key())) == kept.end())
                    member.value() = nullptr;
            row["person_name"] = one.name;
            row["hidden"] = true;
            return;
        }
        if (shown.empty()) shown = one.name;
    }
    row["person_name"] = shown.empty() ? otherwise : shown;
}

}  // namespace wa
