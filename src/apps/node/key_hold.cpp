#include "apps/node/key_hold.hpp"

#include <filesystem>
#include <stdexcept>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "adapters/tpm/tpm.hpp"
#include "kernel/data.hpp"
#include "modules/tours/data.hpp"

namespace wa::node {

namespace {

constexpr std::string_view outer_purpose = "wanderamt outer key on this device";
constexpr tpm::Slot machine_slot = 0, first_slot = 1, last_slot = 31;
/// Often enough that a power cut gives nobody hours back, seldom enough for the TPM's memory.
constexpr std::int64_t clock_step_ms = 15 * 60'000;

std::optional<Key32> to_key(const std::optional<Bytes>& bytes) {
    Key32 key;
    if (!bytes || bytes->size() != key.bytes.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
    return key;
}

class FileHold : public KeyHold {
  public:
    FileHold(std::string path, const Key32& storage_key)
        : path_(std::move(path)), storage_key_(storage_key) {}

    json::object keep(const Key32& outer, const std::vector<Member>&, std::int64_t, std::int64_t) override {
        const auto box = encrypt(storage_key_, outer.bytes, outer_purpose, system::random_bytes<24>());
        system::write_file(path_, as_view(box), true);
        return {};
    }
    Result<Key32> give(const json::object&, const std::string&, const Hash&) override {
        const auto box = system::read_file(path_);
        const auto key = box ? to_key(decrypt(storage_key_, as_span(*box), outer_purpose)) : std::nullopt;
        if (!key) return fail(problems::store_damaged);
        return *key;
    }
    bool destroy() override { return system::destroy_file(path_); }

  private:
    std::string path_;
    Key32 storage_key_;
};

Problem why_not(const tpm::ReadResult& read) {
    switch (read.outcome) {
        case tpm::ReadOutcome::wrong:
            return Problem(problems::sign_in_failed);
        case tpm::ReadOutcome::locked:
            return Problem(problems::tours_chip_locked, {{"minutes", read.wait_minutes}});
        case tpm::ReadOutcome::expired:
            return Problem(problems::tour_expired);
        case tpm::ReadOutcome::missing:
            log::error("the TPM does not have the tour's key");
            return Problem(problems::tours_chip_empty);
        case tpm::ReadOutcome::failed:
            log::error("the TPM does not answer");
            return Problem(problems::tours_chip_silent);
        case tpm::ReadOutcome::good:
            break;
    }
    return Problem(problems::store_damaged);
}

NotKept not_taken() {
    log::error("the TPM does not take the tour's key");
    return NotKept(Problem(problems::tours_chip_silent));
}

class TpmHold : public KeyHold {
  public:
    explicit TpmHold(const std::string& tcti) : tpm_(tcti) {}

    json::object keep(const Key32& outer, const std::vector<Member>& members, std::int64_t expires_ms,
                      std::int64_t now_ms) override {
        const auto clock = tpm_.clock_ms();
        if (!clock) log::error("the TPM does not answer");
        if (!clock || !destroy()) throw not_taken();
        const auto end = *clock + std::max<std::int64_t>(0, expires_ms - now_ms);
        json::object slots;
        auto slot = first_slot;
        for (const auto& member : members) {
            if (!member.pin_auth) continue;
            if (slot > last_slot || !tpm_.keep(slot, outer.bytes, *member.pin_auth, end)) {
                const auto read = tpm_.read(slot, *member.pin_auth, end);
                throw read.outcome == tpm::ReadOutcome::locked ? NotKept(why_not(read)) : not_taken();
            }
            slots[member.user_id] = slot++;
        }
        return {{"end_ms", end}, {"slots", std::move(slots)}};
    }

    Result<Key32> give(const json::object& kept, const std::string& user_id, const Hash& auth) override {
        const auto slot = int(integer_of(object_of(kept, "slots"), user_id, -1));
        if (slot < first_slot || slot > last_slot) return fail(problems::tours_pin_anew);
        const auto read = tpm_.read(slot, auth, integer_of(kept, "end_ms"));
        if (read.outcome == tpm::ReadOutcome::good)
            if (const auto key = to_key(read.secret)) return *key;
        return fail(why_not(read));
    }

    bool destroy() override {
        bool all = true;
        for (auto slot = first_slot; slot <= last_slot; ++slot) all = tpm_.destroy(slot) && all;
        return all;
    }

    void time_is(const json::object& kept, std::int64_t expires_ms, std::int64_t now_ms) override {
        if (now_ms < next_step_ms_) return;
        next_step_ms_ = now_ms + clock_step_ms;
        // Where the TPM's clock should stand if the machine had never been off. It only goes forward: a wall
        // clock turned back moves nothing.
        const auto target = integer_of(kept, "end_ms") - (expires_ms - now_ms);
        const auto clock = tpm_.clock_ms();
        if (clock && target > *clock) tpm_.advance_clock(target);
    }

  private:
    tpm::Tpm tpm_;
    std::int64_t next_step_ms_ = 0;
};

}  // namespace

std::unique_ptr<KeyHold> hold_in_file(std::string path, const Key32& storage_key) {
    return std::make_unique<FileHold>(std::move(path), storage_key);
}

std::unique_ptr<KeyHold> hold_in_tpm(const std::string& tcti) {
    return std::make_unique<TpmHold>(tcti);
}

Key32 make_machine_key(const std::string& tcti) {
    const auto key = system::random_key();
    if (!tpm::Tpm(tcti).keep(machine_slot, key.bytes, {}, std::nullopt))
        throw std::runtime_error("the TPM does not take the device's key");
    return key;
}

Key32 machine_key(const std::string& tcti) {
    const auto read = tpm::Tpm(tcti).read(machine_slot, {}, std::nullopt);
    if (read.outcome == tpm::ReadOutcome::failed)
        throw std::runtime_error("the TPM does not answer (" + tcti + ")");
    const auto key = to_key(read.secret);
    if (!key)
        throw std::runtime_error(
            "the TPM does not have the device's key: it was cleared, or this is another machine");
    return *key;
}

bool destroy_machine_key(const std::string& tcti) {
    return tpm::Tpm(tcti).destroy(machine_slot);
}

}  // namespace wa::node
