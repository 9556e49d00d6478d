#include "apps/bench/fleet.hpp"

#include <fmt/format.h>

#include <future>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/hub/enrolment.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/identity.hpp"

namespace wa::bench {

namespace {

constexpr int crowd_residents = 200;
constexpr std::int64_t image_bytes = 400'000;
const std::string crowd_id = "99001001", quiet_id = "99001002";

/// SplitMix64: any place of the stream at once.
std::uint64_t word_at(std::uint64_t number, std::uint64_t place) {
    auto z = number * 0xD1342543DE82EF95ULL + (place + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

Actor manager() {
    return {system::new_id(), "Erika Amt", permissions_of({"system"})};
}

const Origin at_hub{"counter", "hub", "Zentrale", ""};

/// A clerk with a PIN whose signing key we know. Answers with the account's id.
std::string make_clerk(service::TenantRunner& runner, const SignKeys& keys) {
    const auto id = text_of(must(runner, request("user.create",
                                                 {{"login", "bench." + system::new_id().substr(18)},
                                                  {"name", "Erika Amt"},
                                                  {"roles", json::array{"koffer_clerk"}}},
                                                 manager(), at_hub)),
                            "user_id");
    auto self = actor("koffer_clerk");
    self.user_id = id;
    const auto key = to_hex(keys.public_key);
    must(runner, request("user.set_pin", {{"sign_key", key}, {"seal_key", key}, {"wrapped_seed", key}}, self,
                         at_hub));
    return id;
}

FleetDevice enrol_one(hub::Enrolment& enrolment, service::TenantRunner& runner,
                      const std::string& tenant_id) {
    FleetDevice device;
    device.keys = SignKeys::from_seed(system::random_key());
    const auto code = hub::Enrolment::make_code();
    device.id = text_of(must(runner, request("device.prepare",
                                             {{"name", "Koffer"},
                                              {"code_hash", to_hex(hub::Enrolment::hash_code(code))},
                                              {"code_expires", to_rfc3339({system::now().ms + 600'000})}},
                                             manager(), at_hub)),
                        "device_id");
    const auto made = pki::make_device_key_and_request("Koffer");
    if (!made) throw std::runtime_error("no key for a Koffer");
    std::promise<Result<json::object>> answered;
    enrolment.enrol({{"tenant", tenant_id},
                     {"device_id", device.id},
                     {"code", code},
                     {"csr", made->csr_pem},
                     {"sign_key", to_hex(device.keys.public_key)}},
                    [&](Result<json::object> answer) { answered.set_value(std::move(answer)); });
    const auto answer = answered.get_future().get();
    if (!answer) throw std::runtime_error("enrolment: " + answer.error().code);
    device.identity = {text_of(*answer, "certificate"), made->key_pem};
    return device;
}

}  // namespace

MadeScan make_scan(std::uint64_t number, std::int64_t size) {
    MadeScan scan{"", size, number};
    Sha256 sum;
    for (std::int64_t position = 0; position < chunk_count(size); ++position)
        sum.add(scan_chunk(scan, position));
    scan.hash = to_hex(sum.finish());
    return scan;
}

Bytes scan_chunk(const MadeScan& scan, std::int64_t position) {
    Bytes bytes(chunk_size(scan.size, position));
    const auto first = std::uint64_t(position) * document_chunk_bytes / 8;
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        const auto word = word_at(scan.number, first + i / 8);
        for (std::size_t k = i; k < std::min(i + 8, bytes.size()); ++k)
            bytes[k] = std::uint8_t(word >> (8 * (k - i)));
    }
    return bytes;
}

Fleet::Fleet(const Options& options, int crowd_size, int quiet_size)
    : options_(options), engine_(service::full_registry()), clerk_(actor("koffer_clerk")) {
    const auto folder = options.folder.string(), data = folder + "/hub";
    sync_port_ = free_port();
    enrol_port_ = free_port();
    config_ = folder + "/hub.toml";
    run_program(options, fmt::format("admin --data '{}' testland --residents {}", data, crowd_residents));
    system::write_file(config_, fmt::format("data_dir = \"{}\"\ncopy_dir = \"{}/copy\"\nweb_dir = "
                                            "\"{}\"\n[sync]\nport = {}\nenrol_port = {}\n",
                                            data, folder, options.web.string(), sync_port_, enrol_port_));
    crowd = enrol(crowd_id, crowd_size);
    quiet = enrol(quiet_id, quiet_size);
    scratch_ = open_store(options.folder / "scratch.db", false);
    fill(*scratch_, engine_, crowd_residents, "generator");
    scope_ = scope_of(*scratch_, Side::node);
}

FleetTenant Fleet::enrol(const std::string& tenant_id, int devices) {
    const auto data = options_.folder.string() + "/hub";
    hub::Tenants tenants(data, service::full_registry(), tenant_id);
    hub::Enrolment enrolment(tenants, data, "127.0.0.1", sync_port_, enrol_port_);
    ca_pem_ = enrolment.ca_pem();
    auto& runner = *tenants.runner(tenant_id);
    FleetTenant out;
    out.id = tenant_id;
    out.clerk = SignKeys::from_seed(system::random_key());
    const auto clerk_id = make_clerk(runner, out.clerk);
    const auto site = text_of(must(runner, request("site.add",
                                                   {{"name", "Seniorenheim Haus am Mühlbach"},
                                                    {"street", "Mühlbachweg 12"},
                                                    {"postcode", "99101"},
                                                    {"city", "Testhausen"},
                                                    {"contact", "Empfang"},
                                                    {"line_verdict", "weak"}},
                                                   manager(), at_hub)),
                              "site_id");
    const auto today = to_iso(local_date(system::now()));
    for (int i = 0; i < devices; ++i) {
        auto device = enrol_one(enrolment, runner, tenant_id);
        device.clerk_id = clerk_id;
        device.tour_id = text_of(must(runner, request("tour.plan",
                                                      {{"site_id", site},
                                                       {"day", today},
                                                       {"from", "00:01"},
                                                       {"until", "23:59"},
                                                       {"staff", json::array{json::string(clerk_id)}},
                                                       {"device_id", device.id},
                                                       {"exception", "Messung"}},
                                                      manager(), at_hub)),
                                 "tour_id");
        out.devices.push_back(std::move(device));
    }
    return out;
}

void Fleet::add(FleetCase& out, const FleetTenant& tenant, FleetDevice& device, const std::string& name,
                json::object payload) {
    auto tx = scratch_->begin_write();
    const auto command =
        request(name, std::move(payload), clerk_, {"koffer", "generator", "Koffer", device.tour_id});
    const auto result = engine_.run(*tx, scope_, command);
    if (result.outcome != Outcome::done)
        throw std::runtime_error(name + " was refused: " + result.problem.code);
    tx->commit();
    Envelope envelope;
    envelope.previous = device.last_hash;
    envelope.command_id = command.id;
    envelope.name = name;
    envelope.version = command.version;
    envelope.stream = stream_of(*engine_.registry().command(name), result.payload_of(command), command.id);
    envelope.device_id = device.id;
    envelope.tour_id = device.tour_id;
    envelope.device_seq = ++device.last_seq;
    envelope.at_ms = command.at.ms;
    envelope.user_id = device.clerk_id;
    envelope.place = "koffer";
    envelope.payload = canonical_json(result.payload_of(command));
    envelope.seen = result.seen;
    const auto canonical = write_envelope(envelope);
    if (!canonical) throw std::runtime_error(name + " does not fit into an envelope");
    device.last_hash = envelope_hash(*canonical);
    out.envelopes.push_back({device.last_seq, sign_envelope(*canonical, device.keys, tenant.clerk)});
}

/// The generator's own store must hold what it attaches.
void Fleet::keep(const MadeScan& scan) {
    auto tx = scratch_->begin_write();
    for (std::int64_t position = 0; position < chunk_count(scan.size); ++position)
        if (!put_chunk(*tx, scan.hash, scan.size, position, scan_chunk(scan, position)))
            throw std::runtime_error("a scan does not fit");
    tx->commit();
}

FleetCase Fleet::make_case(FleetDevice& device, int images) {
    FleetCase out;
    const auto form = registration_form();
    add(out, crowd, device, "case.open",
        {{"procedure", "residence.registration"},
         {"channel", "koffer"},
         {"title", "Wéronika Łącka"},
         {"tour_id", device.tour_id}});
    const auto case_id = parse_signed_envelope(out.envelopes.back().bytes)->envelope.command_id;
    for (int i = 0; i < images; ++i) {
        out.scans.push_back(make_scan(++scans_made_, image_bytes));
        const auto& scan = out.scans.back();
        keep(scan);
        add(out, crowd, device, "case.attach",
            {{"case_id", case_id},
             {"kind", "lessor_confirmation"},
             {"hash", scan.hash},
             {"size", scan.size},
             {"title", "Wohnungsgeberbestätigung"},
             {"media_type", "image/jpeg"},
             {"original_seen", true}});
    }
    add(out, crowd, device, "case.submit", {{"case_id", case_id}, {"form", form}});
    add(out, crowd, device, "case.hand_over",
        {{"case_id", case_id}, {"what", "privacy_notice"}, {"way", "paper"}});
    return out;
}

FleetCase Fleet::make_opening(FleetTenant& tenant, FleetDevice& device) {
    FleetCase out;
    add(out, tenant, device, "case.open",
        {{"procedure", "residence.registration"},
         {"channel", "koffer"},
         {"title", "Wéronika Łącka"},
         {"tour_id", device.tour_id}});
    return out;
}

}  // namespace wa::bench
