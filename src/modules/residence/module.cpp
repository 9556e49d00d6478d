#include "modules/residence/module.hpp"

#include "modules/residence/data.hpp"
#include "modules/residence/disclosure.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"

namespace wa {

namespace {

namespace statements = sql::residence;

/// A relative with a block under BMG § 51 stays at home: a tour holds nobody blocked but whom it visits
/// (handbook P07), and a Koffer could not tell that there is a block.
bool stays_at_home(Transaction& tx, const std::string& table, const Row& row) {
    if (table != "relation" || row.text("other_id").empty()) return false;
    const auto other = tx.query(statements::person_head, {{"person_id", row.text("other_id")}});
    return !other.empty() && residence::is_blocked(other.front());
}

/// Everything of a person that a Koffer shows and corrects without a line; also what is left of records that
/// were merged into theirs.
void extract_person(Transaction& tx, const std::string& asked,
                    std::vector<std::pair<std::string, Row>>& rows) {
    const auto id = residence::standing_id(tx, asked);
    const std::pair<const char*, const Statement*> parts[]{
        {"person", &statements::person_with_merged},
        {"dwelling", &statements::dwellings_of},
        {"person_document", &statements::documents_of},
        {"relation", &statements::raw_relations},
        {"person_history", &statements::raw_person_history},
        {"dwelling_history", &statements::raw_dwelling_history}};
    for (const auto& [table, statement] : parts)
        for (auto& row : tx.query(*statement, {{"person_id", id}}))
            if (!stays_at_home(tx, table, row)) rows.emplace_back(table, std::move(row));
}

/// What another registration office sent for a case.
void extract_case(Transaction& tx, const std::string& id, std::vector<std::pair<std::string, Row>>& rows) {
    for (auto& row : tx.query(statements::received_forms_of_case, {{"case_id", id}}))
        rows.emplace_back("received_form", std::move(row));
}

/// The whole directory of streets; the id is of no account.
void extract_streets(Transaction& tx, const std::string&, std::vector<std::pair<std::string, Row>>& rows) {
    for (auto& row : tx.query(statements::all_streets)) rows.emplace_back("street", std::move(row));
}

}  // namespace

void install_residence(Registry& registry) {
    registry.declare(data::residence::file("api.json"));
    registry.declare_problems(data::residence::file("problems.json"));
    registry.add_schema(data::residence::schema_sqlite());
    for (const auto path : data::residence::files("procedures/"))
        registry.add_procedure(data::residence::file(path));
    residence::install_search(registry);
    residence::install_subject(registry);
    residence::install_person_page(registry);
    residence::install_correct(registry);
    residence::install_checks(registry);
    residence::install_booking(registry);
    residence::install_revoke(registry);
    residence::install_exemption(registry);
    residence::install_signers(registry);
    residence::install_childhood(registry);
    residence::install_closing(registry);
    residence::install_keeping(registry);
    residence::install_papers(registry);
    residence::install_merge(registry);
    residence::install_import(registry);
    residence::install_streets(registry);
    residence::install_letters(registry);
    residence::install_disclosure(registry);
    residence::install_form_request(registry);
    residence::install_form_answer(registry);
    residence::install_form_check(registry);
    residence::install_tax_number(registry);
    residence::install_auswertung(registry);
    residence::install_rueckmeldung(registry);
    residence::install_whereabouts(registry);
    residence::install_corrections(registry);
    residence::install_main_dwelling_dispute(registry);
    registry.bind_extractor("person", extract_person);
    registry.bind_extractor("case", extract_case);
    registry.bind_extractor("streets", extract_streets);
    for (const auto* table : {"person", "dwelling", "person_history", "dwelling_history", "person_document",
                              "relation", "street", "received_form"}) {
        registry.add_working_table(table);
        registry.add_journalled_table(table);
    }
    // Kept for one purpose each: never on a Koffer.
    for (const auto* table : {"retrieval_log", "zone_datum"}) registry.add_journalled_table(table);
}

}  // namespace wa
