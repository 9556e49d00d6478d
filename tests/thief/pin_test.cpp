// What a thief can do with a Koffer's certificate and without a PIN, and what a clerk's new PIN leaves of the
// old one.
#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "base/pin_key.hpp"
#include "kernel/data.hpp"
#include "modules/tours/module.hpp"
#include "sync/sealed.hpp"
#include "tests/refusals/koffer.hpp"

namespace wa::refusals {
namespace {

Bytes wrapped_by(const Authority& authority) {
    return wrap_with_secret(pin, Key32(sha256("clerk " + authority.id)).bytes, HashCost::test, {}, {});
}

json::object prove(const Authority& authority, const std::string& tour, const std::string& proof) {
    return ask_hub(authority, {{"op", "prove_pin"},
                               {"tour_id", authority.objects.at(tour)},
                               {"user_id", authority.staff.at("koffer_clerk").actor.user_id},
                               {"pin_auth", proof}});
}

/// With the certificate alone there is nothing to try PINs on: the hub judges them, and counts.
TEST(Thief, PinsAreTriedAtTheHubOnlyAndCountedThere) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto& clerk = a.staff.at("koffer_clerk").actor.user_id;
    const auto wrapped = wrapped_by(a);
    const auto right = to_hex(pin_auth(key_from_pin(pin, wrapped).value())), wrong = std::string(64, 'a');
    const auto tours = json::serialize(ask_hub(a, {{"op", "tours"}}));
    EXPECT_NE(tours.find(to_hex(std::span(wrapped).first(pin_recipe_bytes))), std::string::npos);
    EXPECT_EQ(tours.find(to_hex(wrapped)), std::string::npos);
    EXPECT_EQ(tours.find("wrapped"), std::string::npos);
    const auto counted = [&] {
        return w.ask(a, "SELECT pin_tries, failed_tries FROM user_account WHERE id = $id", {{"id", clerk}})
            .front();
    };
    for (int left = sign_in_tries_max - 1; left >= 0; --left) {
        const auto answer = prove(a, "tour_out", wrong);
        EXPECT_EQ(text_of(answer, "problem"), "sign_in_failed");
        EXPECT_EQ(integer_of(object_of(answer, "details"), "tries_left"), left);
        EXPECT_EQ(counted().integer("pin_tries"), left == 0 ? 0 : sign_in_tries_max - left);
    }
    const auto journal = w.journal_length(a);
    for (const auto& proof : {right, wrong})
        EXPECT_EQ(text_of(prove(a, "tour_out", proof), "problem"), "account_locked");
    EXPECT_EQ(w.journal_length(a), journal) << "or the certificate alone would fill it";
    EXPECT_EQ(counted().integer("failed_tries"), 0) << "nobody is kept from the desk by it";
    w.must(a, "user.unlock", {{"user_id", clerk}}, a.staff.at("admin").actor);
    EXPECT_EQ(text_of(prove(a, "tour_out", right), "wrapped_seed"), to_hex(wrapped));
    const auto set_state = [&](const char* state) {
        auto tx = w.runner(a).store().begin_write();
        tx->execute({"test", "UPDATE tour SET state = $state WHERE id = $id"},
                    {{"state", std::string(state)}, {"id", a.objects.at("tour_out")}});
        tx->commit();
    };
    const auto tried = w.journal_length(a);
    for (const auto* proof : {"", "aa"})
        EXPECT_EQ(text_of(prove(a, "tour_out", proof), "problem"), "request_malformed");
    // Of another device's tour, or one that is over, nothing at all.
    EXPECT_EQ(text_of(prove(a, "tour_other", right), "problem"), "envelope_clerk");
    set_state("in");
    EXPECT_EQ(text_of(prove(a, "tour_out", right), "problem"), "envelope_clerk");
    set_state("out");
    EXPECT_EQ(w.journal_length(a), tried) << "what is not tried at all fills no journal";
    // A working set over the line says nothing about it either.
    const auto tx = w.runner(a).store().begin_read();
    const auto rows = working_set(*tx, w.runner(a).engine().registry(), a.objects.at("tour_out"));
    for (const auto& [table, row] : rows) {
        if (table != "user_account") continue;
        EXPECT_TRUE(row.is_null("wrapped_seed") && row.is_null("pin_auth"));
    }
}

/// Somebody new with a PIN, who fetches tours.
struct Newcomer {
    Authority& authority = world().testhausen;
    Actor actor;
    SignKeys keys;

    Newcomer() {
        auto& w = world();
        const auto made = w.must(authority, "user.create",
                                 {{"login", "neu." + system::new_id()},
                                  {"name", "Nora Neu"},
                                  {"roles", json::array{"koffer_clerk"}}});
        actor = {text_of(made, "user_id"), "Nora Neu", permissions_of({"koffer_clerk"})};
    }
    void set_pin(const std::string& words, bool compromised = false) {
        keys = SignKeys::from_seed(Key32(sha256(words)));
        world().must(authority, "user.set_pin",
                     {{"sign_key", to_hex(keys.public_key)},
                      {"seal_key", to_hex(keys.public_key)},
                      {"wrapped_seed", "00"},
                      {"compromised", compromised}},
                     actor);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    std::string plan_tour(int day, const std::string& device = "other_device") {
        return text_of(world().must(authority, "tour.plan",
                                    {{"site_id", authority.objects.at("site")},
                                     {"day", to_iso(add_days(local_date(system::now()), day))},
                                     {"from", "07:00"},
                                     {"until", "07:30"},
                                     {"staff", json::array{json::string(actor.user_id)}},
                                     {"exception", "Test"},
                                     {"device_id", authority.objects.at(device)}}),
                       "tour_id");
    }
    std::string fetch_tour(int day, const std::string& device = "other_device") {
        const auto tour = plan_tour(day, device);
        world().must(authority, "tour.check_out",
                     {{"tour_id", tour}, {"device_id", authority.objects.at(device)}}, actor);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return tour;
    }
    std::vector<Hash> former_keys(const std::string& tour, const std::string& device = "other_device") {
        std::vector<Hash> keys_of_before;
        world().runner(authority).read([&](Transaction& tx) {
            const auto known =
                hub::clerk_lookup()(tx, authority.objects.at(device), tour, actor.user_id).value();
            EXPECT_EQ(known.sign_key, keys.public_key);
            keys_of_before = known.former_keys;
        });
        return keys_of_before;
    }
};

TEST(Thief, AFormerKeyProvesWorkOfToursThatWerePackedWithIt) {
    Newcomer nora;
    nora.set_pin("first");
    const auto first = nora.keys.public_key;
    const auto early = nora.fetch_tour(40), planned = nora.plan_tour(46);
    nora.set_pin("second");
    const auto second = nora.keys.public_key;
    const auto late = nora.fetch_tour(41);
    EXPECT_EQ(nora.former_keys(early), std::vector<Hash>{first});
    EXPECT_TRUE(nora.former_keys(late).empty()) << "its PIN was another one already";
    EXPECT_TRUE(nora.former_keys(planned).empty()) << "nobody has packed it with anything";
    // Of a Koffer whose tour has gone over to another one, the first time it was fetched counts.
    world().must(nora.authority, "tour.reassign",
                 {{"tour_id", late}, {"device_id", nora.authority.objects.at("device")}, {"reason", "Test"}});
    nora.set_pin("third", true);
    EXPECT_TRUE(nora.former_keys(late).empty()) << "somebody else has the second PIN";
    EXPECT_TRUE(nora.former_keys(early).empty()) << "and perhaps the first";
    nora.set_pin("fourth");
    const auto third = std::vector<Hash>{SignKeys::from_seed(Key32(sha256("third"))).public_key};
    EXPECT_EQ(nora.former_keys(late), third);
    EXPECT_NE(second, third.front());
}

/// The key that has proved their work until then is not asked for another tour.
TEST(Thief, WhoHasLeftFetchesNoTour) {
    auto& w = world();
    Newcomer nora;
    nora.set_pin("any");
    auto& a = nora.authority;
    const auto tour = nora.plan_tour(42, "device");
    const auto ask = [&] {
        const auto at_ms = system::now().ms;
        const auto text = hub::check_out_text(tour, a.objects.at("device"), at_ms);
        return ask_hub(a, {{"op", "check_out"},
                           {"tour_id", tour},
                           {"user_id", nora.actor.user_id},
                           {"at_ms", at_ms},
                           {"signature", to_hex(sign(nora.keys, as_span(text)))}});
    };
    EXPECT_EQ(text_of(ask(), "tour_id"), tour);
    w.must(a, "user.set_state", {{"user_id", nora.actor.user_id}, {"state", "left"}},
           a.staff.at("admin").actor);
    EXPECT_EQ(text_of(ask(), "problem"), "envelope_clerk");
}

/// Whoever has copied the proof of a tour once hears of its rows only while the tour is out with that Koffer.
TEST(Thief, ACopiedProofOfATourShowsNothingOnceItIsOver) {
    auto& w = world();
    Newcomer nora;
    nora.set_pin("any");
    auto& a = nora.authority;
    const auto tour = nora.fetch_tour(43, "device");
    const auto proof = sync::tour_proof(w.runner(a).scope().digest_key, a.objects.at("device"), tour);
    const auto is_shown = [&] {
        Line line(a);
        line.hello(tour);
        line.send(sync::RowsWanted{proof});
        EXPECT_FALSE(line.closed());
        const auto heard = line.heard();
        return std::any_of(heard.begin(), heard.end(), [](const sync::Message& message) {
            const auto* changes = std::get_if<sync::Changes>(&message);
            return changes && !changes->rows.empty();
        });
    };
    const auto set = [&](const std::string& columns) {
        auto tx = w.runner(a).store().begin_write();
        const auto text = "UPDATE tour SET " + columns + " WHERE id = $id";
        tx->execute({"test", text}, {{"id", tour}});
        tx->commit();
    };
    EXPECT_TRUE(is_shown());
    for (const auto& [over, again] :
         {std::pair{"state = 'in'", "state = 'out'"},
          {"wiped_ms = 1", "wiped_ms = NULL"},
          {"expires_ms = expires_ms - 99999999999", "expires_ms = expires_ms + 99999999999"}}) {
        set(over);
        EXPECT_FALSE(is_shown()) << over;
        set(again);
    }
    EXPECT_TRUE(is_shown());
    w.must(a, "tour.reassign",
           {{"tour_id", tour}, {"device_id", a.objects.at("other_device")}, {"reason", "Test"}});
    EXPECT_FALSE(is_shown()) << "it brings its work home, and hears nothing more";
}

/// Reads that come home are told by the Koffer: of whom and when is proved by its tour, and who has said so
/// stands beside it.
TEST(Thief, ReadsAreOfTheTourAndItsStaff) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto& clerk = a.staff.at("koffer_clerk").actor;
    const auto tell = [&](const std::string& actor, Timestamp at) {
        CommandRequest request;
        request.id = system::new_id();
        request.name = "journal.reads";
        request.payload = {
            {"entries", json::array{json::object{
                            {"at", to_rfc3339(at)},
                            {"name", "person.get"},
                            {"actor", actor},
                            {"reason", "Anruf"},
                            {"subjects", json::array{json::object{{"type", "person"},
                                                                  {"id", a.objects.at("person")}}}}}}}};
        request.actor = clerk;
        request.origin = {"koffer", a.objects.at("device"), "Koffer", a.objects.at("tour_out")};
        request.at = system::now();
        request.replayed = true;
        auto result = w.runner(a).run_and_wait(request);
        result.answer["id"] = request.id;
        return result;
    };
    const auto lead = a.staff.at("team_lead").actor.user_id;
    const auto told = tell(lead, {0});
    ASSERT_EQ(told.outcome, Outcome::done) << told.problem.code;
    const auto entries = w.ask(a, "SELECT * FROM journal WHERE command_id = $id ORDER BY seq",
                               {{"id", text_of(told.answer, "id")}});
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].text("kind"), "read");
    EXPECT_EQ(entries[0].text("actor"), lead);
    EXPECT_EQ(entries[0].text("reason"), "Anruf");
    EXPECT_GT(entries[0].integer("at_ms"), system::now().ms - 86'400'000)
        << "no read before there was a tour";
    EXPECT_EQ(entries[1].text("kind"), "command");
    EXPECT_EQ(entries[1].text("actor"), clerk.user_id) << "who has signed it";
    const auto foreign = tell(a.staff.at("clerk").actor.user_id, system::now());
    EXPECT_EQ(foreign.problem.code, "tours.not_staff");
}

}  // namespace
}  // namespace wa::refusals
