#include "real_case.hpp"

#include "base/assert.hpp"
#include "kernel/arrivals_testing.hpp"
#include "kernel/cases.hpp"

namespace wa::sim {

TenantScope real_scope(Side side) {
    static const auto reference = [] {
        CodeEntry street;
        street.code = "00101";
        street.text = "Lindenweg";
        street.extra = {{"postcode", "99101"}};
        return Reference::load("NI", {street});
    }();
    auto scope = testing::test_scope(side);
    scope.reference = reference;
    scope.tenant.ags = "99001001";
    scope.tenant.land = "NI";
    scope.tenant.functions = {"registration"};
    return scope;
}

namespace {

/// An owner-occupier from the neighbouring municipality; nothing here depends on the simulated day.
const json::object& form() {
    static const json::object made = parse_json(R"json({
      "exemption": "none",
      "persons": [{"family_role": "head",
        "person": {"family_name": "Łącka", "given_names": "Zoë", "rufname_index": 1, "birth_date": "1961-04-03",
                   "birth_place": "Łódź", "birth_country": "152", "sex": "w", "nationalities": ["000"], "religion": "vd",
                   "marital_status": "LD"},
        "id_documents": [{"doc_type": "PA", "serial": "LZ6311T47", "issuing_authority": "Stadt Musterstedt",
                          "valid_until": "2031-08-01", "seen_original": true}]}],
      "new_dwelling": {"country_foreign": "000", "ags": "99001001", "postcode": "99101", "city": "Testhausen",
                       "street_key": "00101", "house_no": 3},
      "dwelling_kind": "ordinary", "moved_in": "2026-07-01", "previous_kind": "none", "previous_none": "unknown",
      "other_dwellings_asked": true, "lessor": {"lessor_form": "self"}, "signer": "person", "delivery": "hand",
      "privacy_notice_given": true})json")
                                         .value()
                                         .as_object();
    return made;
}

}  // namespace

std::pair<std::string, json::object> next_step(Transaction& tx, const std::string& case_id,
                                               std::int64_t pick) {
    const auto row = read_row(tx, "case_file", case_id);
    WA_ASSERT(row);
    const auto status = row->text("status");
    if (pick < 20)
        return {"case.hand_over", {{"case_id", case_id}, {"what", "privacy_notice"}, {"way", "paper"}}};
    if (status == case_status::draft || (status == case_status::captured && pick < 30))
        return {"case.submit", {{"case_id", case_id}, {"form", form()}}};
    if (status == case_status::captured)
        return {"case.sign",
                {{"case_id", case_id},
                 {"form_hash", form_hash(form())},
                 {"signer", "Zoë Łącka"},
                 {"method", "paper"}}};
    if (pick < 50) return {"case.issue_receipt", {{"case_id", case_id}}};
    return {"case.precheck", {{"case_id", case_id}}};
}

}  // namespace wa::sim
