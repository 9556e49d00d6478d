// The messages a booked registration causes (handbook 9.2). The transport is not ours: they wait in the
// outbox.
#include <set>

#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

json::array array_from(const Row& row, std::string_view column) {
    const auto value = parse_json(row.text(column));
    return value && value->is_array() ? value->get_array() : json::array();
}

/// Exactly the named columns of the person, empty ones left out.
json::object only(const Row& person, std::initializer_list<const char*> columns) {
    json::object out;
    for (const auto* column : columns)
        if (auto text = person.text(column); !text.empty()) out[column] = std::move(text);
    return out;
}

json::object address_of(const Row& dwelling) {
    json::object out;
    for (const auto* column : {"ags", "postcode", "city", "district", "street_key", "street", "house_letter",
                               "sub_no", "addition", "apartment_no"})
        if (auto text = dwelling.text(column); !text.empty()) out[column] = std::move(text);
    out["house_no"] = dwelling.integer("house_no");
    return out;
}

class Messages {
  public:
    Messages(CommandContext& context, const Booking& booking, const BookedPerson& booked, const Row& dwelling,
             std::set<std::string>& awaited)
        : context_(context),
          booking_(booking),
          booked_(booked),
          dwelling_(dwelling),
          awaited_(awaited),
          case_id_(booking.the_case.text("id")) {}

    void put_all() {
        to_registers();
        to_federal_offices();
        to_foreigners_office();
        by_land_law();
    }

  private:
    void put(std::string recipient, std::string type, std::string law, const Date& due,
             json::object payload) {
        put_message(context_, {std::move(recipient), std::move(type), case_id_, std::move(law), due,
                               std::move(payload)});
    }

    void rueckmeldung(const std::string& ags, const json::object& their_dwelling, bool kept) {
        if (ags.empty() || ags == context_.tenant.ags || !told_.insert(ags).second) return;
        auto payload = only(booked_.person, {"family_name", "birth_name", "given_names", "doctorate", "sex",
                                             "birth_date", "birth_place", "tax_id"});
        payload["new_dwelling"] = address_of(dwelling_);
        payload["moved_in"] = dwelling_.text("moved_in");
        payload["registered_on"] = booking_.registered_on;
        payload["dwelling_status"] = booked_.status;
        payload["your_dwelling"] = their_dwelling;
        payload["your_dwelling_kept"] = kept;
        const auto due = context_.reference.deadline("rueckmeldung.three_working_days", context_.today);
        put("Meldebehörde " + ags, "rueckmeldung", "BMG § 33; 1. BMeldDÜV §§ 4–7", due, std::move(payload));
        await_auswertung(ags, due);
    }

    /// The answer is theirs; here only what we wait for, and until when.
    void await_auswertung(const std::string& ags, const Date& sent_by) {
        if (!awaited_.insert(ags).second) return;
        const auto due = context_.reference.deadline("auswertung.three_working_days", sent_by);
        context_.records.insert("case_finding", context_.ids.next(),
                                {{"case_id", case_id_},
                                 {"code", "residence.auswertung." + ags},
                                 {"state", std::string("waiting")},
                                 {"details", json::serialize(json::object{{"from", "Meldebehörde " + ags},
                                                                          {"due_on", to_iso(due)}})}});
    }

    void to_registers() {
        const auto& form = booking_.form;
        const auto& previous = object_of(form, "previous_dwelling");
        rueckmeldung(text_of(previous, "ags"), previous, flag_of(form, "previous_kept"));
        for (const auto& entry : array_of(form, "other_dwellings")) {
            const auto& other = object_of(entry.as_object(), "dwelling");
            rueckmeldung(text_of(other, "ags"), other, text_of(entry.as_object(), "moved_out").empty());
        }
        const auto& spouse = object_of(object_of(*booked_.mover, "person"), "spouse");
        const auto ags = text_of(object_of(spouse, "dwelling"), "ags");
        if (ags.empty() || ags == context_.tenant.ags) return;
        auto payload = only(booked_.person, {"family_name", "given_names", "birth_date"});
        payload["new_dwelling"] = address_of(dwelling_);
        payload["spouse"] = json::object{{"family_name", text_of(spouse, "family_name")},
                                         {"given_names", text_of(spouse, "given_names")},
                                         {"birth_date", text_of(spouse, "birth_date")}};
        put("Meldebehörde " + ags, "spouse_change", "BMG § 33 Abs. 1; 1. BMeldDÜV", context_.today,
            std::move(payload));
    }

    void to_federal_offices() {
        const bool numbered = !booked_.person.text("tax_id").empty();
        auto payload = only(booked_.person, {"tax_id", "family_name", "birth_name", "given_names",
                                             "doctorate", "sex", "birth_date", "birth_place"});
        payload["address"] = address_of(dwelling_);
        payload["moved_in"] = dwelling_.text("moved_in");
        put("BZSt", numbered ? "bzst_address" : "bzst_number_request", "AO § 139b; 1. BMeldDÜV § 9",
            context_.today, std::move(payload));
        if (numbered) {
            // Month and year only: § 9 Abs. 3 of the 2nd BMeldDÜV.
            auto contact = only(booked_.person, {"tax_id", "birth_date"});
            contact["month"] = to_iso(context_.today).substr(0, 7);
            put("BZSt", "bzst_contact", "2. BMeldDÜV § 9 Abs. 3", context_.today, std::move(contact));
        }
        auto pension =
            only(booked_.person, {"family_name", "birth_name", "given_names", "sex", "birth_date"});
        pension["address"] = address_of(dwelling_);
        pension["verify"] = true;
        put("DSRV", "dsrv_address", "2. BMeldDÜV (zu prüfen)", context_.today, std::move(pension));
    }

    void to_foreigners_office() {
        const auto nationalities = array_from(booked_.person, "nationalities");
        for (const auto& code : nationalities)
            if (code.is_string() && code.get_string() == "000") return;
        auto payload = only(booked_.person, {"azr_number", "family_name", "birth_name", "given_names", "sex",
                                             "birth_date", "birth_place"});
        payload["nationalities"] = nationalities;
        payload["address"] = address_of(dwelling_);
        payload["moved_in"] = dwelling_.text("moved_in");
        put("Ausländerbehörde", "foreigner_moved", "AufenthV § 72", context_.today, payload);
        payload.erase("moved_in");
        put("AZR", "azr_address", "AZRG; AufenthV § 72", context_.today, std::move(payload));
    }

    /// What the Land decides; marked until somebody has read its law.
    void by_land_law() {
        auto fee = only(booked_.person, {"family_name", "given_names", "doctorate", "birth_date"});
        fee["address"] = address_of(dwelling_);
        fee["moved_in"] = dwelling_.text("moved_in");
        fee["dwelling_status"] = booked_.status;
        fee["verify"] = true;
        put("Rundfunk-Beitragsservice", "broadcast_moved", "Landesrecht (zu prüfen)", context_.today,
            std::move(fee));
        const auto religion = booked_.person.text("religion");
        const auto* entry = context_.reference.code("religion", religion, context_.today);
        if (!entry || flag_of(entry->extra, "none")) return;
        auto church = only(booked_.person, {"family_name", "given_names", "birth_date", "sex"});
        church["address"] = address_of(dwelling_);
        church["moved_in"] = dwelling_.text("moved_in");
        church["religion"] = religion;
        church["verify"] = true;
        put("Religionsgesellschaft " + religion, "religion_moved", "BMG § 42; Landesrecht (zu prüfen)",
            context_.today, std::move(church));
    }

    CommandContext& context_;
    const Booking& booking_;
    const BookedPerson& booked_;
    const Row& dwelling_;
    std::set<std::string>& awaited_;  ///< of all persons: one answer per authority
    std::string case_id_;
    std::set<std::string> told_;
};

}  // namespace

void put_messages(CommandContext& context, const Booking& booking) {
    std::set<std::string> awaited;
    for (const auto& booked : booking.persons) {
        const auto dwelling = read_row(context.records.tx(), "dwelling", booked.dwelling_id);
        WA_ASSERT(dwelling.has_value());
        Messages(context, booking, booked, *dwelling, awaited).put_all();
    }
}

void put_revocation(CommandContext& context, const Row& the_case) {
    const auto case_id = the_case.text("id");
    for (const auto& row :
         context.records.query(sql::kernel::list_outbox, {{"state", std::string()}, {"case_id", case_id}})) {
        if (row.text("state") == "due") {
            context.records.update("outbox", row.text("id"), {{"state", std::string("cancelled")}});
            continue;
        }
        auto payload = parse_json(row.text("payload"));
        WA_ASSERT(payload && payload->is_object());
        put_message(context, {row.text("recipient"),
                              "registration_revoked",
                              case_id,
                              "BMG § 6 Abs. 1",
                              context.today,
                              {{"revokes", row.text("id")}, {"revoked", std::move(*payload)}}});
    }
}

}  // namespace wa::residence
