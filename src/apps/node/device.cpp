#include "apps/node/device.hpp"

#include <future>
#include <stdexcept>
#include <thread>

#include "adapters/pki/pki.hpp"
#include "adapters/system/system.hpp"
#include "adapters/tpm/tpm.hpp"
#include "apps/node/device_line.hpp"
#include "apps/node/key_hold.hpp"

namespace wa::node {

namespace {

constexpr int enrolment_attempts = 20;

json::object read_object(const std::string& path) {
    const auto text = system::read_file(path);
    const auto value = text ? parse_json(*text) : std::nullopt;
    if (!value || !value->is_object()) throw std::runtime_error(path + " is not readable");
    return value->get_object();
}

constexpr std::string_view device_purpose = "wanderamt device key";

/// device.key as it is meant; with a TPM it is a box under the machine's key.
json::object read_secret(const std::string& data_dir, const std::string& tcti) {
    auto secret = read_object(data_dir + "/device.key");
    if (tcti.empty()) return secret;
    const auto box = from_hex(text_of(secret, "box"));
    const auto text = box ? decrypt(machine_key(tcti), *box, device_purpose) : std::nullopt;
    const auto value = text ? parse_json(as_view(*text)) : std::nullopt;
    if (!value || !value->is_object()) throw std::runtime_error("device.key is not of this machine");
    return value->get_object();
}

/// @param machine the machine's key when it was just made; otherwise the TPM is asked
void write_secret(const std::string& data_dir, const std::string& tcti, const json::object& secret,
                  const std::optional<Key32>& machine = {}) {
    auto text = json::serialize(secret);
    if (!tcti.empty()) {
        const auto key = machine ? *machine : machine_key(tcti);
        text = json::serialize(json::object{
            {"box", to_hex(encrypt(key, as_span(text), device_purpose, system::random_bytes<24>()))}});
    }
    system::write_file(data_dir + "/device.key", text, true);
}

Key32 key_of(const json::object& object, std::string_view name) {
    const auto bytes = from_hex(text_of(object, name));
    Key32 key;
    if (!bytes || bytes->size() != key.bytes.size()) throw std::runtime_error("device.key is damaged");
    std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
    return key;
}

json::object ask_enrolment(const json::object& file, const json::object& request) {
    http::Loop loop;
    http::LineOptions options;
    options.host = text_of(file, "hub");
    options.port = std::uint16_t(integer_of(file, "enrol_port"));
    options.path = "/enrol";
    options.ca_pem = text_of(file, "ca");
    options.connect_timeout_ms = 5'000;
    std::optional<std::string> message;
    // The hub may be starting, the line may be bad: some patience before people are sent away.
    for (int attempt = 0; attempt < enrolment_attempts && !message; ++attempt) {
        if (attempt > 0) std::this_thread::sleep_for(std::chrono::seconds(1));
        std::promise<std::optional<std::string>> answer;
        ask_hub(loop, options, json::serialize(request),
                [&](std::optional<std::string> said, bool) { answer.set_value(std::move(said)); });
        message = answer.get_future().get();
    }
    if (!message) throw std::runtime_error("the hub " + options.host + " does not answer");
    const auto value = parse_json(*message);
    if (!value || !value->is_object()) throw std::runtime_error("the hub's answer is not readable");
    if (value->get_object().contains("problem"))
        throw std::runtime_error("the hub refused: " + text_of(value->get_object(), "problem") +
                                 " (is the code right and not older than 30 minutes?)");
    return value->get_object();
}

}  // namespace

namespace {

/// The TLS key that belongs to the certificate: after a crash between two files it may be the next one.
std::string key_for(const json::object& secret, const std::string& certificate_pem) {
    for (const auto* name : {"tls_key", "next_tls_key"})
        if (auto key = text_of(secret, name); !key.empty() && pki::fits(certificate_pem, key)) return key;
    throw std::runtime_error("device.key does not belong to the certificate in device.json");
}

}  // namespace

std::optional<Device> read_device(const std::string& data_dir) {
    if (!system::read_file(data_dir + "/device.json")) return std::nullopt;
    const auto open = read_object(data_dir + "/device.json");
    Device device;
    device.tpm = text_of(open, "tpm");
    const auto secret = read_secret(data_dir, device.tpm);
    device.id = text_of(open, "device_id");
    device.name = text_of(open, "name");
    device.tenant_id = text_of(open, "tenant");
    device.tenant_name = text_of(open, "tenant_name");
    device.hub = text_of(open, "hub");
    device.sync_port = int(integer_of(open, "sync_port"));
    device.ca_pem = text_of(open, "ca");
    device.identity = std::make_shared<CurrentIdentity>();
    const auto certificate = text_of(open, "certificate");
    device.identity->set({certificate, key_for(secret, certificate)});
    device.sign_keys = SignKeys::from_seed(key_of(secret, "sign_seed"));
    if (device.tpm.empty()) device.storage_key = key_of(secret, "storage_key");
    return device;
}

pki::DeviceRequest prepare_next_key(const std::string& data_dir, const std::string& name) {
    const auto made = pki::make_device_key_and_request(name);
    if (!made) throw std::runtime_error("no key could be made for this name");
    const auto tcti = text_of(read_object(data_dir + "/device.json"), "tpm");
    auto secret = read_secret(data_dir, tcti);
    secret["next_tls_key"] = made->key_pem;
    write_secret(data_dir, tcti, secret);
    return *made;
}

bool take_certificate(const std::string& data_dir, const std::string& certificate_pem) {
    auto open = read_object(data_dir + "/device.json");
    const auto tcti = text_of(open, "tpm");
    auto secret = read_secret(data_dir, tcti);
    const auto key = text_of(secret, "next_tls_key");
    if (key.empty() || !pki::fits(certificate_pem, key)) return false;
    open["certificate"] = certificate_pem;
    system::write_file(data_dir + "/device.json", json::serialize(open), true);
    secret["tls_key"] = key;
    secret.erase("next_tls_key");
    write_secret(data_dir, tcti, secret);
    return true;
}

namespace {

/// An enrolled machine fetches a new certificate with a code; the hub knows it by its signing key.
void enrol_again(const std::string& data_dir, const Device& device, const json::object& file,
                 const std::string& code) {
    if (text_of(file, "device_id") != device.id)
        throw std::runtime_error("the enrolment file is for another device, not for " + device.name);
    const auto made = prepare_next_key(data_dir, device.name);
    const auto answer = ask_enrolment(file, {{"tenant", device.tenant_id},
                                             {"device_id", device.id},
                                             {"code", code},
                                             {"csr", made.csr_pem},
                                             {"sign_key", to_hex(device.sign_keys.public_key)}});
    if (!take_certificate(data_dir, text_of(answer, "certificate")))
        throw std::runtime_error("the hub's certificate does not belong to this machine's key");
}

}  // namespace

namespace {

constexpr int pin_tries = 10, minutes_a_try = 15;

/// The TPM to use, made ready; empty when there is none to use.
std::string tpm_of(const TpmChoice& choice) {
    const tpm::Tpm machine(choice.tcti);
    if (!choice.tcti.empty() && machine.works()) {
        // Where somebody else owns the TPM's rule of tries, theirs holds.
        machine.set_lockout(pin_tries, minutes_a_try);
        return choice.tcti;
    }
    if (choice.demanded)
        throw std::runtime_error("this machine has no TPM 2.0 that keeps keys for us (" + choice.tcti +
                                 "), and tpm.demand is set");
    return "";
}

}  // namespace

void enrol_device(const std::string& data_dir, const json::object& file, const std::string& code,
                  const TpmChoice& choice, bool again) {
    system::make_folder(data_dir);
    if (const auto device = read_device(data_dir)) {
        if (again) return enrol_again(data_dir, *device, file, code);
        throw std::runtime_error("this machine is enrolled already; for a new certificate add --again");
    }
    const auto made = pki::make_device_key_and_request(text_of(file, "name"));
    if (!made) throw std::runtime_error("no key could be made for this name");
    const auto tcti = tpm_of(choice);
    const auto seed = system::random_key();
    const auto answer = ask_enrolment(file, {{"tenant", text_of(file, "tenant")},
                                             {"device_id", text_of(file, "device_id")},
                                             {"code", code},
                                             {"csr", made->csr_pem},
                                             {"sign_key", to_hex(SignKeys::from_seed(seed).public_key)}});
    auto open = file;
    open["certificate"] = text_of(answer, "certificate");
    open["tenant_name"] = text_of(object_of(answer, "tenant"), "name");
    json::object secret{{"tls_key", made->key_pem}, {"sign_seed", to_hex(seed.bytes)}};
    if (tcti.empty()) {
        secret["storage_key"] = to_hex(system::random_key().bytes);
        write_secret(data_dir, "", secret);
    } else {
        open["tpm"] = tcti;
        write_secret(data_dir, tcti, secret, make_machine_key(tcti));
    }
    system::write_file(data_dir + "/device.json", json::serialize(open), true);
}

void destroy_device(const std::string& data_dir) {
    const auto open = system::read_file(data_dir + "/device.json");
    const auto value = open ? parse_json(*open) : std::nullopt;
    const auto tcti = value && value->is_object() ? text_of(value->get_object(), "tpm") : "";
    if (!tcti.empty()) destroy_machine_key(tcti);
    system::destroy_file(data_dir + "/device.key");
    system::remove_file(data_dir + "/device.json");
}

}  // namespace wa::node
