// What a thief can do: the other half of the page on threats (docs/threat-model.md). Where a test fails
// because they cannot any more, the page says less than is true.
#include <gtest/gtest.h>
#include <tss2/tss2_esys.h>
#include <tss2/tss2_tctildr.h>

#include <filesystem>
#include <thread>

#include "adapters/tpm/software_tpm.hpp"
#include "apps/hub/sealed_work.hpp"
#include "base/pin_key.hpp"
#include "kernel/data.hpp"
#include "sync/sealed.hpp"
#include "sync/sealed_queue.hpp"
#include "tests/refusals/koffer.hpp"

namespace wa::refusals {
namespace {

/// As many as lock an account, and as many again.
constexpr int many_tries = 2 * sign_in_tries_max;

const std::string& clerk_id() {
    return world().testhausen.staff.at("koffer_clerk").actor.user_id;
}

/// The whole disk, copied while the tour was out, opens to the PIN at any machine and at any time.
TEST(Thief, TheWholeDiskWithoutATpmLetsPinsBeTriedElsewhere) {
    Koffer koffer("whole-disk");
    const auto copy = koffer.folder + "-copy";
    std::filesystem::copy(koffer.folder, copy, std::filesystem::copy_options::recursive);
    node::TourVault vault(koffer.folder, koffer.device);
    ASSERT_TRUE(vault.expire());
    EXPECT_FALSE(vault.open(vault.info().value(), clerk_id(), pin, system::now().ms));
    const auto at = [&](const std::string& secret) {
        // The count of tries is put back with the rest of the disk.
        std::filesystem::remove(copy + "/tries.json");
        node::TourVault stolen(copy, koffer.device);
        return stolen.open(stolen.info().value(), clerk_id(), secret, system::now().ms);
    };
    for (int tries = 0; tries < many_tries; ++tries) {
        const auto opened = at(std::to_string(100'000 + tries));
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, "sign_in_failed") << tries;
    }
    const auto opened = at(pin);
    ASSERT_TRUE(opened);
    const auto store = node::TourVault(copy, koffer.device).open_store(opened->tour_key);
    EXPECT_FALSE(store->begin_read()->query({"test", "SELECT family_name FROM person"}).empty());
}

/// With a TPM, where a tour's PIN is asked for what the TPM wants to know.
struct ChipKoffer {
    std::string folder = world().folder + "/chip-" + system::new_id();
    tpm::SoftwareTpm chip{folder};
    Koffer koffer;
    explicit ChipKoffer(const std::string& name) : koffer(name, with_pin_auth, chip.tcti()) {
        EXPECT_TRUE(chip.runs()) << "swtpm does not start; it is one of the packages in ./dev";
    }
    static void with_pin_auth(json::object& package) {
        for (auto& entry : package["keys"].as_array()) {
            auto& key = entry.as_object();
            const auto wrapped = from_hex(text_of(key, "wrapped_seed")).value();
            key["pin_auth"] = to_hex(pin_auth(key_from_pin(pin, wrapped).value()));
        }
    }
    std::int64_t clock() const { return tpm::Tpm(chip.tcti()).clock_ms().value(); }
};

/// Switched off the machine grows no older: with its clock turned back the tour has as long as it had left.
TEST(Thief, ATpmWithoutPowerCountsNoTime) {
    ChipKoffer stolen("tpm-off");
    const auto before = stolen.clock();
    const auto begun = std::chrono::steady_clock::now();
    stolen.chip.power_off();
    std::this_thread::sleep_for(std::chrono::seconds(1));
    stolen.chip.power_on();
    const auto passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    EXPECT_LT(stolen.clock() - before, passed.count() - 500) << "the second without power is missing";
    stolen.koffer.device.tpm = stolen.chip.tcti();
    stolen.koffer.restart();
    EXPECT_EQ(stolen.koffer.sign_in(pin).status, 200);
}

/// As a changed boot loader or system would be measured.
void measure_something_else(const std::string& tcti) {
    TSS2_TCTI_CONTEXT* way = nullptr;
    ESYS_CONTEXT* esys = nullptr;
    ASSERT_EQ(Tss2_TctiLdr_Initialize(tcti.c_str(), &way), TSS2_RC_SUCCESS);
    ASSERT_EQ(Esys_Initialize(&esys, way, nullptr), TSS2_RC_SUCCESS);
    TPML_DIGEST_VALUES digests{};
    digests.count = 1;
    digests.digests[0].hashAlg = TPM2_ALG_SHA256;
    digests.digests[0].digest.sha256[0] = 1;
    for (const auto pcr : {ESYS_TR_PCR0, ESYS_TR_PCR4, ESYS_TR_PCR7, ESYS_TR_PCR9})
        EXPECT_EQ(Esys_PCR_Extend(esys, pcr, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &digests),
                  TSS2_RC_SUCCESS);
    Esys_Finalize(&esys);
    Tss2_TctiLdr_Finalize(&way);
}

TEST(Thief, ATpmGivesTheKeyToWhateverSystemWasStarted) {
    ChipKoffer changed("tpm-boot");
    ASSERT_EQ(changed.koffer.sign_in(pin).status, 200);
    changed.koffer.stop();
    measure_something_else(changed.chip.tcti());
    changed.koffer.start();
    EXPECT_EQ(changed.koffer.sign_in(pin).status, 200);
}

TEST(Thief, TheSignInPageNamesSiteDayAndStaffAndNoCitizen) {
    auto& w = world();
    auto& a = w.testhausen;
    Koffer koffer("page");
    const auto page = koffer.call("GET", "/api/session", {});
    ASSERT_EQ(page.status, 200);
    const auto tour =
        w.ask(a, "SELECT t.day, s.name FROM tour t JOIN site s ON s.id = t.site_id WHERE t.id = $id",
              {{"id", a.objects.at("tour_out")}})
            .front();
    for (const auto& told : {tour.text("day"), tour.text("name"), a.staff.at("koffer_clerk").actor.name})
        EXPECT_NE(page.body.find(told), std::string::npos) << told;
    ASSERT_EQ(koffer.sign_in(pin).status, 200);
    const auto rows = koffer.backend->runner(a.id);
    ASSERT_TRUE(rows);
    const auto read = koffer.call("GET", "/api/session", {}).body;
    rows->read([&](Transaction& tx) {
        for (const auto& person : tx.query({"test", "SELECT id, family_name FROM person"}))
            for (const auto* column : {"id", "family_name"}) {
                EXPECT_EQ(page.body.find(person.text(column)), std::string::npos);
                EXPECT_EQ(read.find(person.text(column)), std::string::npos);
            }
    });
}

/// Whoever has the device's key and one PIN gets what lies under the PINs of the others, and no count.
TEST(Thief, WithOnePinTheOthersOfTheTourAreTriedElsewhere) {
    auto& a = world().testhausen;
    const auto package = check_out(a, system::now().ms, a.clerk_keys);
    const auto& other = a.staff.at("team_lead").actor.user_id;
    Bytes wrapped;
    for (const auto& key : array_of(package, "keys"))
        if (text_of(key.as_object(), "user_id") == other)
            wrapped = from_hex(text_of(key.as_object(), "wrapped_seed")).value();
    ASSERT_FALSE(wrapped.empty());
    for (int tries = 0; tries < many_tries; ++tries)
        EXPECT_FALSE(unwrap_with_secret(std::to_string(100'000 + tries), wrapped));
    EXPECT_TRUE(unwrap_with_secret(pin, wrapped));
    EXPECT_EQ(world()
                  .ask(a, "SELECT pin_tries FROM user_account WHERE id = $id", {{"id", other}})
                  .front()
                  .integer("pin_tries"),
              0);
}

/// A draft has no clerk's signature. It names one, changes nothing of the case, and is nobody's declaration.
TEST(Thief, ADraftIsInventedInAColleaguesNameAndCountsForNothing) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto& device = a.objects.at("device");
    const auto the_case = text_of(w.must(a, "case.open",
                                         {{"procedure", "residence.registration"},
                                          {"channel", "koffer"},
                                          {"title", "Wilhelmine Testfrau"},
                                          {"tour_id", a.objects.at("tour_out")}},
                                         a.staff.at("koffer_clerk").actor),
                                  "case_id");
    const auto row = [&] {
        return json::serialize(
            row_to_json(w.ask(a, "SELECT * FROM case_file WHERE id = $id", {{"id", the_case}}).front()));
    };
    const auto before = row();
    const auto invent = [&](const std::string& whose) {
        const sync::Draft draft{device, a.objects.at("tour_out"), the_case,
                                whose,  system::now().ms,         R"({"moved_in":"2026-11-03"})"};
        const auto sealed = sync::seal_work(sync::tenant_seal_keys(w.runner(a).scope().digest_key).public_key,
                                            sync::write_draft(draft, a.device_keys), system::random_key());
        const auto devices = w.ask(a, "SELECT * FROM device WHERE id = $id", {{"id", device}});
        const auto taken = hub::take_draft(w.runner(a), devices.front(), sealed);
        return taken.refused ? taken.refused->code : "";
    };
    EXPECT_EQ(invent(a.staff.at("team_lead").actor.user_id), "");
    const auto shown = w.query("case.get", {{"case_id", the_case}}, w.sign_in(a, "clerk"));
    EXPECT_NE(shown.raw.find("2026-11-03"), std::string::npos) << shown.raw;
    EXPECT_NE(shown.raw.find(a.staff.at("team_lead").actor.name), std::string::npos)
        << "whose it is said to be";
    EXPECT_EQ(row(), before) << "nothing is declared, signed or decided by it";
    EXPECT_EQ(invent(a.staff.at("clerk").actor.user_id), "envelope_clerk") << "of the tour's staff only";
}

/// What is thrown away is gone; the hub does not take it for brought home.
TEST(Thief, DeletedFilesTakeTheirWorkAlongAndTheTourStaysOut) {
    auto& w = world();
    auto& a = w.testhausen;
    Koffer koffer("deleted");
    koffer.stop();
    std::filesystem::remove_all(koffer.folder + "/tour");
    koffer.start();
    EXPECT_EQ(koffer.sign_in(pin).status, 409) << "there is nothing to open";
    const auto tour =
        w.ask(a, "SELECT state, wiped_ms FROM tour WHERE id = $id", {{"id", a.objects.at("tour_out")}})
            .front();
    EXPECT_EQ(tour.text("state"), "out");
    EXPECT_TRUE(tour.is_null("wiped_ms"));
}

}  // namespace
}  // namespace wa::refusals
