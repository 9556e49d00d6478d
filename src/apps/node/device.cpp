#include "apps/node/device.hpp"

#include <future>
#include <stdexcept>
#include <thread>

#include "adapters/pki/pki.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/device_line.hpp"

namespace wa::node {

namespace {

constexpr int enrolment_attempts = 20;

json::object read_object(const std::string& path) {
    const auto text = system::read_file(path);
    const auto value = text ? parse_json(*text) : std::nullopt;
    if (!value || !value->is_object()) throw std::runtime_error(path + " is not readable");
    return value->get_object();
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
    const auto open = read_object(data_dir + "/device.json"), secret = read_object(data_dir + "/device.key");
    Device device;
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
    device.storage_key = key_of(secret, "storage_key");
    return device;
}

pki::DeviceRequest prepare_next_key(const std::string& data_dir, const std::string& name) {
    const auto made = pki::make_device_key_and_request(name);
    if (!made) throw std::runtime_error("no key could be made for this name");
    auto secret = read_object(data_dir + "/device.key");
    secret["next_tls_key"] = made->key_pem;
    system::write_file(data_dir + "/device.key", json::serialize(secret), true);
    return *made;
}

bool take_certificate(const std::string& data_dir, const std::string& certificate_pem) {
    auto open = read_object(data_dir + "/device.json"), secret = read_object(data_dir + "/device.key");
    const auto key = text_of(secret, "next_tls_key");
    if (key.empty() || !pki::fits(certificate_pem, key)) return false;
    open["certificate"] = certificate_pem;
    system::write_file(data_dir + "/device.json", json::serialize(open), true);
    secret["tls_key"] = key;
    secret.erase("next_tls_key");
    system::write_file(data_dir + "/device.key", json::serialize(secret), true);
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

void enrol_device(const std::string& data_dir, const json::object& file, const std::string& code,
                  bool again) {
    system::make_folder(data_dir);
    if (const auto device = read_device(data_dir)) {
        if (again) return enrol_again(data_dir, *device, file, code);
        throw std::runtime_error("this machine is enrolled already; for a new certificate add --again");
    }
    const auto made = pki::make_device_key_and_request(text_of(file, "name"));
    if (!made) throw std::runtime_error("no key could be made for this name");
    const auto seed = system::random_key();
    const auto answer = ask_enrolment(file, {{"tenant", text_of(file, "tenant")},
                                             {"device_id", text_of(file, "device_id")},
                                             {"code", code},
                                             {"csr", made->csr_pem},
                                             {"sign_key", to_hex(SignKeys::from_seed(seed).public_key)}});
    auto open = file;
    open["certificate"] = text_of(answer, "certificate");
    open["tenant_name"] = text_of(object_of(answer, "tenant"), "name");
    system::write_file(data_dir + "/device.key",
                       json::serialize(json::object{{"tls_key", made->key_pem},
                                                    {"sign_seed", to_hex(seed.bytes)},
                                                    {"storage_key", to_hex(system::random_key().bytes)}}),
                       true);
    system::write_file(data_dir + "/device.json", json::serialize(open), true);
}

}  // namespace wa::node
