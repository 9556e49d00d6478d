// Two records of one person with a main dwelling each.
#include "modules/residence/testing_merge.hpp"

namespace wa::merging {
namespace {

json::object dwelling_in_musterstedt() {
    auto there = dwelling_of_anna("E", "2015-02-01", "", 7);
    there["ags"] = "99001002";
    there.erase("street_key");
    there["street"] = "Deichstraße";
    return there;
}

/// Two sole dwellings in two records: nobody but the second person says which holds (BMG §§ 21, 22).
struct TwoMainDwellings : Merge {
    std::string kept, other, task;
    void proposed(json::object one, json::object two) {
        kept = imported(std::move(one));
        other = imported(std::move(two));
        task = text_of(propose(kept, other, world.clerk).answer, "task_id");
    }
    std::string dwelling(int number) {
        return world.value("SELECT id FROM dwelling WHERE house_no = $n", {{"n", std::int64_t(number)}});
    }
    std::string refusal(json::object said) { return merge(task, world.lead, std::move(said)).problem.code; }
    json::object ended(int number, const char* day, const char* main = nullptr) {
        json::object said{{"ended_dwellings",
                           json::array{json::object{{"dwelling_id", dwelling(number)}, {"moved_out", day}}}}};
        said["main_dwelling_id"] = main ? std::string(main) : dwelling(number == 5 ? 7 : 5);
        return said;
    }
    std::string register_says() {
        std::string all;
        for (const auto& row : world.rows("SELECT * FROM dwelling ORDER BY house_no"))
            all += row.text("status") + std::to_string(row.integer("current")) + row.text("moved_out") + " ";
        return all;
    }
};

TEST_F(TwoMainDwellings, OneOfThemIsSecondary) {
    proposed(lives("E", "2010-02-01"), lives("E", "2015-02-01", "", 7));
    EXPECT_EQ(refusal({}), "residence.merge_main_dwelling");
    EXPECT_EQ(refusal({{"main_dwelling_id", kept}}), "residence.merge_main_dwelling");
    EXPECT_EQ(register_says(), "E1 E1 ");
    EXPECT_EQ(merge(task, world.lead, {{"main_dwelling_id", dwelling(7)}}).outcome, Outcome::done);
    EXPECT_EQ(register_says(), "N1 H1 ");
    EXPECT_EQ(world.value("SELECT source FROM dwelling_history WHERE field = 'status'")
                  .find("Zusammenführung: beide Akten verglichen"),
              0u);
    // Those who keep one address of everybody may have been told the other one.
    EXPECT_EQ(integer_of(object_of(world.payload("dsrv_address"), "address"), "house_no"), 7);
    EXPECT_TRUE(proved());
}

TEST_F(TwoMainDwellings, OneOfThemIsOver) {
    proposed(lives("E", "2010-02-01"), lives("E", "2015-02-01", "", 7));
    EXPECT_EQ(refusal(ended(5, "2010-01-31")), "residence.merge_main_dwelling");
    EXPECT_EQ(refusal(ended(5, "2026-11-06")), "residence.merge_main_dwelling");
    EXPECT_EQ(refusal(ended(7, "2020-01-01", dwelling(7).c_str())), "residence.merge_main_dwelling");
    EXPECT_EQ(merge(task, world.lead, ended(5, "2015-02-01")).outcome, Outcome::done);
    EXPECT_EQ(register_says(), "E02015-02-01 E1 ");
    EXPECT_EQ(world.value("SELECT status FROM person WHERE id = $id", {{"id", kept}}), "resident");
    EXPECT_TRUE(proved());
}

TEST_F(TwoMainDwellings, TheOfficeOfOneElsewhereIsTold) {
    auto there = dwelling_in_musterstedt();
    proposed(lives("E", "2010-02-01"), {{"dwellings", json::array{there}}});
    EXPECT_EQ(merge(task, world.lead, {{"main_dwelling_id", dwelling(5)}}).outcome, Outcome::done);
    EXPECT_EQ(register_says(), "H1 N1 ");
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE message_type = 'dwelling_status_change'"),
              "Meldebehörde 99001002");
    const auto told = world.payload("dwelling_status_change");
    EXPECT_EQ(text_of(told, "our_status") + text_of(told, "your_status"), "HN");
    EXPECT_EQ(world.value("SELECT state FROM outbox WHERE message_type = 'dwelling_status_change'"), "due")
        << world.value("SELECT problem FROM outbox WHERE message_type = 'dwelling_status_change'");
}

TEST_F(TwoMainDwellings, WhoHasNoneHereAnyMoreHasLeft) {
    auto there = dwelling_in_musterstedt();
    proposed(lives("E", "2010-02-01"), {{"dwellings", json::array{there}}});
    EXPECT_EQ(merge(task, world.lead, ended(5, "2015-02-01")).outcome, Outcome::done);
    EXPECT_EQ(world.value("SELECT status FROM person WHERE id = $id", {{"id", kept}}), "departed");
    EXPECT_TRUE(proved());
}

TEST_F(TwoMainDwellings, AreNoneWhereTheyAreOneOrOver) {
    const struct {
        json::object one, two;
    } cases[]{{lives("H", "2010-02-01"), lives("N", "2015-02-01", "", 7)},
              {lives("E", "2010-02-01", "2015-02-01"), lives("E", "2015-02-01", "", 7)},
              {lives("E", "2010-02-01"), lives("E", "2010-02-01")}};
    for (const auto& one : cases) {
        proposed(one.one, one.two);
        EXPECT_EQ(refusal({}), "");
    }
    // A sole one beside a secondary one is a main one, and that it is somebody says.
    proposed(lives("E", "2010-02-01"), lives("N", "2015-02-01", "", 7));
    EXPECT_EQ(refusal({}), "residence.merge_main_dwelling");
}

}  // namespace
}  // namespace wa::merging
