// wa_train_dictionary <out>: trains the dictionary of the line from invented cases only. --measure instead:
// sizes of a typical case on the wire with the dictionary built in.
#include <fmt/format.h>
#include <zdict.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "base/assert.hpp"
#include "base/ids.hpp"
#include "kernel/envelope.hpp"
#include "loop.hpp"
#include "sync/compression.hpp"
#include "sync/wire.hpp"

namespace {

using wa::sim::Random;

const char* pick(Random& random, std::initializer_list<const char*> values) {
    return values.begin()[random.between(0, std::int64_t(values.size()) - 1)];
}

std::string id_of(Random& random, std::int64_t at_ms) {
    std::array<std::uint8_t, 10> bytes{};
    for (auto& byte : bytes) byte = std::uint8_t(random.next());
    return wa::make_id(at_ms, bytes).text();
}

std::string hash_of(Random& random) {
    return wa::to_hex(wa::sha256(std::to_string(random.next())));
}

std::string day(Random& random, int from, int to) {
    return fmt::format("{:04}-{:02}-{:02}", random.between(from, to), random.between(1, 12),
                       random.between(1, 28));
}

wa::json::object dwelling(Random& random) {
    return {{"street", pick(random, {"Lindenweg", "Am Markt", "Schulstraße", "Bahnhofstraße", "Deichstraße",
                                     "Hauptstraße"})},
            {"street_key", fmt::format("{:05}", random.between(1, 900))},
            {"house_no", random.between(1, 120)},
            {"house_no_suffix", pick(random, {"", "a", "b"})},
            {"postcode", fmt::format("{:05}", random.between(21000, 31999))},
            {"city", pick(random, {"Musterhausen", "Neustadt", "Altdorf", "Seeheim"})},
            {"municipality", fmt::format("0335{:04}", random.between(1000, 5999))},
            {"additional", pick(random, {"", "2. OG rechts", "Hinterhaus", "bei Beispiel"})}};
}

wa::json::object person(Random& random) {
    return {{"family_name",
             pick(random, {"Beispiel", "Muster", "Sommer", "Yıldız", "Kowalska", "Petersen", "Winter"})},
            {"birth_name", pick(random, {"", "Herbst", "Frühling"})},
            {"given_names", pick(random, {"Ida", "Jonas Emil", "Ayşe", "Greta Marie", "Oleksandr", "Heinz"})},
            {"doctorate", false},
            {"birth_date", day(random, 1930, 2025)},
            {"birth_place", pick(random, {"Musterhausen", "Neustadt", "Izmir", "Odessa"})},
            {"sex", pick(random, {"m", "w", "d", "x"})},
            {"nationalities", wa::json::array{pick(random, {"000", "163", "152", "166"})}},
            {"religion", pick(random, {"", "ev", "rk"})},
            {"marital_status", pick(random, {"LD", "VH", "VW", "GS"})},
            {"documents",
             wa::json::array{wa::json::object{{"type", pick(random, {"identity_card", "passport"})},
                                              {"serial", fmt::format("L{:08}", random.between(1, 99999999))},
                                              {"issued_by", "Stadt Musterhausen"},
                                              {"valid_until", day(random, 2026, 2035)}}}}};
}

wa::json::object form(Random& random) {
    wa::json::array persons;
    for (auto n = random.between(1, 3); n > 0; --n) persons.push_back(person(random));
    return {{"persons", std::move(persons)},
            {"moved_in", day(random, 2026, 2027)},
            {"new_dwelling", dwelling(random)},
            {"old_dwelling", dwelling(random)},
            {"old_dwelling_kept", false},
            {"dwelling_type", pick(random, {"sole", "main", "secondary"})},
            {"lessor", wa::json::object{{"kind", pick(random, {"owner", "lessor", "self"})},
                                        {"name", pick(random, {"Wohnbau Beispiel GmbH", "Eva Muster"})},
                                        {"confirmed_on", day(random, 2026, 2027)},
                                        {"dwelling", dwelling(random)}}},
            {"address_block", false},
            {"objections", wa::json::object{{"parties", random.chance(500)},
                                            {"jubilees", random.chance(500)},
                                            {"address_books", true},
                                            {"religious_society", false}}}};
}

struct Chain {
    Random& random;
    wa::Hash previous{};
    std::int64_t seq = 0, at = 0;
    std::string device, tour, user;
    std::vector<wa::Bytes> envelopes;

    std::string add(const char* name, const std::string& stream, wa::json::object payload,
                    std::vector<wa::Seen> seen) {
        wa::Envelope e;
        e.previous = previous;
        at += random.between(5'000, 90'000);
        e.command_id = id_of(random, at);
        e.name = name;
        e.stream = stream.empty() ? e.command_id : stream;
        e.device_id = device, e.tour_id = tour, e.user_id = user, e.place = "koffer";
        e.device_seq = ++seq;
        e.at_ms = at;
        e.payload = wa::canonical_json(payload);
        e.seen = std::move(seen);
        const auto canonical = wa::write_envelope(e);
        WA_ASSERT(canonical);
        previous = wa::envelope_hash(*canonical);
        // Signatures are random to whoever packs them; no need to compute real ones.
        auto bytes = *canonical;
        for (std::size_t i = 0; i < wa::envelope_signature_bytes; ++i)
            bytes.push_back(std::uint8_t(random.next()));
        envelopes.push_back(std::move(bytes));
        return e.command_id;
    }
};

/// The eight commands of a registration at the Koffer.
void add_case(Chain& chain) {
    auto& r = chain.random;
    const auto person_id = id_of(r, chain.at - 90'000'000), appointment = id_of(r, chain.at - 9'000'000);
    const auto title =
        fmt::format("{}, {}", pick(r, {"Beispiel", "Muster", "Sommer"}), pick(r, {"Ida", "Jonas", "Heinz"}));
    auto last = chain.add(
        "case.open", "",
        {{"appointment_id", appointment},
         {"channel", "koffer"},
         {"number", fmt::format("K1-{:06}", r.between(1, 400))},
         {"person_id", person_id},
         {"procedure", pick(r, {"residence.registration", "residence.deregistration", "residence.change"})},
         {"title", title},
         {"tour_id", chain.tour}},
        {});
    const auto id = last;
    const auto step = [&](const char* name, wa::json::object payload) {
        payload["case_id"] = id;
        last = chain.add(name, id, std::move(payload), {{"case_file", id, last}});
    };
    const auto scan = hash_of(r), signature = hash_of(r);
    step("case.attach", {{"hash", scan},
                         {"kind", "lessor_confirmation"},
                         {"media_type", "application/pdf"},
                         {"original_seen", true},
                         {"size", r.between(30'000, 400'000)},
                         {"title", "Wohnungsgeberbestätigung"}});
    step("case.submit", {{"form", form(r)}});
    step("case.sign", {{"form_hash", hash_of(r)},
                       {"method", "pad"},
                       {"signature", signature},
                       {"signer", title},
                       {"strokes", hash_of(r)}});
    step("case.precheck", {});
    step("case.hand_over", {{"way", "paper"}, {"what", "privacy_notice"}});
    step("case.issue_receipt", {{"number", fmt::format("K1-Q{:06}", r.between(1, 400))}});
    step("case.hand_over", {{"way", "paper"}, {"what", pick(r, {"declaration", "receipt"})}});
}

Chain new_chain(Random& random) {
    Chain chain{random};
    chain.at = 1'790'000'000'000 + random.between(0, 40'000'000'000);
    chain.device = id_of(random, chain.at), chain.tour = id_of(random, chain.at),
    chain.user = id_of(random, chain.at);
    return chain;
}

int measure() {
    Random random(4711);
    auto chain = new_chain(random);
    for (int i = 0; i < 20; ++i) add_case(chain);
    const auto size = [&](std::size_t from, std::size_t count, std::uint32_t dictionary) {
        wa::sync::Commands commands;
        for (std::size_t i = from; i < from + count; ++i) commands.envelopes.push_back(chain.envelopes[i]);
        return wa::sync::write_message(commands, dictionary).size();
    };
    std::size_t raw = 0;
    for (std::size_t i = 0; i < 8; ++i) raw += chain.envelopes[i].size();
    const auto own = wa::sync::own_dictionary();
    std::size_t singly = 0;
    for (std::size_t i = 0; i < 8; ++i) singly += size(i, 1, own);
    fmt::print(
        "a case, 8 commands: {} bytes as signed; one frame {} with the dictionary, {} without; 8 frames {}\n",
        raw, size(0, 8, own), size(0, 8, 0), singly);
    fmt::print("20 cases in one frame: {} bytes, {} per case, of these {} are signatures\n",
               size(0, 160, own), size(0, 160, own) / 20, 8 * wa::envelope_signature_bytes);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::strcmp(argv[1], "--measure") == 0) return measure();
    if (argc != 2) return 2;
    Random random(1);
    std::vector<std::uint8_t> samples;
    std::vector<std::size_t> sizes;
    for (int i = 0; i < 400; ++i) {
        auto chain = new_chain(random);
        add_case(chain);
        for (const auto& envelope : chain.envelopes) {
            // What is packed: without `previous` (left out) and signatures (sent beside).
            samples.insert(samples.end(), envelope.begin() + 33,
                           envelope.end() - std::ptrdiff_t(wa::envelope_signature_bytes));
            sizes.push_back(envelope.size() - 33 - wa::envelope_signature_bytes);
        }
    }
    std::vector<std::uint8_t> dictionary(12 * 1024);
    const auto size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(),
                                            sizes.data(), unsigned(sizes.size()));
    WA_ASSERT(!ZDICT_isError(size));
    dictionary.resize(size);
    auto* file = std::fopen(argv[1], "wb");
    if (!file) return 1;
    const bool good = std::fwrite(dictionary.data(), 1, dictionary.size(), file) == dictionary.size();
    if (std::fclose(file) != 0 || !good) return 1;
    fmt::print("{} bytes from {} commands\n", dictionary.size(), sizes.size());
    return 0;
}
