#include "kernel/procedure/fields.hpp"
#include "base/source_file_test.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "kernel/data.hpp"
#include "kernel/procedure/field_types.hpp"
#include "kernel/procedure/procedure.hpp"

namespace wa {
namespace {

json::value read(std::string_view text) {
    return parse_json(text).value();
}

/// tests/vectors/fields.json: the table that the engine of the browser is tested against, too.
class Vectors : public testing::Test {
  protected:
    void SetUp() override {
        std::ifstream file(source_file("tests/vectors/fields.json"));
        const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        table_ = parse_json(text).value().as_object();
        std::map<std::string, std::vector<CodeEntry>, std::less<>> lists;
        for (const auto& list : object_of(table_, "lists")) {
            auto& entries = lists[std::string(list.key())];
            for (const auto& code : list.value().as_array())
                entries.push_back({std::string(code.as_string()), "text", {}, {}, {}});
        }
        reference_ = Reference::of_lists(std::move(lists));
        context_ = {parse_date(text_of(table_, "today")).value(), text_of(table_, "channel"),
                    reference_.get()};
    }

    /// Every member of `expected` has the same value in `actual`.
    static bool holds_members(const json::object& actual, const json::object& expected) {
        for (const auto& member : expected) {
            const auto* found = actual.if_contains(member.key());
            if (!found || canonical_json(*found) != canonical_json(member.value())) return false;
        }
        return true;
    }

    static std::string shown(const std::vector<FieldFault>& faults) {
        return json::serialize(faults_to_json(faults));
    }

    json::object table_;
    std::shared_ptr<const Reference> reference_;
    FormContext context_;
};

TEST_F(Vectors, SingleFields) {
    const auto& rows = array_of(table_, "rows");
    ASSERT_GT(rows.size(), 200u);
    for (const auto& entry : rows) {
        const auto& row = entry.as_object();
        const auto& field = object_of(row, "field");
        const auto name = text_of(field, "name");
        json::array declaration{field};
        auto values = object_of(row, "form");
        for (const auto& other : object_of(row, "form"))
            declaration.push_back({{"name", other.key()}, {"type", "any"}});
        if (const auto* value = row.if_contains("value")) values[name] = *value;
        const auto faults = FieldSet::parse(declaration).validate(values, context_);
        const auto problem = text_of(row, "problem");
        ASSERT_EQ(faults.size(), problem.empty() ? 0u : 1u) << text_of(row, "name") << ": " << shown(faults);
        if (problem.empty()) continue;
        EXPECT_EQ(faults[0].code, problem) << text_of(row, "name");
        EXPECT_EQ(faults[0].path, text_of(row, "path", name)) << text_of(row, "name");
        EXPECT_TRUE(holds_members(faults[0].details, object_of(row, "details")))
            << text_of(row, "name") << ": " << shown(faults);
    }
}

TEST_F(Vectors, EveryTypeHasItsTableOfGoodAndBadValues) {
    struct Count {
        int good = 0, bad = 0;
        std::set<std::string> codes;
    };
    std::map<std::string, Count, std::less<>> by_type;
    for (const auto& entry : array_of(table_, "rows")) {
        const auto& row = entry.as_object();
        auto& count = by_type[text_of(object_of(row, "field"), "type")];
        const auto problem = text_of(row, "problem");
        ++(problem.empty() ? count.good : count.bad);
        count.codes.insert(problem);
    }
    for (const auto& type : field_types()) {
        const auto& count = by_type[std::string(type.name)];
        EXPECT_GE(count.good, 3) << type.name;
        EXPECT_GE(count.bad, 5) << type.name;
    }
    // What people and machines get wrong in texts must be there for each kind of text.
    for (const auto* type : {"text", "person_name"})
        for (const auto& code :
             {problems::field_wrong_type, problems::field_not_nfc, problems::field_invisible_character,
              problems::field_letter_not_allowed, problems::field_too_long})
            EXPECT_EQ(by_type[type].codes.count(std::string(code.name)), 1u) << type << " " << code.name;
}

TEST_F(Vectors, WholeForms) {
    const auto& forms = array_of(table_, "forms");
    ASSERT_FALSE(forms.empty());
    for (const auto& entry : forms) {
        const auto& form = entry.as_object();
        const auto& values = object_of(form, "values");
        const auto faults = form.contains("procedure")
                                ? Procedure::parse(object_of(form, "procedure")).validate(values, context_)
                                : FieldSet::parse(array_of(form, "fields")).validate(values, context_);
        const auto& answers = array_of(form, "answers");
        ASSERT_EQ(faults.size(), answers.size()) << text_of(form, "name") << ": " << shown(faults);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const auto& answer = answers[i].as_object();
            EXPECT_EQ(faults[i].path, text_of(answer, "path")) << text_of(form, "name");
            EXPECT_EQ(faults[i].code, text_of(answer, "code")) << text_of(form, "name");
            EXPECT_EQ(faults[i].severity, text_of(answer, "severity", faults[i].severity))
                << text_of(form, "name");
            EXPECT_TRUE(holds_members(faults[i].details, object_of(answer, "details")))
                << text_of(form, "name");
        }
    }
}

TEST_F(Vectors, EveryCodeIsDeclared) {
    const auto declared = read(data::kernel::file("problems.json"));
    for (const auto& entry : array_of(table_, "rows")) {
        const auto problem = text_of(entry.as_object(), "problem");
        EXPECT_TRUE(problem.empty() || declared.as_object().contains(problem)) << problem;
    }
}

TEST(Fields, AWiderFormIsLookedUpButNotValidated) {
    const auto set = FieldSet::parse(
        read(R"([{"name": "permit", "type": "text", "required_when": {"eq": [{"field": "german"}, false]}}])")
            .as_array());
    const FormContext context{{2026, 11, 5}, "counter", nullptr};
    const json::object outer{{"german", false}, {"unknown", 1}};
    const auto faults = set.validate({}, outer, context);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].code, problems::field_required.name);
}

TEST(Fields, CodesOfAListThatTheNodeLacksAreNoFault) {
    const auto set =
        FieldSet::parse(read(R"([{"name": "street_key", "type": "code", "list": "street"}])").as_array());
    const json::object values{{"street_key", "00999"}};
    EXPECT_TRUE(set.validate(values, {{2026, 11, 5}, "koffer", nullptr}).empty());
    const auto without_streets = Reference::load("NI", {});
    EXPECT_TRUE(set.validate(values, {{2026, 11, 5}, "koffer", without_streets.get()}).empty());
}

TEST(Fields, AnIdThatNoNodeCouldHaveMadeIsRefused) {
    const auto set = FieldSet::parse(read(R"([{"name": "x", "type": "id"}])").as_array());
    const FormContext context{{2026, 11, 5}, "counter", nullptr};
    EXPECT_EQ(set.validate({{"x", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ"}}, context).size(), 1u);  // more than 128 bits
    EXPECT_TRUE(set.validate({{"x", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"}}, context).empty());
}

class Blocks : public testing::Test {
  protected:
    std::vector<FieldFault> validate(const char* name, std::string_view values) {
        json::array declaration{json::object{{"name", "x"}, {"type", "group"}, {"block", name}}};
        return FieldSet::parse(declaration).validate({{"x", read(values)}}, context_);
    }
    std::string codes(const char* name, std::string_view values) {
        std::string text;
        for (const auto& fault : validate(name, values)) text += fault.path + " " + fault.code + "\n";
        return text;
    }
    std::shared_ptr<const Reference> reference_ = Reference::load("NI", {});
    FormContext context_{{2026, 11, 5}, "counter", reference_.get()};
};

constexpr std::string_view adult =
    R"("family_name": "Musterfrau", "given_names": "Erika Anna", "rufname_index": 1,
    "birth_date": "1964-08-12", "birth_place": "Testhausen", "sex": "w", "nationalities": ["000"],
    "religion": "vd")";

TEST_F(Blocks, OneSingleAdultIsComplete) {
    EXPECT_EQ(codes("person", "{" + std::string(adult) + R"(, "marital_status": "LD"})"), "");
}

TEST_F(Blocks, ASingleNameNeedsNoGivenName) {
    EXPECT_EQ(codes("person", R"({"family_name": "Suharta", "single_name": true, "birth_date": "1979-00-00",
        "birth_place": "Jakarta", "birth_country": "437", "sex": "m", "nationalities": ["998"], "religion": "vd",
        "marital_status": "NB"})"),
              "");
    EXPECT_EQ(codes("person", R"({"family_name": "Suharta", "single_name": false, "birth_date": "1979-00-00",
        "birth_place": "Jakarta", "sex": "m", "nationalities": ["998"], "religion": "vd", "marital_status": "NB"})"),
              "x.given_names field.required\n");
}

TEST_F(Blocks, MarriageAsksForSpouseAndDay) {
    EXPECT_EQ(codes("person", "{" + std::string(adult) + R"(, "marital_status": "VH"})"),
              "x.marital_status_since field.required\nx.spouse field.required\n");
    EXPECT_EQ(codes("person", "{" + std::string(adult) +
                                  R"(, "marital_status": "LD", "marital_status_since":
        "1990-01-01"})"),
              "x.marital_status_since field.not_expected\n");
    EXPECT_EQ(codes("person", "{" + std::string(adult) +
                                  R"(, "marital_status": "VH", "marital_status_since": "1990-05-00",
        "spouse": {"family_name": "Muster", "given_names": "Max", "birth_date": "1960-00-00", "same_dwelling": true}})"),
              "");
}

TEST_F(Blocks, DwellingInGermanyOrAbroad) {
    EXPECT_EQ(codes("dwelling", R"({"ags": "99001001", "postcode": "99998", "city": "Testhausen",
        "street": "Lindenweg", "house_no": 12, "house_letter": "a"})"),
              "");
    EXPECT_EQ(codes("dwelling", R"({"country_foreign": "151", "foreign_lines": [{"line": "Ringstraße 1"}]})"),
              "");
    EXPECT_EQ(codes("dwelling", R"({"country_foreign": "151", "city": "Wien"})"),
              "x.city field.not_expected\n");
    EXPECT_EQ(codes("dwelling", R"({"country_foreign": "000", "city": "Ulm"})"),
              "x.ags field.required\nx.postcode field.required\nx.street field.required\nx.house_no "
              "field.required\n");
    EXPECT_EQ(
        codes("dwelling", R"({"ags": "12345678", "postcode": "99998", "city": "X", "street_key": "00001",
        "house_no": 1})"),
        "x.ags field.not_in_list\nx.street_key field.not_expected\n");
}

TEST_F(Blocks, DocumentsOfDifferentKinds) {
    EXPECT_EQ(codes("id_document",
                    R"({"doc_type": "PA", "serial": "LZ6311T47", "issuing_authority": "Stadt Testhausen",
        "valid_until": "2031-08-01", "seen_original": true})"),
              "");
    EXPECT_EQ(codes("id_document", R"({"doc_type": "FPASS", "serial": "AB12345", "issuing_authority": "Wien",
        "issuing_country": "151", "seen_original": true})"),
              "");
    EXPECT_EQ(
        codes("id_document", R"({"doc_type": "PA", "serial": "LZ-6311", "issuing_authority": "Testhausen",
        "seen_original": true})"),
        "x.serial field.document_serial\nx.valid_until field.required\n");
}

TEST_F(Blocks, LessorConfirmsOrIsMissing) {
    EXPECT_EQ(codes("lessor", R"({"lessor_form": "self"})"), "");
    EXPECT_EQ(codes("lessor", R"({"lessor_form": "missing", "missing_notice_given": true})"), "");
    EXPECT_EQ(
        codes("lessor", R"({"lessor_form": "paper"})"),
        "x.lessor_name field.required\nx.lessor_address field.required\nx.lessor_moved_in field.required\n"
        "x.lessor_persons field.required\n");
    EXPECT_EQ(
        codes("representation", R"({"rep_type": "joint_custodian", "rep_person": {"family_name": "Muster",
        "given_names": "Max", "birth_date": "1980-01-01"}, "consent_of_other_custodian": "unavailable"})"),
        "x.consent_unavailable_reason field.required\n");
}

TEST_F(Blocks, EveryBlockSpeaksToPeople) {
    const auto paths = data::kernel::files("procedure/blocks/");
    EXPECT_GE(paths.size(), 6u);
    for (const auto path : paths) {
        const auto block = read(data::kernel::file(path)).as_object();
        EXPECT_FALSE(text_of(object_of(block, "title"), "de").empty()) << path;
        for (const auto& field : array_of(block, "fields")) {
            const auto& object = field.as_object();
            for (const auto* member : {"personal", "purpose", "basis"})
                EXPECT_FALSE(text_of(object, member).empty())
                    << path << " " << text_of(object, "name") << " " << member;
            EXPECT_FALSE(text_of(object_of(object, "label"), "de").empty())
                << path << " " << text_of(object, "name");
        }
    }
}

}  // namespace
}  // namespace wa
