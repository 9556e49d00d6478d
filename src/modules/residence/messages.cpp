// The messages a booked registration causes (handbook 9.2). What each may carry is declared in api.json.
#include <algorithm>
#include <map>
#include <set>

#include "kernel/cases.hpp"
#include "kernel/code_groups.hpp"
#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

/// Who and where, as the declarations of messages name it.
json::object facts_about(const Row& person, const Row& dwelling) {
    json::object facts{{"person", facts_of(person)},
                       {"moved_in", dwelling.text("moved_in")},
                       {"dwelling_status", dwelling.text("status")},
                       {"tax_id", person.text("tax_id")},
                       {"birth_date", person.text("birth_date")}};
    facts["address"] = facts["new_dwelling"] = facts_of(dwelling);
    mark_block(facts, person);
    return facts;
}

/// What those get who keep one address of everybody, that of the sole or main dwelling (AO § 139b Abs. 6).
std::vector<std::string> main_address_messages(const Row& person) {
    return {person.text("tax_id").empty() ? "bzst_number_request" : "bzst_address", "dsrv_address"};
}

/// The messages about one person of a booking.
class Messages {
  public:
    /// @param awaited by municipality what it has to answer, of all persons
    Messages(CommandContext& context, const Booking& booking, std::size_t index,
             std::map<std::string, json::array>& awaited)
        : context_(context), booking_(booking), booked_(booking.persons[index]), awaited_(awaited) {
        const auto dwelling = read_row(context.records.tx(), "dwelling", booked_.dwelling_id);
        if (!dwelling) return;
        facts_ = facts_about(booked_.person, *dwelling);
        facts_["dwelling_status"] = booked_.status;
        facts_["registered_on"] = booking.registered_on;
        // Month and year of the contact, whenever it is booked: § 9 Abs. 3 of the 2nd BMeldDÜV.
        facts_["month"] = booking.registered_on.substr(0, 7);
        facts_["case_number"] = booking.the_case.text("number");
        facts_["postbox"] = text_of(booking.form, "postbox");
    }

    void put_all() {
        // Without a dwelling (no fixed abode) there is no address anybody could be told.
        if (booked_.dwelling_id.empty()) return;
        to_registers();
        to_spouse();
        answer_inquiries(context_, booked_.person, facts_, booking_.the_case.text("id"));
        if (booked_.status != "N")
            for (auto& type : main_address_messages(booked_.person)) put(std::move(type));
        if (!booked_.person.text("tax_id").empty()) put("bzst_contact");
        to_foreigners_office();
        // Whoever owes the fee is of age; of children it needs to know nothing.
        if (!younger_than("person.age_of_majority")) put("broadcast_moved");
        to_religious_society();
        by_local_law();
        if (text_of(booking_.form, "delivery") == "electronic") put("postbox_delivery");
    }

  private:
    std::string put(std::string type, std::string key = "", json::object more = {}) {
        auto facts = facts_;
        for (auto& member : more) facts[member.key()] = std::move(member.value());
        Message message;
        message.payload = fill(type, facts);
        message.message_type = std::move(type);
        message.recipient_key = std::move(key);
        message.case_id = booking_.the_case.text("id");
        message.person_id = booked_.person.text("id");
        return put_message(context_, message);
    }

    void to_registers() {
        const auto& form = booking_.form;
        const MoveForm move(form, context_.reference, declared_on(booking_.the_case, context_.today));
        const auto& previous = object_of(form, "previous_dwelling");
        tell_former(previous, move.previous_kept ? &previous : nullptr, move);
        for (const auto& entry : array_of(form, "other_dwellings")) {
            const auto& other = object_of(entry.as_object(), "dwelling");
            const bool kept = text_of(entry.as_object(), "moved_out").empty();
            tell_former(other, kept ? &other : nullptr, move);
        }
        to_unnamed();
    }

    /// Whose dwelling the register had, and ends because the person does not name it any more. Where another
    /// one there is kept it may be the same, written otherwise: for that nobody is deregistered there.
    void to_unnamed() {
        for (const auto& row :
             context_.records.query(sql::residence::dwellings_of, {{"person_id", booked_.person.text("id")}}))
            if (row.text("version") == context_.command_id && !row.text("deregistered_on").empty() &&
                !kept_in_.count(row.text("ags")))
                rueckmeldung(facts_of(row), "");
    }

    void tell_former(const json::object& dwelling, const json::object* kept, const MoveForm& move) {
        const auto* held = kept ? move.held(*kept) : nullptr;
        rueckmeldung(dwelling, held ? held->status : "");
    }

    /// @param kept_status status of the dwelling there; empty when it is given up
    void rueckmeldung(const json::object& their_dwelling, const std::string& kept_status) {
        const auto ags = text_of(their_dwelling, "ags");
        const auto which = ags + "|" + key_of_address(their_dwelling, context_.reference, context_.today);
        if (ags.empty() || ags == context_.tenant.ags || !told_.insert(which).second) return;
        if (!kept_status.empty()) kept_in_.insert(ags);
        const auto message_id = put("rueckmeldung", ags,
                                    {{"your_dwelling", their_dwelling},
                                     {"your_dwelling_kept", !kept_status.empty()},
                                     {"your_dwelling_status", kept_status}});
        awaited_[ags].push_back(
            json::object{{"message_id", message_id}, {"person_id", booked_.person.text("id")}});
    }

    void to_spouse() {
        const auto& spouse = object_of(object_of(*booked_.mover, "person"), "spouse");
        const auto ags = text_of(object_of(spouse, "dwelling"), "ags");
        if (!ags.empty() && ags != context_.tenant.ags) put("spouse_change", ags, {{"spouse", spouse}});
    }

    void to_foreigners_office() {
        const auto& nationalities = array_of(object_of(facts_, "person"), "nationalities");
        for (const auto& code : nationalities)
            if (code.is_string() && code.get_string() == "000") return;
        put("foreigner_moved", context_.tenant.ags.substr(0, 5));
        put("azr_address");
    }

    void to_religious_society() {
        const auto society = religious_society(booked_.person, context_.reference, context_.today);
        if (!society.empty()) put("religion_moved", society);
    }

    /// Land or municipality demand these, if any (reference table `statutes`).
    void by_local_law() {
        const bool main = booked_.status != "N";
        if (main && in_school_age() && demanded("school_notice")) put("school_moved", context_.tenant.ags);
        if (main && may_vote() && demanded("election_notice")) put("election_moved", context_.tenant.ags);
        if (demanded("statistics_notice")) put("statistics_moved", "", counted());
    }

    bool demanded(std::string_view kind) const {
        return context_.reference.statute(kind, context_.tenant.ags, context_.today).has_value();
    }

    bool younger_than(std::string_view parameter) const {
        const Mover mover{0, *booked_.mover, object_of(*booked_.mover, "person"), ""};
        return mover.younger_than(int(context_.reference.parameter(parameter, context_.today)),
                                  context_.today);
    }

    bool in_school_age() const {
        return younger_than("school.age_until") && !younger_than("school.age_from");
    }

    /// Germans and citizens of the Union of an age at which some election is open to them. Whether it is, the
    /// election office decides.
    bool may_vote() const {
        const auto* voters = built_in_codes("nationality.union_citizens", context_.today);
        const auto& own = array_of(object_of(facts_, "person"), "nationalities");
        const bool citizen = voters && std::any_of(own.begin(), own.end(), [&](const json::value& code) {
                                 return std::find(voters->begin(), voters->end(), code) != voters->end();
                             });
        return citizen && !younger_than("election.age_from");
    }

    /// For those who count and need not know who: the year of birth, and municipalities instead of addresses.
    json::object counted() const {
        const auto& form = booking_.form;
        const auto year = booked_.person.text("birth_date").substr(0, 4);
        json::object facts{
            {"ags", context_.tenant.ags},
            {"previous_ags", text_of(object_of(form, "previous_dwelling"), "ags")},
            {"previous_country", text_of(object_of(form, "previous_abroad"), "country_foreign")}};
        if (year != "0000") facts["birth_year"] = year;
        return facts;
    }

    CommandContext& context_;
    const Booking& booking_;
    const BookedPerson& booked_;
    std::map<std::string, json::array>& awaited_;
    json::object facts_;
    std::set<std::string> told_;     ///< dwellings: municipality and building
    std::set<std::string> kept_in_;  ///< municipalities
};

/// Waste collection: one message for all who move into the dwelling together, how many and not who.
void tell_waste_collection(CommandContext& context, const Booking& booking) {
    const auto& first = booking.persons.front();
    const auto dwelling = read_row(context.records.tx(), "dwelling", first.dwelling_id);
    if (!dwelling || !context.reference.statute("waste_notice", context.tenant.ags, context.today)) return;
    auto facts = facts_about(first.person, *dwelling);
    facts["persons_moved_in"] = std::int64_t(booking.persons.size());
    Message message;
    message.message_type = "waste_moved";
    message.recipient_key = context.tenant.ags.substr(0, 5);
    message.case_id = booking.the_case.text("id");
    message.payload = fill(message.message_type, facts);
    put_message(context, message);
}

/// The answers are theirs; here only what we wait for, and until when. One finding per office.
void await_auswertung(CommandContext& context, const std::string& case_id, const std::string& ags,
                      json::array messages) {
    const auto sent_by = context.reference.deadline("rueckmeldung.three_working_days", context.today);
    const auto due = context.reference.deadline("auswertung.three_working_days", sent_by);
    context.records.insert("case_finding", context.ids.next(),
                           {{"case_id", case_id},
                            {"code", "residence.auswertung." + ags},
                            {"state", std::string("waiting")},
                            {"details", json::serialize(json::object{{"from", "Meldebehörde " + ags},
                                                                     {"due_on", to_iso(due)},
                                                                     {"messages", std::move(messages)}})}});
}

/// The Auswertung of a message that no longer holds is not awaited any more.
void drop_findings(CommandContext& context, const std::string& case_id) {
    for (const auto& row : context.records.query(wa::sql::kernel::case_findings, {{"case_id", case_id}}))
        if (row.text("code").starts_with("residence.auswertung.") && row.text("state") == "waiting")
            context.records.update("case_finding", row.text("id"), {{"state", std::string("dropped")}});
}

}  // namespace

void put_messages(CommandContext& context, const Booking& booking) {
    std::map<std::string, json::array> awaited;
    for (std::size_t i = 0; i < booking.persons.size(); ++i) Messages(context, booking, i, awaited).put_all();
    tell_waste_collection(context, booking);
    for (auto& [ags, messages] : awaited)
        await_auswertung(context, booking.the_case.text("id"), ags, std::move(messages));
}

void put_main_address(CommandContext& context, const std::string& dwelling_id, const std::string& case_id) {
    const auto dwelling = read_row(context.records.tx(), "dwelling", dwelling_id);
    WA_ASSERT(dwelling);
    const auto person = read_row(context.records.tx(), "person", dwelling->text("person_id"));
    WA_ASSERT(person);
    const auto facts = facts_about(*person, *dwelling);
    for (const auto& type : main_address_messages(*person)) {
        Message message;
        message.message_type = type;
        message.case_id = case_id;
        message.person_id = person->text("id");
        message.payload = fill(type, facts);
        put_message(context, message);
    }
}

namespace {

/// The exchange was offered it and has not answered, or a restored hub does not know: it may have arrived.
bool may_have_left(const Row& row) {
    const auto state = row.text("state");
    return state == message_state::held || (state == message_state::due && row.integer("attempts") > 0);
}

}  // namespace

void take_back_message(CommandContext& context, const Row& row, const std::string& reason) {
    const auto state = row.text("state");
    const bool left = state == message_state::handed_over || state == message_state::acknowledged;
    const bool cancelled = cancel_message(context, row, reason);
    // Whoever does not have it does nothing about its revocation.
    if (!left && !(cancelled && may_have_left(row))) return;
    // Who was only asked (the prefilled form) was told nothing that could be taken back.
    if (row.integer("interactive") == 1 || row.text("message_type") == "revocation") return;
    Message message;
    message.message_type = "revocation";
    message.recipient = row.text("recipient");
    message.case_id = row.text("case_id");
    message.person_id = row.text("person_id");
    message.payload = {{"revokes", row.text("id")},
                       {"revoked_type", row.text("message_type")},
                       {"revoked_on", to_iso(context.today)}};
    put_message(context, message);
    context.records.update("outbox", row.text("id"), {{"answer_due_on", std::string()}});
}

void put_revocation(CommandContext& context, const Row& the_case) {
    const auto case_id = the_case.text("id");
    for (const auto& row : context.records.query(wa::sql::kernel::messages_of_case, {{"case_id", case_id}}))
        take_back_message(context, row, "Die Buchung wurde zurückgenommen.");
    drop_findings(context, case_id);
}

}  // namespace wa::residence
