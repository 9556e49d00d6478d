// The rules of the description, one by one: the move, the persons, who declares.
#include <tuple>

#include "modules/residence/registration_test.hpp"

namespace wa {
namespace {

TEST(Registration, RulesOfTheMove) {
    expect_rules(
        test_form(),
        {{"complete", [](Form) {}, "", "", ""},
         {"future", [](Form f) { f["moved_in"] = "2026-11-06"; }, "residence.moved_in_future", "moved_in",
          "error"},
         {"today", [](Form f) { f["moved_in"] = "2026-11-05"; }, "", "", ""},
         {"year", [](Form f) { f["moved_in"] = "2025-11-04"; }, "residence.moved_in_over_a_year", "moved_in",
          "notice"},
         {"abroad",
          [](Form f) {
              f["new_dwelling"] = json::object{
                  {"country_foreign", "151"}, {"foreign_lines", json::array{json::object{{"line", "Wien"}}}}};
          },
          "residence.new_dwelling_abroad", "new_dwelling.country_foreign", "error"},
         {"care of",
          [](Form f) {
              f["new_dwelling"].as_object().erase("street_key");
              f["new_dwelling"].as_object()["street"] = "c/o Meier, Lindenweg";
          },
          "residence.care_of_in_street", "new_dwelling.street", "error"},
         {"care of in its place", [](Form f) { f["new_dwelling"].as_object()["addition"] = "c/o Meier"; }, "",
          "", ""},
         {"street by name beside its key",
          [](Form f) { f["new_dwelling"].as_object()["street"] = "Rosenweg"; }, "field.not_expected",
          "new_dwelling.street", "error"},
         {"a key of our directory elsewhere",
          [](Form f) { f["previous_dwelling"].as_object()["street_key"] = "00101"; }, "field.not_expected",
          "previous_dwelling.street_key", "error"},
         {"new dwelling without a street", [](Form f) { f["new_dwelling"].as_object().erase("street_key"); },
          "field.required", "new_dwelling.street_key", "error"},
         {"post box", [](Form f) { f["previous_dwelling"].as_object()["street"] = "Postfach"; },
          "residence.care_of_in_street", "previous_dwelling.street", "error"},
         {"not asked", [](Form f) { f["other_dwellings_asked"] = false; }, "residence.ask_other_dwellings",
          "", "error"},
         {"other abroad",
          [](Form f) {
              f["other_dwellings"] = json::array{json::object{
                  {"dwelling", json::object{{"country_foreign", "151"},
                                            {"foreign_lines", json::array{json::object{{"line", "Wien"}}}}}},
                  {"moved_out", "2026-10-01"}}};
          },
          "residence.other_dwelling_abroad", "other_dwellings.0.dwelling.country_foreign", "error"},
         {"nights not said",
          [](Form f) {
              keep_previous(f, 10, 5);
              f["previous_use"] = json::object{};
          },
          "field.required", "previous_use.nights_per_month", "error"},
         {"no notice", [](Form f) { f["privacy_notice_given"] = false; }, "residence.give_privacy_notice", "",
          "error"},
         {"not told", [](Form f) { f["lessor"].as_object()["missing_notice_given"] = false; },
          "residence.give_missing_notice", "", "error"},
         {"sub-tenant", [](Form f) { f["lessor"].as_object()["lessor_is_tenant"] = true; },
          "residence.sub_tenant_without_owner", "", "notice"},
         {"electronic without box", [](Form f) { f["delivery"] = "electronic"; }, "field.required", "postbox",
          "error"},
         {"homeless before",
          [](Form f) {
              f["previous_kind"] = "none";
              f["previous_none"] = "homeless";
              f.erase("previous_dwelling");
              f.erase("previous_kept");
          },
          "", "", ""}});
}

/// A dwelling that is given up was lived in first, and is not given up in advance (handbook 2.2).
TEST(Registration, RulesOfAFormerDwelling) {
    auto form = test_form();
    form["other_dwellings"] =
        json::array{json::object{{"dwelling", form["previous_dwelling"]}, {"moved_out", "2026-10-01"}}};
    const auto lived_from = [](Form f, const char* moved_in) {
        f["other_dwellings"].as_array()[0].as_object()["moved_in"] = moved_in;
    };
    const auto until = [](Form f, const char* moved_out) {
        f["other_dwellings"].as_array()[0].as_object()["moved_out"] = moved_out;
    };
    expect_rules(form, {// The day of moving into the new dwelling, 26 October, is not this one's.
                        {"since when is not known", [](Form) {}, "", "", ""}});
    for (const auto& [moved_in, moved_out, code] :
         {std::tuple{"2020-01-01", "2026-11-05", ""}, std::tuple{"2026-10-01", "2026-10-01", ""},
          std::tuple{"2026-10-02", "2026-10-01", "residence.moved_out_before_moved_in"},
          std::tuple{"2020-01-01", "2026-11-06", "field.date_out_of_range"}}) {
        auto changed = form;
        lived_from(changed, moved_in);
        until(changed, moved_out);
        const auto faults = faults_of(changed);
        ASSERT_EQ(faults.size(), code[0] ? 1u : 0u) << moved_in << json::serialize(faults_to_json(faults));
        if (faults.empty()) continue;
        EXPECT_EQ(faults[0].code, code);
        EXPECT_EQ(faults[0].path, "other_dwellings.0.moved_out");
        EXPECT_EQ(faults[0].severity, "error");
    }
    expect_rules(test_form(), {{"left within a month",
                                [](Form f) {
                                    f["moved_in"] = "2026-09-01";
                                    f["previous_moved_out"] = "2026-10-01";
                                },
                                "", "", ""},
                               {"left later",
                                [](Form f) {
                                    f["moved_in"] = "2026-09-01";
                                    f["previous_moved_out"] = "2026-10-02";
                                },
                                "residence.moved_out_long_after", "previous_moved_out", "notice"}});
}

TEST(Registration, NumbersOfForeigners) {
    auto form = test_form();
    person_of(form)["nationalities"] = json::array{"163"};
    mover_of(form)["azr_number"] = "123456789012";
    expect_rules(form, {{"twelve digits", [](Form) {}, "", "", ""},
                        {"a digit is missing", [](Form f) { mover_of(f)["azr_number"] = "12345678901"; },
                         "residence.azr_number_short", "persons.0.azr_number", "notice"},
                        {"a letter", [](Form f) { mover_of(f)["azr_number"] = "12345678901A"; },
                         "field.letter_not_allowed", "persons.0.azr_number", "error"},
                        {"none", [](Form f) { mover_of(f).erase("azr_number"); }, "", "", ""}});
}

TEST(Registration, RulesOfAPerson) {
    expect_rules(test_form(),
                 {{"born after",
                   [](Form f) {
                       person_of(f)["birth_date"] = "1890-01-01";
                       f["moved_in"] = "1926-01-01";
                       person_of(f)["birth_date"] = "1926-01-02";
                       f["moved_in"] = "2025-11-06";
                   },
                   "", "", ""},
                  {"early", [](Form f) { person_of(f)["birth_date"] = "1889-12-31"; },
                   "residence.birth_year_early", "persons.0.person.birth_date", "notice"},
                  {"partial birth", [](Form f) { person_of(f)["birth_date"] = "1979-00-00"; }, "", "", ""},
                  {"year of an adult",
                   [](Form f) {
                       person_of(f)["birth_date"] = "1979-00-00";
                       mover_of(f).erase("id_documents");
                   },
                   "field.required", "persons.0.id_documents", "error"},
                  {"unknown birth", [](Form f) { person_of(f)["birth_date"] = "0000-00-00"; }, "", "", ""},
                  {"one name",
                   [](Form f) {
                       person_of(f)["single_name"] = true;
                       person_of(f).erase("given_names");
                       person_of(f).erase("rufname_index");
                   },
                   "", "", ""},
                  {"copy", [](Form f) { document_of(f)["seen_original"] = false; },
                   "residence.original_not_seen", "persons.0.id_documents.0.seen_original", "error"},
                  {"no papers", [](Form f) { mover_of(f).erase("id_documents"); }, "field.required",
                   "persons.0.id_documents", "error"},
                  {"block", [](Form f) { mover_of(f)["block_request"] = true; }, "residence.block_requested",
                   "persons.0.block_request", "notice"},
                  {"stateless",
                   [](Form f) {
                       person_of(f)["nationalities"] = json::array{"997", "000"};
                   },
                   "residence.stateless_with_nationality", "persons.0.person.nationalities", "error"},
                  {"nobody first", [](Form f) { mover_of(f)["family_role"] = "other"; },
                   "residence.head_first", "persons", "error"}});
}

/// 16 and 17 declare themselves; younger ones have a host.
TEST(Registration, WhoDeclares) {
    auto form = test_form();
    person_of(form)["birth_date"] = "2010-11-05";  // sixteen today
    mover_of(form)["custody"] = json::object{
        {"custodians", "one"}, {"representatives", json::array{representative("custodian", "not_required")}}};
    expect_rules(
        form,
        {{"sixteen", [](Form) {}, "", "", ""},
         {"fifteen", [](Form f) { person_of(f)["birth_date"] = "2010-11-06"; }, "residence.too_young",
          "signer", "error"},
         {"fifteen, host",
          [](Form f) {
              person_of(f)["birth_date"] = "2010-11-06";
              f["signer"] = "host";
              f["signer_name"] = json::object{{"family_name", "Oma"}, {"birth_date", "1950-01-01"}};
          },
          "", "", ""},
         {"host for sixteen",
          [](Form f) {
              f["signer"] = "host";
              f["signer_name"] = json::object{{"family_name", "Oma"}, {"birth_date", "1950-01-01"}};
          },
          "residence.host_signs_for_adult", "signer", "error"},
         {"no custody", [](Form f) { mover_of(f).erase("custody"); }, "field.required", "persons.0.custody",
          "error"},
         {"no representative",
          [](Form f) {
              mover_of(f)["custody"] = json::object{{"custodians", "one"}};
          },
          "field.required", "persons.0.custody.representatives", "error"},
         {"joint, one named", [](Form f) { mover_of(f)["custody"].as_object()["custodians"] = "joint"; },
          "residence.second_custodian_missing", "persons.0.custody.custodians", "error"},
         {"no consent",
          [](Form f) {
              auto absent = representative("custodian", "unavailable");
              absent["consent_unavailable_reason"] = "Aufenthalt unbekannt";
              mover_of(f)["custody"].as_object()["representatives"] = json::array{std::move(absent)};
          },
          "residence.consent_unavailable", "persons.0.custody.representatives.0.consent_of_other_custodian",
          "notice"}});
}

TEST(Registration, CarersAndProxies) {
    auto form = test_form();
    form["signer"] = "legal_carer";
    form["signer_name"] = json::object{{"family_name", "Schmidt"}, {"birth_date", "1959-01-01"}};
    mover_of(form)["representative"] = carer(true);
    expect_rules(form, {{"carer", [](Form) {}, "", "", ""},
                        {"without the power", [](Form f) { mover_of(f)["representative"] = carer(false); },
                         "residence.carer_without_residence_power",
                         "persons.0.representative.residence_power", "error"},
                        {"no carer", [](Form f) { mover_of(f).erase("representative"); },
                         "residence.carer_missing", "signer", "error"},
                        {"a proxy signs",
                         [](Form f) {
                             f["signer"] = "person";
                             f.erase("signer_name");
                             auto proxy = representative("proxy", "");
                             proxy["proof"] = "Vollmacht vom 3.11.2026";
                             proxy["proof_seen_at"] = "2026-11-05";
                             proxy["scope"] = "Anmeldung";
                             mover_of(f)["representative"] = std::move(proxy);
                         },
                         "residence.proxy_hands_in_only", "persons.0.representative.rep_type", "error"}});
    auto handed = test_form();
    handed["handed_in_by"] =
        json::object{{"family_name", "Schmidt"}, {"authority_seen", true}, {"signed_by_declarant", true}};
    expect_rules(handed,
                 {{"handed in", [](Form) {}, "", "", ""},
                  {"unsigned", [](Form f) { f["handed_in_by"].as_object()["signed_by_declarant"] = false; },
                   "residence.handed_in_unsigned", "", "error"},
                  {"no authority", [](Form f) { f["handed_in_by"].as_object()["authority_seen"] = false; },
                   "residence.handed_in_without_authority", "", "error"}});
}

TEST(Registration, RulesOfAFamily) {
    expect_rules(test_family(),
                 {{"complete", [](Form) {}, "", "", ""},
                  {"not assured", [](Form f) { f["family_assurance"] = false; },
                   "residence.family_not_assured", "", "error"},
                  {"not instructed", [](Form f) { f.erase("instructed_at"); }, "field.required",
                   "instructed_at", "error"},
                  {"nobody signs", [](Form f) { mover_of(f)["signs"] = false; }, "residence.one_signer",
                   "signer", "error"},
                  {"two sign", [](Form f) { mover_of(f, 1)["signs"] = true; }, "residence.one_signer",
                   "signer", "error"},
                  {"the spouse signs",
                   [](Form f) {
                       mover_of(f)["signs"] = false;
                       mover_of(f, 1)["signs"] = true;
                   },
                   "", "", ""},
                  {"the child signs",
                   [](Form f) {
                       mover_of(f)["signs"] = false;
                       mover_of(f, 2)["signs"] = true;
                   },
                   "residence.too_young", "persons.2.signs", "error"},
                  {"a second spouse",
                   [](Form f) {
                       auto& other = add_mover(f, test_mover("spouse", "Karl", "1961-05-05"));
                       other["person"].as_object()["marital_status"] = "VH";
                       other["person"].as_object()["marital_status_since"] = "1990-05-12";
                   },
                   "residence.one_spouse", "persons", "error"},
                  {"not married",
                   [](Form f) {
                       person_of(f, 1)["marital_status"] = "LD";
                       person_of(f, 1).erase("marital_status_since");
                   },
                   "residence.spouse_not_married", "persons.1.person.marital_status", "notice"},
                  {"spouse twice over",
                   [](Form f) {
                       person_of(f)["spouse"] = json::object{
                           {"family_name", "X"}, {"birth_date", "1960-02-01"}, {"same_dwelling", true}};
                   },
                   "field.not_expected", "persons.0.person.spouse", "error"},
                  {"unknown custodian",
                   [](Form f) {
                       mover_of(f, 2)["custody"].as_object()["here"] = json::array{"head", "other"};
                   },
                   "residence.custodian_not_here", "persons.2.custody.here", "error"},
                  {"born later", [](Form f) { person_of(f, 2)["birth_date"] = "2026-10-27"; },
                   "residence.moved_in_before_birth", "persons.2.person.birth_date", "error"},
                  {"married child",
                   [](Form f) {
                       person_of(f, 2)["marital_status"] = "VH";
                       person_of(f, 2)["marital_status_since"] = "2026-01-01";
                       person_of(f, 2)["spouse"] = json::object{
                           {"family_name", "X"}, {"birth_date", "2000-02-01"}, {"same_dwelling", true}};
                   },
                   "residence.married_child", "persons.2.person.marital_status", "notice"}});
}

}  // namespace
}  // namespace wa
