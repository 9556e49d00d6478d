// What a Koffer seals to its tenant: all work before a clerk is told, whole cases when they are finished; and
// what is left of a tour when its keys are destroyed. The seals and the queue are those of the product.
#include <fmt/format.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "clerk.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "parts.hpp"
#include "sync/sealed.hpp"
#include "sync/sealed_queue.hpp"

namespace wa::sim {

namespace {

SealKeys keys_of(const Authority& home) {
    return sync::tenant_seal_keys(home.hub.digest_key);
}

constexpr std::string_view expired_mark = "expired ";

}  // namespace

std::unique_ptr<Store> World::open_file(Koffer& koffer, const char* file) {
    SqliteOptions options;
    options.path = file;
    options.disk = koffer.disk;
    return open_sqlite_store(std::move(options));
}

/// Which tour is loaded, and whether its keys are still there.
void World::find_tour(Koffer& koffer) {
    koffer.tour.clear();
    koffer.ended = koffer.expired = false;
    const auto loaded = koffer.disk->read("tour.json");
    if (!loaded) return;
    koffer.tour.assign(loaded->begin(), loaded->end());
    koffer.expired = koffer.tour.starts_with(expired_mark);
    if (koffer.expired) koffer.tour.erase(0, expired_mark.size());
}

void World::open_spool(Koffer& koffer) {
    koffer.spool = std::make_shared<node::Spool>(
        open_file(koffer, "sealed.db"), node::SpoolOwner{koffer.home->hub.tenant.id, koffer.device->id,
                                                         koffer.tour, keys_of(*koffer.home).public_key});
    if (koffer.expired) return;
    koffer.sealer = std::make_shared<node::Sealer>(koffer.store, koffer.spool, registry_of(koffer.newer),
                                                   koffer.device->keys);
    koffer.sealer->begin();
}

/// The tour's time is over, or the Koffer was reported lost: nobody reads the extract any more. What only
/// this machine holds goes home from the spool.
void World::expire(Koffer& koffer) {
    // What the disk did not let us seal would die with the keys: tried again.
    if (koffer.sealer && !koffer.sealer->settled()) {
        koffer.disk->set_capacity(std::nullopt);
        koffer.sealer->committed();
    }
    if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power");
    ++tally_[Trouble::expired];
    tell(koffer.name + ": the tour's keys are destroyed");
    shut(koffer);
    for (const auto* file : {"tour.db", "tour.db-wal"}) koffer.disk->put(file, {});
    const auto mark = std::string(expired_mark) + koffer.tour;
    koffer.disk->put("tour.json", Bytes(mark.begin(), mark.end()));
    koffer.drafts.clear();
    open_koffer(koffer);
    if (koffer.session) pump(koffer);
}

/// What only this case holds, by the word of the step.
void World::note_secrets(Koffer& koffer, const CommandRequest& request, int number, const Bytes& document) {
    const auto case_id = request.name == "case.open" ? request.id : text_of(request.payload, "case_id");
    if (case_id.empty()) return;
    auto& secrets = koffer.secrets[case_id];
    if (request.name == "case.open" || request.payload.contains("form")) secrets.insert(secret_of(number));
    if (document.size() > 64) secrets.emplace(document.begin() + 32, document.begin() + 64);
}

/// What a clerk was told is sealed; of a finished case nothing can be read.
void World::check_sealed(Koffer& koffer) {
    if (!koffer.spool || !koffer.sealer || !koffer.sealer->settled()) return;
    for (const auto& told : koffer.told)
        if (told.tour == koffer.tour && told.device_seq > 0 && !koffer.spool->envelope_hash(told.device_seq))
            return fail(koffer.name + " told its clerk of work that is not sealed: " + told.name);
    const auto tx = koffer.store->begin_read();
    std::vector<const std::string*> words;
    for (const auto& [id, secrets] : koffer.secrets)
        if (node::is_sealed_here(*tx, id))
            for (const auto& word : secrets) words.push_back(&word);
    if (words.empty()) return;
    for (const auto& table : koffer.store->tables())
        for (const auto& row : tx->query(Statement{"sim.readable", "SELECT * FROM " + table}))
            for (const auto& value : row.values()) {
                const auto* text = std::get_if<std::string>(&value);
                const auto* bytes = std::get_if<Bytes>(&value);
                if (!text && !bytes) continue;
                const auto held = text ? std::string_view(*text) : as_view(*bytes);
                for (const auto* word : words)
                    if (held.find(*word) != held.npos)
                        return fail(koffer.name + " can read something of a sealed case: " + table);
            }
}

/// After a command of a clerk: has its case been finished by it?
void World::look_at_case(Koffer& koffer, const std::string& case_id) {
    if (koffer.told.back().device_seq > 0 && koffer.sealer->settled() &&
        !koffer.spool->envelope_hash(koffer.told.back().device_seq))
        return fail(koffer.name + " told its clerk of work that is not sealed: " + koffer.told.back().name);
    if (!node::is_sealed_here(*koffer.store->begin_read(), case_id)) return;
    ++tally_[Trouble::sealed];
    tell(koffer.name + ": a finished case is sealed");
    if (has(Mutation::leaves_sealed_readable)) {
        const auto tx = koffer.store->begin_write();
        tx->execute(sql::kernel::set_setting, {{"key", "left"}, {"value", *koffer.secrets[case_id].begin()}});
        tx->commit();
    }
    check_sealed(koffer);
}

}  // namespace wa::sim
