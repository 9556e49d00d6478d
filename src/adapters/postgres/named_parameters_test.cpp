#include "adapters/postgres/named_parameters.hpp"

#include <gtest/gtest.h>

namespace wa::postgres {
namespace {

TEST(NamedParametersTest, numbers_by_first_appearance) {
    const auto made = numbered("SELECT $b, $a, $b || $a1 FROM t WHERE x = $10");
    EXPECT_EQ(made.text, "SELECT $1, $2, $1 || $3 FROM t WHERE x = $4");
    EXPECT_EQ(made.params, (std::vector<std::string>{"b", "a", "a1", "10"}));
    EXPECT_EQ(numbered("SELECT 1").params.size(), 0u);
    EXPECT_EQ(numbered("SELECT $a::text;\n").text, "SELECT $1::text;\n");
}

TEST(NamedParametersTest, leaves_texts_names_and_comments_alone) {
    const auto made = numbered("SELECT '$a; it''s', \"$b\", $c -- $d; x\n, $e /* $f */");
    EXPECT_EQ(made.text, "SELECT '$a; it''s', \"$b\", $1 -- $d; x\n, $2 /* $f */");
    EXPECT_EQ(made.params, (std::vector<std::string>{"c", "e"}));
    EXPECT_EQ(numbered("SELECT 'open $a").text, "SELECT 'open $a");
}

TEST(NamedParametersTest, takes_one_statement) {
    EXPECT_DEATH(numbered("SELECT 1; SELECT 2"), "one statement");
    EXPECT_DEATH(numbered("SELECT $"), "name");
}

TEST(NamedParametersTest, sees_optional_filters) {
    EXPECT_TRUE(has_optional_filters("SELECT 1 WHERE ($status = '' OR status = $status)"));
    EXPECT_TRUE(has_optional_filters("SELECT 1 WHERE a = ($b) AND ($house_no = 0 OR n = $house_no)"));
    EXPECT_FALSE(has_optional_filters("SELECT 1 WHERE (status = '' OR status = $status)"));
    EXPECT_FALSE(has_optional_filters("SELECT 1 WHERE ($status"));
}

}  // namespace
}  // namespace wa::postgres
