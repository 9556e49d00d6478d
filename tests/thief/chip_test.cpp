// Useless to a thief, with a TPM (swtpm, a real one in software): what somebody can do with the disk, the
// machine, or both, and what not. The same with real processes, and every byte ever written: forensic.mjs.
#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/tpm/software_tpm.hpp"
#include "base/pin_key.hpp"
#include "tests/refusals/koffer.hpp"

namespace wa::refusals {
namespace {

/// What TPMs ask for is in the package of a hub where PINs were set; here it follows from the test's PIN.
void with_pin_auth(json::object& package) {
    for (auto& entry : package["keys"].as_array()) {
        auto& key = entry.as_object();
        const auto wrapped = from_hex(text_of(key, "wrapped_seed")).value();
        key["pin_auth"] = to_hex(pin_auth(key_from_pin(pin, wrapped).value()));
    }
}

struct Chip {
    std::string folder = world().folder + "/chip-" + system::new_id();
    tpm::SoftwareTpm chip{folder};
    Chip() { EXPECT_TRUE(chip.runs()) << "swtpm does not start; it is one of the packages in ./dev"; }
};

TEST(Thief, TheDiskAloneOpensNothingWhereThereIsATpm) {
    Chip right, stranger;
    Koffer koffer("tpm-disk", with_pin_auth, right.chip.tcti());
    ASSERT_EQ(koffer.sign_in(pin).status, 200);
    koffer.restart();
    const auto tour = node::TourVault(koffer.folder, koffer.device).info().value();
    EXPECT_FALSE(std::filesystem::exists(koffer.folder + "/tour/outer.key"));
    // The whole disk at another machine, with the right PIN: there is nothing to try a PIN on.
    koffer.device.tpm = stranger.chip.tcti();
    koffer.restart();
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.chip_empty");
    const auto seed = Key32(sha256("clerk " + world().testhausen.id));
    const auto wrapped = wrap_with_secret(pin, seed.bytes, HashCost::test, {}, {});
    const auto all = koffer.all_bytes();
    EXPECT_EQ(all.find(as_view(wrapped)), std::string::npos);
    EXPECT_EQ(all.find(to_hex(wrapped)), std::string::npos) << "the seed lies under the PIN alone";
    for (const auto& member : tour.staff) EXPECT_EQ(member.pin_recipe.size(), pin_recipe_bytes);
    koffer.device.tpm = right.chip.tcti();
    koffer.restart();
    EXPECT_EQ(koffer.sign_in(pin).status, 200) << "and at its own machine it opens";
}

TEST(Thief, WrongPinsAreCountedByTheTpmWhateverTheDiskSays) {
    Chip chip;
    ASSERT_TRUE(tpm::Tpm(chip.chip.tcti()).set_lockout(3, 15));
    Koffer koffer("tpm-tries", with_pin_auth, chip.chip.tcti());
    std::string last;
    for (int tries = 0; tries < 4; ++tries) {
        // A thief puts back the disk before each try.
        std::filesystem::remove(koffer.folder + "/tries.json");
        last = code_of(koffer.sign_in("111111"));
        if (tries < 3) {
            EXPECT_EQ(last, "sign_in_failed");
        }
    }
    EXPECT_EQ(last, "tours.chip_locked");
    std::filesystem::remove(koffer.folder + "/tries.json");
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.chip_locked") << "also the right one";
    chip.chip.power_off();
    chip.chip.power_on();
    koffer.device.tpm = chip.chip.tcti();
    koffer.restart();
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.chip_locked") << "nor does switching off help";
}

TEST(Thief, TheTpmsClockEndsATourWhateverTheWallClockSays) {
    Chip chip;
    Koffer koffer("tpm-clock", with_pin_auth, chip.chip.tcti());
    const auto copy = koffer.folder + "-copy";
    std::filesystem::copy(koffer.folder, copy, std::filesystem::copy_options::recursive);
    const auto tour = node::TourVault(koffer.folder, koffer.device).info().value();
    ASSERT_TRUE(tpm::Tpm(chip.chip.tcti()).advance_clock(integer_of(tour.kept, "end_ms")));
    // A copy of the disk of before, the same machine, the wall clock still at noon of the tour.
    node::TourVault vault(copy, koffer.device);
    const auto& clerk = world().testhausen.staff.at("koffer_clerk").actor.user_id;
    const auto opened = vault.open(tour, clerk, pin, system::now().ms);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "tour_expired");
}

TEST(Thief, WhatIsDestroyedDoesNotComeBackWithACopyOfTheDisk) {
    Chip chip;
    Koffer koffer("tpm-copy", with_pin_auth, chip.chip.tcti());
    const auto copy = koffer.folder + "-copy";
    std::filesystem::copy(koffer.folder, copy, std::filesystem::copy_options::recursive);
    node::TourVault vault(koffer.folder, koffer.device), copied(copy, koffer.device);
    ASSERT_TRUE(vault.expire());
    const auto opened =
        copied.open(copied.info().value(), world().testhausen.staff.at("koffer_clerk").actor.user_id, pin,
                    system::now().ms);
    EXPECT_FALSE(opened) << "the TPM has let go of the key";
}

TEST(Thief, APinWithoutWhatATpmAsksForIsSaidToBeSetAnew) {
    Chip chip;
    // Set by a program that did not keep it.
    const auto without = [](json::object& package) {
        for (auto& entry : package["keys"].as_array()) entry.as_object().erase("pin_auth");
    };
    Koffer koffer("pin-anew", without, chip.chip.tcti());
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.pin_anew");
}

}  // namespace
}  // namespace wa::refusals
