#include "apps/hub/enrolment.hpp"

#include <stdexcept>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::hub {

namespace {

constexpr int authority_days = 3650;
// Longer than a hub runs without a start.
constexpr int server_days = 825;
constexpr int wrong_codes_max = 5;

pki::Authority read_authority(const std::string& path, const Keyring& keyring) {
    if (const auto text = system::read_file(path)) {
        const auto value = parse_json(*text);
        if (!value || !value->is_object()) throw std::runtime_error(path + " is not readable");
        const auto key = keyring.unwrap(text_of(value->get_object(), "key"), "authority");
        return {text_of(value->get_object(), "certificate"), std::string(as_view(key))};
    }
    const auto made = pki::make_authority("Wanderamt Zentrale", authority_days, system::now());
    if (!made) throw std::runtime_error("the certificate authority could not be made");
    system::write_file(
        path,
        json::serialize(json::object{{"certificate", made->certificate_pem},
                                     {"key", keyring.wrap(as_span(made->key_pem), "authority")}}),
        true);
    return *made;
}

/// A prepared device, or one that is enrolled and proves by its key that it is the same machine.
bool may_enrol(const Row& device, const json::object& request) {
    if (device.text("state") == "prepared") return true;
    const auto sign_key = from_hex(text_of(request, "sign_key"));
    return device.text("state") == "active" && !device.is_null("code_hash") && sign_key &&
           *sign_key == device.bytes("sign_key");
}

}  // namespace

Enrolment::Enrolment(Tenants& tenants, const std::string& data_dir, std::string host, int sync_port,
                     int enrol_port)
    : tenants_(tenants), host_(std::move(host)), sync_port_(sync_port), enrol_port_(enrol_port) {
    authority_ = read_authority(data_dir + "/authority.json", tenants.keyring());
    // The hub's own certificate is made anew at every start: nothing to renew, nothing to forget.
    const auto server =
        pki::issue_server(authority_, {host_, "127.0.0.1", "localhost"}, server_days, system::now());
    if (!server) throw std::runtime_error("the hub's certificate could not be made for " + host_);
    server_ = *server;
}

std::string Enrolment::make_code() {
    // 60 bits in three groups that can be read out on the telephone.
    const auto id = make_id(0, system::random_bytes<10>()).text();
    return id.substr(14, 4) + "-" + id.substr(18, 4) + "-" + id.substr(22, 4);
}

Hash Enrolment::hash_code(const std::string& code) {
    return sha256("wanderamt enrolment " + code);
}

json::object Enrolment::enrolment_file(const std::string& tenant_id, const std::string& device_id,
                                       const std::string& name) const {
    return {{"hub", host_},
            {"sync_port", sync_port_},
            {"enrol_port", enrol_port_},
            {"ca", authority_.certificate_pem},
            {"tenant", tenant_id},
            {"device_id", device_id},
            {"name", name}};
}

void Enrolment::enrol(const json::object& request, std::function<void(Result<json::object>)> done) {
    const auto runner = tenants_.runner(text_of(request, "tenant"));
    const auto device_id = text_of(request, "device_id");
    if (!runner) return done(fail(problems::device_code_wrong));
    std::optional<Row> device;
    runner->read([&](Transaction& tx) { device = read_row(tx, "device", device_id); });
    if (!device || !code_fits(*device, request)) {
        // Only a device that we know is named: anything could stand there.
        log::warn("enrolment refused", {{"device", device ? device_id : ""}});
        return done(fail(problems::device_code_wrong));
    }
    // A device that is enrolled keeps its keys and its numbers; only its certificate is new.
    const bool first = device->text("state") == "prepared";
    certify(runner, device_id, text_of(request, "csr"), first ? text_of(request, "sign_key") : "",
            std::move(done));
}

bool Enrolment::code_fits(const Row& device, const json::object& request) {
    const auto expected = device.bytes("code_hash");
    if (expected.empty() || device.integer("code_expires_ms") <= system::now().ms) return false;
    std::lock_guard lock(mutex_);
    auto& tries = wrong_tries_[device.text("id")];
    if (tries.code_hash != expected) tries = {expected, 0};
    if (tries.wrong >= wrong_codes_max) return false;
    const auto code = hash_code(text_of(request, "code"));
    const bool good = may_enrol(device, request) && expected.size() == code.size() &&
                      equal_in_constant_time(expected, code);
    tries.wrong += !good;
    return good;
}

std::size_t Enrolment::tried_devices() {
    std::lock_guard lock(mutex_);
    return wrong_tries_.size();
}

void Enrolment::renew(const Tenants::DeviceOf& device, const std::string& csr,
                      std::function<void(Result<json::object>)> done) {
    certify(device.runner, device.device.text("id"), csr, "", std::move(done));
}

void Enrolment::certify(std::shared_ptr<service::TenantRunner> runner, const std::string& device_id,
                        const std::string& csr, const std::string& sign_key,
                        std::function<void(Result<json::object>)> done) {
    const auto certificate =
        pki::issue_device(authority_, csr, device_id, device_certificate_days, system::now());
    const auto print = certificate ? pki::fingerprint(*certificate) : std::nullopt;
    const auto until = certificate ? pki::expires_at(*certificate) : std::nullopt;
    if (!print || !until) return done(fail(problems::request_malformed));
    CommandRequest command;
    command.id = system::new_id();
    command.name = sign_key.empty() ? "device.renew" : "device.enrol";
    command.payload = {{"device_id", device_id},
                       {"certificate", to_base64url(as_span(*certificate))},
                       {"certificate_until", to_rfc3339(*until)},
                       {"fingerprint", to_hex(*print)}};
    if (!sign_key.empty()) command.payload["sign_key"] = sign_key;
    command.actor = system_actor();
    command.origin = {"system", "hub", "Zentrale", ""};
    command.at = system::now();
    runner->run(std::move(command), [done, certificate = *certificate, runner](CommandResult result) {
        if (result.outcome != Outcome::done) return done(fail(result.problem));
        done(json::object{{"certificate", certificate}, {"tenant", tenant_to_json(runner->scope().tenant)}});
    });
}

http::SocketHandler Enrolment::handler() {
    return [this](const http::Request&,
                  std::shared_ptr<http::Socket> socket) -> std::optional<http::SocketCallbacks> {
        http::SocketCallbacks callbacks;
        callbacks.on_message = [this, socket](std::string_view message, bool) {
            const auto value = parse_json(message);
            const auto answered = [socket](Result<json::object> answer) {
                socket->send_text(
                    json::serialize(answer ? *answer : json::object{{"problem", answer.error().code}}));
                socket->close();
            };
            if (value && value->is_object()) return enrol(value->get_object(), answered);
            log::warn("enrolment refused", {{"device", ""}});
            answered(fail(problems::request_malformed));
        };
        return callbacks;
    };
}

}  // namespace wa::hub
