#include "kernel/procedure/expression.hpp"
#include "base/source_file_test.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace wa {
namespace {

json::value read_vectors(const std::string& name) {
    std::ifstream file(source_file("tests/vectors/" + std::string(name)));
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    auto value = parse_json(text);
    EXPECT_TRUE(value) << name;
    return value ? *value : json::value();
}

json::value read_expression(std::string_view text) {
    return parse_json(text).value();
}

/// Numbers as the browser sees them: 5.0 is 5.
bool same(const json::value& a, const json::value& b) {
    if (a.is_number() && b.is_number()) return a.to_number<double>() == b.to_number<double>();
    return a == b;
}

TEST(Expression, GivesWhatTheSharedTableSays) {
    const auto table = read_vectors("expressions.json");
    const auto& rows = array_of(table.as_object(), "rows");
    ASSERT_GT(rows.size(), 100u);
    for (const auto& entry : rows) {
        const auto& row = entry.as_object();
        const auto* item = row.if_contains("item");
        const auto channel = text_of(row, "channel");
        const ExpressionScope scope{item ? &item->as_object() : nullptr, &object_of(row, "values"),
                                    parse_date(text_of(row, "today")).value(), channel};
        const auto result = evaluate(row.at("expr"), scope);
        EXPECT_TRUE(same(result.value_or(nullptr), row.at("result")))
            << text_of(row, "name") << ": " << json::serialize(result.value_or(nullptr));
    }
}

TEST(Expression, UnknownOperatorOrWrongNumberOfOperandsIsNoExpression) {
    EXPECT_TRUE(is_expression(read_expression(R"({"and": [{"present": {"field": "a"}}, {"not": [true]}]})")));
    EXPECT_TRUE(is_expression(read_expression(R"({"or": []})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"xor": [true, false]})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"eq": [1]})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"age": [1, 2, 3]})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"any": [{"field": "a"}]})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"all": [{"field": "a"}, {"xor": 1}]})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"field": 3})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"eq": [1, 2], "ne": [1, 2]})")));
    EXPECT_FALSE(is_expression(read_expression(R"({"not": {"xor": 1}})")));
}

TEST(Expression, AParameterHasTheValueOfTheDay) {
    const json::object form{{"born", "2008-11-05"}};
    const auto of_age =
        read_expression(R"({"ge": [{"age": {"field": "born"}}, {"parameter": "person.age_of_majority"}]})");
    EXPECT_TRUE(is_expression(of_age));
    EXPECT_EQ(holds(of_age, {nullptr, &form, {2026, 11, 5}, "counter"}), true);
    EXPECT_EQ(holds(of_age, {nullptr, &form, {2026, 11, 4}, "counter"}), false);
    EXPECT_EQ(
        evaluate(read_expression(R"({"parameter": "no.such"})"), {nullptr, &form, {2026, 11, 5}, "counter"}),
        std::nullopt);
    auto description = read_expression(
        R"({"when": {"lt": [{"age": {"field": "born"}}, {"parameter": "person.age_of_majority"}]},
                                "parameter": "a word", "list": [{"parameter": "no.such"}]})");
    resolve_parameters(description, {2026, 11, 5});
    EXPECT_EQ(
        json::serialize(description),
        R"({"when":{"lt":[{"age":{"field":"born"}},18]},"parameter":"a word","list":[{"parameter":"no.such"}]})");
}

TEST(Expression, AGroupOfCodesIsThatOfTheDay) {
    const json::object form{{"of", json::array{"163", "129"}}};
    const auto free =
        read_expression(R"({"overlaps": [{"field": "of"}, {"codes": "nationality.free_movement"}]})");
    EXPECT_TRUE(is_expression(free));
    EXPECT_EQ(holds(free, {nullptr, &form, {2026, 11, 5}, "counter"}), true);
    EXPECT_EQ(holds(free, {nullptr, &form, {2020, 12, 31}, "counter"}), std::nullopt);
    auto description = read_expression(R"([{"codes": "nationality.free_movement"}, {"codes": "no.such"}])");
    resolve_parameters(description, {2026, 11, 5});
    EXPECT_EQ(description.as_array()[0].as_array().size(), 31u);
    EXPECT_EQ(json::serialize(description.as_array()[1]), R"({"codes":"no.such"})");
}

TEST(Expression, ConditionThatIsNoTruthValueIsUnknown) {
    const json::object form{{"name", "Meyer"}, {"yes", true}};
    const ExpressionScope scope{nullptr, &form, {2026, 11, 5}, "counter"};
    EXPECT_EQ(holds(read_expression(R"({"field": "name"})"), scope), std::nullopt);
    EXPECT_EQ(holds(read_expression(R"({"field": "gone"})"), scope), std::nullopt);
    EXPECT_EQ(holds(read_expression(R"({"field": "yes"})"), scope), true);
}

TEST(Expression, HugeNumbersOfDaysAreUnknownNotAnOverflow) {
    const json::object form;
    const ExpressionScope scope{nullptr, &form, {2026, 11, 5}, "counter"};
    for (const auto* text :
         {R"({"add_days": ["2026-11-05", 9007199254740991]})",
          R"({"add_days": ["2026-11-05", -9007199254740991]})",
          R"({"add_months": ["2026-11-05", 9007199254740991]})", R"({"add_months": ["0001-01-01", -1]})",
          R"({"add_days": ["2026-11-05", 1e300]})", R"({"add_days": ["9999-12-31", 1]})"})
        EXPECT_FALSE(evaluate(read_expression(text), scope)) << text;
}

}  // namespace
}  // namespace wa
