// Another register is taken over, and a person goes on a tour.
#include "modules/residence/testing_booking.hpp"

namespace wa::booking {
namespace {

TEST(Import, RefusesAWholeBatchForOneFault) {
    TestWorld world;
    const auto result = world.run(world.request(
        "residence.import",
        {{"persons", json::array{resident(), json::object{{"family_name", "X"}, {"birth_date", "1962"}}}}},
        system_actor()));
    EXPECT_EQ(result.problem.code, "residence.import_faulty");
    EXPECT_EQ(integer_of(result.problem.details, "index"), 1);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person"), "0");
}

TEST(Extract, HasAllRowsOfAPerson) {
    TestWorld world;
    const auto person = world.import_person(resident());
    std::vector<std::pair<std::string, Row>> rows;
    auto tx = world.store().begin_read();
    test_registry().extractors().at("person")(*tx, person, rows);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].first, "person");
    EXPECT_EQ(rows[1].first, "dwelling");
    rows.clear();
    test_registry().extractors().at("streets")(*tx, "", rows);
    EXPECT_EQ(rows.size(), 5u);
}

}  // namespace
}  // namespace wa::booking
