#include "base/json.hpp"

#include <gtest/gtest.h>

namespace wa {
namespace {

/// What comes back is what Boost's own parser reads, of every kind of value.
TEST(Json, ReadsWhatBoostReads) {
    const std::string long_text(10'000, 'x');
    for (const auto& text :
         {std::string("null"), std::string(" [ ] "), std::string("\"\""),
          std::string(R"({"a":1,"b":-2,"c":18446744073709551615,"d":1.5e3,"e":true})"),
          std::string(R"({"Ł\u0142":"M̂\"\\\n\ud83d\ude00","list":[{},[],{"deep":[1,null]}]})"),
          "{\"" + long_text + "\":\"" + long_text + "\"}"}) {
        const auto value = parse_json(text);
        ASSERT_TRUE(value) << text;
        EXPECT_EQ(*value, json::parse(text)) << text;
    }
}

/// The same name twice, anywhere: two readers could take two values for the same signed text.
TEST(Json, ANameStandsOnce) {
    EXPECT_TRUE(parse_json(R"([{"a":1},{"a":{"a":2}}])"));
    for (const auto* text :
         {R"({"a":1,"a":1})", R"({"a":1,"\u0061":2})", R"([0,{"b":{"a":1,"c":[],"a":2}}])"})
        EXPECT_FALSE(parse_json(text)) << text;
}

TEST(Json, RefusesWhatIsNoWholeText) {
    for (const auto* text : {"", " ", "{", "[1", "{\"a\":1", "{} {}", "{}x", "[1,]", "{\"a\" 1}", "nul", "01",
                             "\"\x80\"", "\"\xed\xa0\x80\"", "// c\n1", "NaN"})
        EXPECT_FALSE(parse_json(text)) << text;
    const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse_json(nested(32)));
    EXPECT_FALSE(parse_json(nested(33)));
}

}  // namespace
}  // namespace wa
