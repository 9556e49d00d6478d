// Taking a booked registration back.
#include "kernel/journal.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct Revoke : ::testing::Test {
    TestWorld world;

    std::string known() {
        auto dwelling = test_dwelling("00102", "Marktplatz", 7);
        dwelling["status"] = "E";
        dwelling["moved_in"] = "2010-01-01";
        return world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                    {"given_names", "Anna Maria"},
                                    {"birth_date", "1962-04-03"},
                                    {"religion", "rk"},
                                    {"marital_status", "LD"},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    std::string booked(json::object form, const std::string& person = "") {
        const auto id = prepared_case(world, std::move(form));
        json::array persons;
        if (!person.empty()) persons.push_back(json::object{{"index", 0}, {"person_id", person}});
        world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}});
        return id;
    }
    std::string refused(const std::string& case_id, const Actor& actor) {
        return world
            .run(world.request("residence.revoke", {{"case_id", case_id}, {"reason", "Irrtum"}}, actor))
            .problem.code;
    }
    void revoke(const std::string& case_id) {
        world.must("residence.revoke", {{"case_id", case_id}, {"reason", "Irrtum"}}, world.lead);
    }
};

TEST_F(Revoke, TheFormerDwellingHoldsAgain) {
    const auto person = known();
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    const auto id = booked(std::move(form), person);
    const auto booked_at = world.at.ms;
    world.at.ms += 1000;
    revoke(id);
    EXPECT_EQ(world.value("SELECT first_decided_at_ms || ' ' || decided_at_ms FROM case_file"),
              std::to_string(booked_at) + " " + std::to_string(world.at.ms));
    const auto rows = world.rows("SELECT * FROM dwelling");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].text("street"), "Marktplatz");
    EXPECT_EQ(rows[0].integer("current"), 1);
    EXPECT_EQ(rows[0].text("moved_out"), "");
    EXPECT_EQ(rows[0].text("deregistered_on"), "");
    EXPECT_EQ(world.value("SELECT religion FROM person"), "rk");
    EXPECT_EQ(world.value("SELECT status || ' ' || decision FROM case_file"), "withdrawn revoked");
    // History keeps what was booked and that it was taken back.
    EXPECT_EQ(
        world.value("SELECT value FROM dwelling_history WHERE field = 'dwelling' AND kind = 'correction'"),
        "Lindenweg 5, 99101 Testhausen");
    EXPECT_EQ(
        world.value("SELECT source FROM person_history WHERE kind = 'correction' AND field = 'religion'"),
        "Rücknahme: Irrtum");
    // The search finds the person at the former street again, and the journal proves every row.
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_search WHERE key LIKE 'SLINDENWEG|%'"), "0");
    EXPECT_NE(world.value("SELECT COUNT(*) FROM person_search WHERE key LIKE 'SMARKTPLATZ|%'"), "0");
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

TEST_F(Revoke, AStatusGoesBack) {
    const auto person = known();
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    keep_previous(form, 20, 8);
    const auto id = booked(std::move(form), person);
    EXPECT_EQ(world.value("SELECT status FROM dwelling WHERE street = 'Marktplatz'"), "N");
    revoke(id);
    EXPECT_EQ(world.value("SELECT status FROM dwelling WHERE street = 'Marktplatz'"), "E");
    // The journal says, too, who had booked what somebody else takes back.
    EXPECT_EQ(world.value("SELECT subject_id FROM journal_subject WHERE subject_type = 'second_person'"),
              world.clerk.user_id);
}

TEST_F(Revoke, ANewFamilyIsKeptAsWithdrawn) {
    const auto id = booked(test_family());
    revoke(id);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person WHERE status = 'withdrawn'"), "3");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling"), "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM relation WHERE valid_to = ''"), "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox WHERE state = 'due'"), "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM task WHERE state <> 'dropped'"), "0");
    EXPECT_EQ(world.letter("confirmation", id).error().code, "residence.not_booked");
    // Registered rightly afterwards, they are the same persons.
    auto again = test_family();
    const auto case_id = prepared_case(world, std::move(again));
    EXPECT_EQ(world.run("residence.book", {{"case_id", case_id}}).problem.code, "residence.findings_open");
}

/// The block they asked for, and that of a house on the municipality's list (BMG §§ 51, 52), come and go with
/// the booking.
TEST_F(Revoke, BlocksGoWithIt) {
    const auto person = known();
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    form["new_dwelling"] = test_dwelling("00102", "Marktplatz", 9);
    mover_of(form)["block_request"] = true;
    const auto blocks = [&] { return world.value("SELECT blocks FROM person"); };
    const auto id = booked(std::move(form), person);
    EXPECT_NE(blocks().find("Bedingter Sperrvermerk"), std::string::npos) << blocks();
    EXPECT_NE(blocks().find("\"provisional_from\":\"2026-11-05\""), std::string::npos) << blocks();
    revoke(id);
    EXPECT_EQ(blocks(), "[]");
}

/// Litigation is when bookings are taken back (handbook § 10): the hold on the case outlives it, and holds
/// everybody it had registered.
TEST_F(Revoke, ALegalHoldGoesOverToThePersons) {
    auto form = test_family();
    json::array persons;
    for (std::size_t i = 0; i < 3; ++i) {
        auto record = person_of(form, i);
        auto dwelling = test_dwelling("00102", "Marktplatz", 7);
        for (const auto& [name, value] :
             {std::pair{"status", "E"}, {"moved_in", "2010-01-01"}, {"moved_out", "2024-06-30"}})
            dwelling[name] = value;
        record["status"] = "departed";
        record["dwellings"] = json::array{std::move(dwelling)};
        persons.push_back(
            json::object{{"index", std::int64_t(i)}, {"person_id", world.import_person(std::move(record))}});
    }
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}});
    world.must("residence.hold", {{"case_id", id}, {"reason", "Klage"}}, world.lead);
    revoke(id);
    const auto holds = [&](const char* whose) {
        return world.value(std::string("SELECT COUNT(DISTINCT ") + whose +
                           ") FROM task WHERE kind = 'legal_hold' AND state = 'open'");
    };
    EXPECT_EQ(holds("case_id"), "1");
    EXPECT_EQ(holds("person_id"), "3");
    const auto night = [&] {
        return integer_of(world.must("residence.forget_departed", {}, system_actor()), "religions");
    };
    EXPECT_EQ(night(), 0);
    for (const auto& task : world.rows("SELECT id, case_id FROM task WHERE kind = 'legal_hold'")) {
        json::object done{{"task_id", task.text("id")}, {"result", "entschieden"}};
        world.must("task.close", std::move(done), world.lead);
    }
    EXPECT_EQ(night(), 3);
}

TEST_F(Revoke, ALegalHoldAfterItHoldsEverybodyToo) {
    const auto id = booked(test_family());
    revoke(id);
    world.must("residence.hold", {{"case_id", id}, {"reason", "Klage"}}, world.lead);
    EXPECT_EQ(world.value("SELECT COUNT(DISTINCT person_id) FROM task WHERE kind = 'legal_hold'"), "3");
    world.at = *parse_timestamp("2028-01-05T08:00:00Z");
    EXPECT_EQ(integer_of(world.must("residence.forget_departed", {}, system_actor()), "withdrawn"), 0);
}

TEST_F(Revoke, ALegalHoldOutlivesAWithdrawal) {
    const auto id = prepared_case(world, test_form());
    world.must("residence.hold", {{"case_id", id}, {"reason", "Klage"}}, world.lead);
    world.must("case.withdraw", {{"case_id", id}, {"reason", "zieht doch nicht ein"}});
    EXPECT_EQ(world.value("SELECT state FROM task WHERE kind = 'legal_hold'"), "open");
}

/// The card of somebody else does not stay valid at the person it was booked to.
TEST_F(Revoke, PapersGoAndThoseKnownBeforeStay) {
    const auto person = known();
    {
        auto tx = world.store().begin_write();
        tx->execute(
            {"test",
             "INSERT INTO person_document (id, version, person_id, doc_type, serial, issuing_authority, "
             "issuing_country, issue_date, valid_until, state) "
             "VALUES ('D1', 'before', $id, 'RP', 'C01X00T47', '', '', '', '2030-01-01', 'valid')"},
            {{"id", person}});
        tx->commit();
    }
    const auto papers = [&] { return world.value("SELECT GROUP_CONCAT(serial) FROM person_document"); };
    const auto id = booked(test_form(), person);
    EXPECT_NE(papers().find("L01X00T47"), std::string::npos);
    revoke(id);
    EXPECT_EQ(papers(), "C01X00T47");
}

TEST_F(Revoke, TakesSomebodyElse) {
    const auto id = booked(test_form());
    EXPECT_EQ(refused(id, world.clerk), "permission_denied");
    auto opener = world.lead;
    opener.user_id = world.clerk.user_id;
    EXPECT_EQ(refused(id, opener), "residence.needs_second_person");
    revoke(id);
    EXPECT_EQ(refused(id, world.lead), "residence.not_booked");
}

/// Who booked it with a reason of the lead cannot be the one who takes it back.
TEST_F(Revoke, NotByWhoBookedIt) {
    auto form = test_form();
    form["moved_in"] = "2026-04-01";
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book",
               {{"case_id", id},
                {"overrides",
                 json::array{json::object{{"finding", "residence.back_dating"}, {"reason", "Mietvertrag"}}}}},
               world.lead);
    EXPECT_EQ(refused(id, world.lead), "residence.needs_second_person");
    auto other = world.lead;
    other.user_id = "00000000000000000000000KAE";
    EXPECT_EQ(refused(id, other), "");
}

/// What waits is never sent; who was told already is told again.
TEST_F(Revoke, MessagesAreCancelledOrCorrected) {
    const auto id = booked(test_form());
    const auto sent = world.value("SELECT id FROM outbox WHERE message_type = 'rueckmeldung'");
    {
        auto tx = world.store().begin_write();
        tx->execute({"test", "UPDATE outbox SET state = 'handed_over' WHERE id = $id"}, {{"id", sent}});
        tx->commit();
    }
    const auto before = world.value("SELECT COUNT(*) FROM outbox");
    revoke(id);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox WHERE state = 'due'"), "1");
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE state = 'due'"), "Meldebehörde 99001002");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox WHERE state = 'cancelled'"),
              std::to_string(std::stoi(before) - 1));
}

TEST_F(Revoke, NotAfterALaterBooking) {
    const auto person = known();
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    const auto first = booked(form, person);
    form["previous_dwelling"] = test_dwelling("00101", "Lindenweg", 5);
    form["new_dwelling"] = test_dwelling("00103", "Müllerstraße", 9);
    form["moved_in"] = "2026-11-02";
    const auto second = booked(form, person);
    EXPECT_EQ(refused(first, world.lead), "residence.changed_since");
    revoke(second);
    EXPECT_EQ(world.value("SELECT street FROM dwelling WHERE current = 1"), "Lindenweg");
}

/// A register that was taken over names a child's custodian and a spouse without saying who they are here.
/// The booking finds out; taken back, they are named as before, and the child has a custodian.
TEST_F(Revoke, WhoBelongedTogetherBeforeStillDoes) {
    auto form = test_family();
    const auto named = [&](std::size_t of, const char* kind, std::size_t other) {
        auto record = person_of(form, of);
        record["status"] = "departed";
        json::object relation{{"kind", kind}};
        for (const auto* field : {"family_name", "given_names", "birth_date"})
            relation[field] = person_of(form, other)[field];
        record["relations"] = json::array{std::move(relation)};
        return json::object{{"index", std::int64_t(of)},
                            {"person_id", world.import_person(std::move(record))}};
    };
    json::array persons{named(0, "spouse", 1), named(1, "spouse", 0), named(2, "custodian", 0)};
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}});
    const auto open = [&](const char* linked) {
        return world.value(std::string("SELECT COUNT(*) FROM relation WHERE valid_to = '' AND other_id ") +
                           linked + " ''");
    };
    EXPECT_EQ(open("<>"), "6");
    revoke(id);
    EXPECT_EQ(open("<>"), "0");
    EXPECT_EQ(open("="), "3");
}

/// The spouse who lives there is on nobody's form; what the booking wrote about them goes with it.
TEST_F(Revoke, TheLinkOfTheSpouseAtHomeEnds) {
    auto dwelling = test_dwelling("00101", "Lindenweg", 5);
    dwelling["status"] = "E";
    const json::object karl{
        {"family_name", "Schmidt"}, {"given_names", "Karl"}, {"birth_date", "1959-01-01"}};
    auto record = karl;
    record["dwellings"] = json::array{std::move(dwelling)};
    const auto there = world.import_person(std::move(record));
    auto linked = karl;
    linked["kind"] = "spouse";
    linked["other_id"] = there;
    const auto person = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Anna Maria"},
                                             {"birth_date", "1962-04-03"},
                                             {"status", "departed"},
                                             {"relations", json::array{std::move(linked)}}});
    auto form = test_form();
    person_of(form)["marital_status"] = "VH";
    person_of(form)["marital_status_since"] = "1990-05-12";
    person_of(form)["spouse"] = karl;
    person_of(form)["spouse"].as_object()["same_dwelling"] = true;
    const auto id = booked(std::move(form), person);
    const auto holds = [&](const std::string& whose) {
        return world.value("SELECT COUNT(*) FROM relation WHERE valid_to = '' AND person_id = $id",
                           {{"id", whose}});
    };
    EXPECT_EQ(holds(there), "1");
    revoke(id);
    EXPECT_EQ(holds(there), "0");
    EXPECT_EQ(holds(person), "1");
}

/// Booked again after what they had said was erased, they are registered whole.
TEST_F(Revoke, WhoIsBookedAgainMuchLaterIsRegisteredWhole) {
    auto form = test_form();
    revoke(booked(form));
    world.at.ms += 400LL * 86'400'000;
    world.must("residence.forget_departed", {}, system_actor());
    EXPECT_EQ(world.value("SELECT birth_place || sex || order_mark FROM person"), "");
    form["moved_in"] = "2027-12-01";
    booked(form, world.value("SELECT id FROM person"));
    EXPECT_EQ(world.value("SELECT birth_place || sex || order_mark FROM person"),
              "Musterstedtw19620403w-0001");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM task WHERE kind = 'data_differ'"), "0");
}

/// Nobody declared the new name: it does not stand in the way, and the former dwelling takes it too.
TEST_F(Revoke, AlsoWhenTheStreetWasRenamedSince) {
    const auto person = known();
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    const auto id = booked(std::move(form), person);
    world.rename_street("00101", "Selma-Stern-Weg", "2026-11-02");
    world.rename_street("00102", "Platz der Freiheit", "2026-11-03");
    EXPECT_EQ(world.value("SELECT street FROM dwelling WHERE current = 1"), "Selma-Stern-Weg");
    revoke(id);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling"), "1");
    EXPECT_EQ(world.value("SELECT street FROM dwelling WHERE current = 1"), "Marktplatz");
    world.must("residence.rename_dwellings", {}, system_actor());
    EXPECT_EQ(world.value("SELECT street FROM dwelling WHERE current = 1"), "Platz der Freiheit");
}

/// The office's clock went back between the booking and the renaming.
TEST_F(Revoke, AlsoWhenTheClockWasWrongWhenTheStreetWasRenamed) {
    const auto id = booked(test_form());
    world.at.ms -= 86'400'000;
    world.rename_street("00101", "Selma-Stern-Weg", "2026-11-02");
    world.at.ms += 86'400'000;
    EXPECT_EQ(world.value("SELECT street FROM dwelling WHERE current = 1"), "Selma-Stern-Weg");
    revoke(id);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling"), "0");
}

TEST_F(Revoke, OnlyWhatIsBooked) {
    EXPECT_EQ(refused(prepared_case(world, test_form()), world.lead), "residence.not_booked");
}

}  // namespace
}  // namespace wa
