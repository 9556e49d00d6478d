// Somebody who is not allowed to: another device with what it has overheard, a Koffer whose memory was
// tampered with, a stolen certificate with invented work, false bytes under the name of somebody's scan.
#include <fmt/format.h>

#include "apps/hub/koffer_desk.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "parts.hpp"

namespace wa::sim {

namespace {

SignKeys forgers_keys() {
    static const auto keys = SignKeys::from_seed(Key32(sha256("forger")));
    return keys;
}

Bytes invented(const std::string& command_id, const Device& device, const std::string& tour,
               const Clerk& clerk, std::int64_t seq, const Hash& previous, const std::string& marker,
               std::int64_t at_ms) {
    Envelope e;
    e.previous = previous;
    e.command_id = command_id;
    e.name = "case.open";
    e.stream = command_id;
    e.device_id = device.id;
    e.tour_id = tour;
    e.device_seq = seq;
    e.at_ms = at_ms;
    e.user_id = clerk.id;
    e.place = "koffer";
    e.payload = canonical_json(json::object{{"channel", "koffer"},
                                            {"number", "K9-000001"},
                                            {"procedure", "residence.registration"},
                                            {"title", marker + " Fälschung"}});
    return sign_envelope(*write_envelope(e), forgers_keys(), forgers_keys());
}

}  // namespace

void World::forge(Koffer& koffer, const Step& step) {
    if (!hub_up_) return;
    Random random(step.seed);
    auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    const auto kind = random.between(0, 4);
    ++tally_[Trouble::forged];
    if (kind == 4) {
        // Bytes under the hash of a scan that is on its way.
        if (!koffer.store) return;
        const auto rows = koffer.store->begin_read()->query(Statement{
            "sim.pending", "SELECT hash, size FROM document_upload WHERE at_hub = 0 ORDER BY hash LIMIT 1"});
        if (rows.empty()) return;
        const auto hash = rows.front().text("hash");
        const auto size = rows.front().integer("size");
        tell("forger: sends false bytes under the name of a scan of " + koffer.name);
        submit(tenant,
               {[hash, size, home = koffer.home](Transaction& tx) {
                    (void)sync::store_chunk(tx, home->hub, {hash, size, 0, Bytes(chunk_size(size, 0), 7)});
                },
                [] {}, [](const std::string&) {}});
        return;
    }
    std::vector<Bytes> envelopes;
    // Whoever sends has the certificate of this Koffer's tenant, perhaps of another Koffer.
    const auto& sender =
        koffer.home->devices[std::size_t(random.between(0, std::int64_t(koffer.home->devices.size()) - 1))];
    if (kind >= 2) {
        if (koffer.tour.empty()) return;
        std::int64_t last = 0;
        for (const auto& told : koffer.told)
            if (told.tour == koffer.tour) last = std::max(last, told.device_seq);
        const auto id = id_from(fmt::format("forged {} {}", plan_.seed, step.number), day_zero);
        tenant.forged.insert(id);
        const auto previous = koffer.queue->envelope_hash(last);
        envelopes.push_back(invented(id, sender, koffer.tour, *koffer.clerk, last + 1,
                                     previous.value_or(Hash{}), tenant.who->marker, day_zero + loop_.now));
        tell("forger: sends invented work as " + sender.name);
    } else {
        if (overheard_.empty()) return;
        auto [owner, bytes] = overheard_[std::size_t(random.between(0, std::int64_t(overheard_.size()) - 1))];
        const auto& victim = *koffers_[std::size_t(owner)];
        if (kind == 1) {
            bytes[std::size_t(random.between(0, std::int64_t(bytes.size()) - 1))] ^= 4;
            if (victim.home != koffer.home) return;
            tell(fmt::format("forger: sends changed work of {} as {}", victim.name, sender.name));
        } else {
            if (victim.device == &sender) return;  // a repetition, nothing forged
            tell(fmt::format("forger: sends work of {} as {}", victim.name, sender.name));
            if (const auto parsed = parse_signed_envelope(bytes); parsed && victim.home != koffer.home)
                tenant.forged.insert(parsed->envelope.command_id);
        }
        envelopes.push_back(std::move(bytes));
    }
    submit(tenant,
           {[this, &tenant, &sender, envelopes](Transaction& tx) {
                const auto row = read_row(tx, "device", sender.id);
                auto known = hub::known_device(*row);
                auto clerks = hub::clerk_lookup();
                if (has(Mutation::believes_forgers)) {
                    known.sign_key = forgers_keys().public_key;
                    clerks = [real = hub::clerk_lookup()](Transaction& t, const std::string& device,
                                                          const std::string& tour, const std::string& user) {
                        auto found = real(t, device, tour, user);
                        if (found) found->sign_key = forgers_keys().public_key;
                        return found;
                    };
                }
                (void)sync::execute(tx, hub_engine(), tenant.who->hub, known, clerks, envelopes, hub_now());
            },
            [] {}, [](const std::string&) {}});
}

}  // namespace wa::sim
