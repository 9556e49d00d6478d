// What the checks of a registration tell of a person with a block under BMG § 51 to who may not see them:
// nothing that depends on what is tried. Else an address could be found out by guessing.
#include "modules/residence/data.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct ChecksSeen : ::testing::Test {
    TestWorld world;
    const Actor other_clerk{"00000000000000000000000C2K", "Bernd Amt", permissions_of({"clerk"})};

    /// Somebody with the names of the form, at Lindenweg 5.
    std::string blocked(json::array documents = {}) {
        auto dwelling = test_dwelling("00101", "Lindenweg", 5);
        dwelling["status"] = "E";
        return world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                    {"given_names", "Anna Maria"},
                                    {"birth_date", "1962-04-03"},
                                    {"blocks", json::array{json::object{{"paragraph", "51"}}}},
                                    {"documents", std::move(documents)},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    /// A form that says where she has lived so far and where she moves to.
    static json::object guessing(json::object from, json::object to) {
        auto form = test_form();
        form["previous_dwelling"] = std::move(from);
        form["new_dwelling"] = std::move(to);
        return form;
    }
    static json::object there() { return test_dwelling("00101", "Lindenweg", 5); }
    static json::object elsewhere() { return test_dwelling("00102", "Marktplatz", 1); }
    /// Eight of whom the register knows nobody: as many as pass without a question.
    static json::object invented(json::object to, const char* moved_in) {
        auto form = test_family();
        form["previous_dwelling"] = elsewhere();
        form["new_dwelling"] = std::move(to);
        form["moved_in"] = moved_in;
        int year = 2012;
        for (const auto* given : {"Anton", "Berta", "Dora", "Emil", "Frieda"})
            add_mover(form, test_child(given, (std::to_string(year++) + "-05-01").c_str()))["custody"] =
                json::object{{"custodians", "joint"}, {"here", json::array{"head", "spouse"}}};
        for (std::size_t i = 0; i < 8; ++i) person_of(form, i)["family_name"] = "Irgendwer";
        return form;
    }
    CommandResult book(const json::object& form, const Actor& actor, json::array overrides = {}) {
        const auto id = prepared_case(world, form, &actor);
        return world.run(
            world.request("residence.book", {{"case_id", id}, {"overrides", std::move(overrides)}}, actor));
    }
    static json::object without_ids(json::object row) {
        for (const auto* own : {"id", "version", "case_id"}) row.erase(own);
        return row;
    }
    /// Everything a clerk is told about the findings of a case.
    std::string told(const json::object& form) {
        const auto id = prepared_case(world, form);
        const auto checked = world.must("case.precheck", {{"case_id", id}});
        const auto read = world.ask("case.get", {{"case_id", id}});
        auto all = array_of(checked, "findings");
        for (const auto& one : array_of(*read, "findings")) all.push_back(without_ids(one.as_object()));
        const auto found = world.ask("residence.findings", {{"case_id", id}});
        for (const auto* list : {"findings", "candidates"})
            for (const auto& one : array_of(*found, list)) all.push_back(one);
        return json::serialize(all);
    }
    json::object finding(const std::string& case_id, std::string_view code, const Actor& actor) {
        const auto found = world.ask("residence.findings", {{"case_id", case_id}}, actor);
        for (const auto& one : array_of(*found, "findings"))
            if (text_of(one.as_object(), "code") == code) return one.as_object();
        return {};
    }
};

TEST_F(ChecksSeen, AGuessedAddressIsAnsweredLikeAnyOther) {
    const auto id = blocked();
    const auto right = told(guessing(there(), there()));
    EXPECT_EQ(right, told(guessing(there(), elsewhere())));
    EXPECT_EQ(right, told(guessing(elsewhere(), there())));
    EXPECT_EQ(right, told(guessing(elsewhere(), elsewhere())));
    EXPECT_NE(right.find("lead_decides"), std::string::npos);
    EXPECT_EQ(right.find("dwelling_id"), std::string::npos);
    EXPECT_NE(right.find(id), std::string::npos) << "as in the search: that there is somebody with a block";
    // Without the block it matters where one says to live.
    {
        auto tx = world.store().begin_write();
        tx->execute({"test", "UPDATE person SET blocks = '[]'"}, {});
        tx->commit();
    }
    EXPECT_NE(told(guessing(there(), there())), told(guessing(there(), elsewhere())));
}

TEST_F(ChecksSeen, WhoLivesInADwellingIsCountedAsFarAsOneSees) {
    blocked();
    auto form = guessing(elsewhere(), there());
    person_of(form)["family_name"] = "Irgendwer";
    auto other = guessing(elsewhere(), test_dwelling("00103", "Müllerstraße", 9));
    person_of(other)["family_name"] = "Irgendwer";
    EXPECT_EQ(told(form), told(other));
    const auto id = prepared_case(world, form);
    const auto count = [&](const Actor& actor) {
        return integer_of(object_of(finding(id, "residence.persons_in_dwelling", actor), "details"),
                          "persons");
    };
    EXPECT_EQ(count(world.clerk), 1);
    EXPECT_EQ(count(world.lead), 2);
    EXPECT_EQ(text_of(finding(id, "residence.blocks_in_dwelling", world.clerk), "state"), "ok");
    EXPECT_EQ(text_of(finding(id, "residence.blocks_in_dwelling", world.lead), "state"), "hint");
}

TEST_F(ChecksSeen, TheLeadSeesAllAndBooksAgainstAll) {
    blocked();
    const auto id = prepared_case(world, guessing(there(), there()));
    EXPECT_EQ(text_of(finding(id, "residence.already_registered", world.lead), "state"), "blocking");
    EXPECT_EQ(text_of(finding(id, "residence.duplicates", world.lead), "state"), "blocking");
    // Refused before a finding is named, whoever is chosen.
    EXPECT_EQ(world.run("residence.book", {{"case_id", id}}).problem.code, "residence.person_blocked");
    const auto by_lead = world.run(world.request("residence.book", {{"case_id", id}}, world.lead));
    EXPECT_EQ(by_lead.problem.code, "residence.findings_open");
    EXPECT_NE(json::serialize(by_lead.problem.details).find("already_registered"), std::string::npos);
}

/// A case that is held up anyway says the same of every dwelling; one that is not goes to the lead.
TEST_F(ChecksSeen, ABookingDoesNotSayWhoLivesInADwelling) {
    blocked();
    const auto open = [&](const json::object& form) {
        const auto refused = book(form, world.clerk);
        return refused.problem.code + json::serialize(refused.problem.details);
    };
    const auto right = open(invented(there(), "2026-03-01"));
    EXPECT_EQ(right, open(invented(elsewhere(), "2026-03-01")));
    EXPECT_NE(right.find("residence.back_dating"), std::string::npos) << right;
    const auto reason = [](const char* finding) {
        return json::array{json::object{{"finding", finding}, {"reason", "Test"}}};
    };
    for (const auto& overrides : {json::array{}, reason("residence.persons_in_dwelling")})
        EXPECT_EQ(book(invented(there(), "2026-10-26"), world.clerk, overrides).problem.code,
                  "residence.person_blocked");
    EXPECT_EQ(json::serialize(book(invented(there(), "2026-10-26"), world.lead).problem.details),
              R"({"findings":["residence.persons_in_dwelling"]})");
    EXPECT_EQ(book(invented(elsewhere(), "2026-10-26"), world.clerk).outcome, Outcome::done);
}

TEST_F(ChecksSeen, WhoMovedToALessorIsCountedAsFarAsOneSees) {
    const json::object lessor{{"lessor_form", "paper"},
                              {"lessor_name", "Vielvermieter GmbH"},
                              {"lessor_address", elsewhere()},
                              {"lessor_moved_in", "2026-10-26"},
                              {"lessor_persons", json::array{json::object{{"family_name", "Mieter"}}}}};
    auto dwelling = there();
    dwelling["status"] = "E";
    dwelling["moved_in"] = "2026-10-01";
    dwelling["lessor"] = lessor;
    for (const auto& blocks : {json::array{}, json::array{json::object{{"paragraph", "51"}}}})
        world.import_person({{"family_name", "Mieter"},
                             {"given_names", "Max"},
                             {"blocks", blocks},
                             {"dwellings", json::array{dwelling}}});
    auto form = test_form();
    form["lessor"] = lessor;
    const auto id =
        text_of(world.must("case.open",
                           {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "x"}}),
                "case_id");
    world.must("case.submit", {{"case_id", id}, {"form", form}});
    const auto count = [&](const Actor& actor) {
        return integer_of(object_of(finding(id, "residence.same_lessor", actor), "details"), "persons");
    };
    EXPECT_EQ(count(world.clerk), 2);
    EXPECT_EQ(count(world.lead), 3);
}

TEST_F(ChecksSeen, AGuessedSerialNumberIsAnsweredLikeAnyOther) {
    blocked({json::object{{"doc_type", "PA"},
                          {"serial", "LZ6311T47"},
                          {"issuing_authority", "Stadt Testhausen"},
                          {"valid_until", "2031-01-01"},
                          {"state", "lost"}}});
    auto form = guessing(elsewhere(), elsewhere());
    const auto wrong = told(form);
    document_of(form)["serial"] = "LZ6311T47";
    EXPECT_EQ(wrong, told(form));
}

/// Who takes their declaration goes on with it; nobody else learns of it, and once it is over nobody at all.
TEST_F(ChecksSeen, ACaseThatMeansThemIsTheLeadsAndWhosTakesIt) {
    blocked();
    const auto id = prepared_case(world, guessing(elsewhere(), elsewhere()));
    const auto number = world.value("SELECT number FROM case_file WHERE id = $id", {{"id", id}});
    const auto code = [&](const Actor& actor) {
        const auto answer = world.ask("case.get", {{"case_id", id}}, actor);
        if (!answer) return answer.error().code;
        EXPECT_EQ(json::serialize(*answer).find("meant_id"), std::string::npos);
        return std::string();
    };
    const auto title = [&](const Actor& actor) {
        const auto all = json::serialize(*world.ask("case.list", {}, actor));
        const auto found = *world.ask("case.list", {{"number", number}}, actor);
        const auto& row = array_of(found, "cases").front().as_object();
        EXPECT_FALSE(row.contains("meant_id"));
        EXPECT_NE(all.find(json::serialize(row.at("title"))), std::string::npos) << all;
        return text_of(row, "title");
    };
    EXPECT_EQ(code(other_clerk), "residence.person_blocked");
    EXPECT_EQ(title(other_clerk), "Auskunftssperre – nur Leitung");
    EXPECT_EQ(code(world.clerk), "");
    EXPECT_EQ(title(world.clerk), "Anna Maria Müller-Lüdenscheidt");
    EXPECT_EQ(code(world.lead), "");
    EXPECT_EQ(
        world.run(world.request("case.reopen", {{"case_id", id}, {"reason", "x"}}, other_clerk)).problem.code,
        "residence.person_blocked");
    world.must("case.withdraw", {{"case_id", id}, {"reason", "Test"}});
    for (const auto& actor : {world.clerk, other_clerk}) {
        EXPECT_EQ(code(actor), "residence.person_blocked");
        EXPECT_EQ(title(actor), "Auskunftssperre – nur Leitung");
    }
    EXPECT_EQ(code(world.lead), "");
}

/// What is asked with each check and each booking finds its case by the hash that was signed.
TEST_F(ChecksSeen, ReceivedFormsOfWhatWasSignedAreFoundByAnIndex) {
    const auto text = "EXPLAIN QUERY PLAN " + std::string(sql::residence::received_forms_of_signed.text);
    std::string plan;
    for (const auto& row : world.rows(text, {{"signed_hash", std::string("x")}})) plan += row.text("detail");
    EXPECT_NE(plan.find("case_file_signed"), std::string::npos) << plan;
}

}  // namespace
}  // namespace wa
