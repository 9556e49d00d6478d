// Many at once: two persons release it.
#include "modules/residence/testing_keeping.hpp"

namespace wa::keeping {
namespace {

struct Many : Keeping {
    Actor other{"00000000000000000000000C2K", "Udo Amt", permissions_of({"clerk"})};

    /// Without a lessor, so that one rule concerns them.
    void leave(int number, const char* on) {
        json::array persons;
        for (int i = 0; i < number; ++i) {
            auto dwelling = dwelling_until(on);
            dwelling.erase("lessor");
            persons.push_back(json::object{{"id", world.next_id()},
                                           {"family_name", "Fehling"},
                                           {"given_names", "Ragna"},
                                           {"birth_date", "1991-02-23"},
                                           {"religion", "ev"},
                                           {"status", "departed"},
                                           {"dwellings", json::array{std::move(dwelling)}}});
        }
        world.must("residence.import", {{"persons", std::move(persons)}}, system_actor());
    }
    std::int64_t religions(const char* day) { return integer_of(night(day), "religions"); }
    /// The code of the refusal; empty: closed.
    std::string close(std::string_view kind, const Actor& by, const char* outcome = "done") {
        const auto task = world.value("SELECT id FROM task WHERE state = 'open' AND kind = $kind",
                                      {{"kind", std::string(kind)}});
        return world
            .run(world.request("task.close", {{"task_id", task}, {"outcome", outcome}, {"result", "geprüft"}},
                               by))
            .problem.code;
    }
    void release() {
        EXPECT_EQ(close(mass_erasure, world.lead), "");
        EXPECT_EQ(close(mass_erasure_second, world.clerk), "");
    }
    int asked() {
        return world.count("SELECT COUNT(*) FROM task WHERE state = 'open' AND kind LIKE 'mass_erasure%'");
    }
};

TEST_F(Many, GoWhenTheLeadAndASecondPersonHaveReleasedThem) {
    leave(101, "2024-06-30");
    EXPECT_EQ(religions("2026-11-06"), 0);
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    EXPECT_NE(world.value("SELECT title FROM task").find("101"), std::string::npos);
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    EXPECT_EQ(religions("2026-11-08"), 0);
    EXPECT_EQ(close(mass_erasure_second, world.clerk), "");
    EXPECT_EQ(religions("2026-11-09"), 101);
    EXPECT_EQ(asked(), 0);
    EXPECT_EQ(world.value("SELECT COUNT(DISTINCT actor) FROM journal WHERE name = 'task.close'"), "2");
    EXPECT_EQ(world.value("SELECT j.actor || ' ' || s.subject_id FROM journal j JOIN journal_subject s ON "
                          "s.seq = j.seq WHERE j.name = 'task.close' AND s.subject_type = 'second_person'"),
              world.clerk.user_id + " " + world.lead.user_id)
        << "handbook § 1.5: the four-eyes partner of a step";
}

TEST_F(Many, AHundredNeedNobody) {
    leave(100, "2024-06-30");
    EXPECT_EQ(religions("2026-11-06"), 100);
    EXPECT_EQ(asked(), 0);
}

TEST_F(Many, OnePersonIsNotTwoAndAClerkNotTheLead) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.clerk), "permission_denied");
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    EXPECT_EQ(close(mass_erasure_second, world.lead), "message.needs_second_person");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(close(mass_erasure_second, other), "");
    EXPECT_EQ(religions("2026-11-08"), 101);
}

/// In whichever order they come.
TEST_F(Many, WhoWasTheSecondPersonIsNotTheLeadToo) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure_second, world.lead), "");
    EXPECT_EQ(close(mass_erasure, world.lead), "message.needs_second_person");
}

/// What falls due between the list and its release is not on the list.
TEST_F(Many, OnlyWhatWasListedIsReleased) {
    leave(101, "2024-06-30");
    leave(101, "2025-06-30");
    EXPECT_EQ(religions("2026-12-31"), 0);
    release();
    EXPECT_EQ(religions("2027-01-01"), 101);
    EXPECT_EQ(asked(), 0);
    EXPECT_EQ(religions("2027-01-02"), 0);
    EXPECT_EQ(asked(), 2);
}

/// A register that is taken over brings what was due long ago.
TEST_F(Many, AListThatHasGrownIsAskedForAgain) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    release();
    leave(1, "2024-06-30");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    EXPECT_NE(world.value("SELECT title FROM task WHERE state = 'open'").find("102"), std::string::npos);
}

/// As many as before, and yet others than those the two have looked at.
TEST_F(Many, AListWithOthersIsAskedForAgain) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    release();
    world.change("UPDATE person SET religion = '' WHERE id = (SELECT MIN(id) FROM person)", {});
    leave(1, "2024-06-30");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    release();
    EXPECT_EQ(religions("2026-11-08"), 101);
}

/// Nobody releases a list that is not right any more.
TEST_F(Many, AListThatChangesWhileItWaitsIsAskedForAgain) {
    leave(102, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    hold("person_id", world.value("SELECT id FROM person"));
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    release();
    EXPECT_EQ(religions("2026-11-08"), 101);
}

/// A hold is never harmful: what is held stays, and so few others need nobody.
TEST_F(Many, WhoIsHeldBeforehandIsOnNoList) {
    leave(101, "2024-06-30");
    const auto held = world.value("SELECT id FROM person");
    hold("person_id", held);
    EXPECT_EQ(religions("2026-11-06"), 100);
    EXPECT_EQ(asked(), 0);
    EXPECT_EQ(religion(held), "ev");
}

TEST_F(Many, AReleaseIsForOneListOnly) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    release();
    EXPECT_EQ(religions("2026-11-07"), 101);
    leave(101, "2024-06-30");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
}

/// Else the lead alone refuses a list, holds one of it and has the others erased.
TEST_F(Many, WhatIsNotReleasedIsAskedAgainAlsoWhenItIsFew) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.lead, "dropped"), "");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    hold("person_id", world.value("SELECT id FROM person"));
    EXPECT_EQ(religions("2026-11-08"), 0) << "nobody has released it yet";
    for (const auto kind : {mass_erasure, mass_erasure_second})
        EXPECT_EQ(close(kind, world.lead, "dropped"), "");
    EXPECT_EQ(religions("2026-11-09"), 0) << "it was refused";
    EXPECT_EQ(asked(), 2);
    release();
    EXPECT_EQ(religions("2026-11-10"), 100);
    EXPECT_EQ(asked(), 0);
    leave(100, "2024-06-30");
    EXPECT_EQ(religions("2026-11-11"), 100) << "that list is over";
}

/// What nobody has to decide any more is asked of nobody.
TEST_F(Many, AListOfWhichNothingIsLeftIsOver) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    world.change("UPDATE person SET religion = ''", {});
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 0);
}

TEST_F(Many, TheListSaysWhoseReleaseIsMissing) {
    world.change(
        "INSERT INTO user_account (id, version, login, name, roles, state) VALUES ($id, 'V', 'l', $name, "
        "'[]', 'active')",
        {{"id", world.lead.user_id}, {"name", world.lead.name}});
    leave(101, "2024-06-30");
    const auto listed = [&] {
        const auto answer = world.ask("residence.erasures", {{"on", "2026-11-07"}}, world.lead);
        return answer ? array_of(*answer, "rules").at(0).as_object() : json::object{};
    };
    EXPECT_TRUE(flag_of(listed(), "needs_release"));
    EXPECT_TRUE(array_of(listed(), "releases").empty());
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    EXPECT_EQ(json::serialize(array_of(listed(), "releases")),
              "[{\"by\":\"lead\",\"since\":\"2026-11-06\",\"count\":101,\"released_by\":\"Lotte Leitung\"},"
              "{\"by\":\"second\",\"since\":\"2026-11-06\",\"count\":101,\"released_by\":\"\"}]");
}

TEST_F(Many, MoreThanANightTakesAtATimeIsSaid) {
    leave(501, "2024-06-30");
    religions("2026-11-05");
    release();
    const auto first = night("2026-11-06"), second = night("2026-11-06");
    EXPECT_EQ(integer_of(first, "religions"), 500);
    EXPECT_TRUE(flag_of(first, "more"));
    EXPECT_EQ(integer_of(second, "religions"), 1);
    EXPECT_FALSE(flag_of(second, "more"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM person WHERE religion <> ''"), 0);
}

}  // namespace
}  // namespace wa::keeping
