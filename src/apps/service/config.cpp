#include "apps/service/config.hpp"

#include <toml++/toml.h>

#include <stdexcept>

#include "base/assert.hpp"

namespace wa::service {

namespace {

using Type = ConfigKey::Type;
constexpr char list_separator = '\n';

const ConfigKey* find(const std::vector<ConfigKey>& schema, const std::string& name) {
    for (const auto& key : schema)
        if (key.name == name) return &key;
    return nullptr;
}

[[noreturn]] void wrong(const std::string& path, const toml::node& node, const std::string& name,
                        const std::string& what) {
    throw std::runtime_error(path + ", line " + std::to_string(node.source().begin.line) + ": the key \"" +
                             name + "\" " + what);
}

bool is_level(const toml::node& node) {
    const auto level = node.value<std::string>();
    return level && (*level == "debug" || *level == "info" || *level == "warn" || *level == "error");
}

bool is_port(const toml::node& node) {
    const auto port = node.is_integer() ? node.value<std::int64_t>() : std::nullopt;
    return port && *port >= 0 && *port <= 65535;
}

std::string value_of(const std::string& path, const ConfigKey& key, const toml::node& node) {
    if (key.type == Type::text && node.is_string()) return node.value<std::string>().value();
    if (key.type == Type::level && is_level(node)) return node.value<std::string>().value();
    if (key.type == Type::port && is_port(node)) return std::to_string(node.value<std::int64_t>().value());
    if (key.type == Type::integer && node.is_integer())
        return std::to_string(node.value<std::int64_t>().value());
    if (key.type == Type::boolean && node.is_boolean()) return node.value<bool>().value() ? "true" : "false";
    if (const auto* array = key.type == Type::list ? node.as_array() : nullptr) {
        std::string joined;
        for (const auto& item : *array) {
            const auto text = item.value<std::string>();
            if (!text) wrong(path, item, key.name, "must be a list of texts");
            joined += *text + list_separator;
        }
        return joined;
    }
    static const char* const words[] = {
        "a text",          "a whole number",     "true or false",
        "a list of texts", "a port, 0 to 65535", "debug, info, warn or error"};
    wrong(path, node, key.name, std::string("must be ") + words[int(key.type)]);
}

void read_table(const std::string& path, const toml::table& table, const std::string& prefix,
                const std::vector<ConfigKey>& schema, std::map<std::string, std::string>& values) {
    for (const auto& [key, node] : table) {
        const auto name = prefix + std::string(key.str());
        if (const auto* nested = node.as_table()) {
            read_table(path, *nested, name + ".", schema, values);
            continue;
        }
        const auto* known = find(schema, name);
        if (!known) wrong(path, node, name, "is unknown; `wanderamt admin config` lists the keys there are");
        values[name] = value_of(path, *known, node);
    }
}

}  // namespace

Config Config::defaults(const std::vector<ConfigKey>& schema) {
    Config config;
    for (const auto& key : schema) config.values_[key.name] = key.default_value;
    return config;
}

Config Config::read(const std::string& path, const std::vector<ConfigKey>& schema) {
    auto config = defaults(schema);
    try {
        read_table(path, toml::parse_file(path), "", schema, config.values_);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(path + ", line " + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
    return config;
}

const std::string& Config::text(const std::string& name) const {
    const auto it = values_.find(name);
    WA_ASSERT(it != values_.end());
    return it->second;
}

long long Config::integer(const std::string& name) const {
    return std::stoll(text(name));
}
bool Config::flag(const std::string& name) const {
    return text(name) == "true";
}

std::vector<std::string> Config::list(const std::string& name) const {
    std::vector<std::string> items;
    std::string item;
    for (const char c : text(name)) {
        if (c != list_separator) {
            item += c;
            continue;
        }
        items.push_back(std::move(item));
        item.clear();
    }
    if (!item.empty()) items.push_back(std::move(item));
    return items;
}

void Config::set(const std::string& name, std::string value) {
    WA_ASSERT(values_.count(name) == 1);
    values_[name] = std::move(value);
}

std::string print_config(const std::vector<ConfigKey>& schema) {
    std::string out, section;
    for (const auto& key : schema) {
        const auto dot = key.name.find('.');
        const auto head = dot == std::string::npos ? "" : key.name.substr(0, dot);
        if (head != section) out += "\n[" + head + "]\n";
        section = head;
        const auto name = dot == std::string::npos ? key.name : key.name.substr(dot + 1);
        auto value = key.default_value;
        if (key.type == Type::text || key.type == Type::level) value = "\"" + value + "\"";
        if (key.type == Type::list) value = value.empty() ? "[]" : "[\"" + value + "\"]";
        out += "# " + key.doc + "\n" + name + " = " + value + "\n";
    }
    return out;
}

const std::vector<ConfigKey>& hub_config_schema() {
    static const std::vector<ConfigKey> schema{
        {"data_dir", "data/hub", "Folder of stores, keys and certificates. Readable by the service only.",
         Type::text},
        {"copy_dir", "data/hub-copy", "Folder of the second durable copy; better another disk or machine.",
         Type::text},
        {"web_dir", "build/web/desk", "Folder of the built web pages.", Type::text},
        {"log_level", "info", "debug, info, warn or error.", Type::level},
        {"desk.address", "127.0.0.1", "Address of the desk's listener (behind a TLS proxy).", Type::text},
        {"desk.port", "8501", "Port of the desk's listener.", Type::port},
        {"desk.hosts", "", "Names under which browsers reach the desk, besides localhost.", Type::list},
        {"desk.secure_cookie", "true", "False only for browsers that come from elsewhere by plain http.",
         Type::boolean},
        {"sync.address", "127.0.0.1", "Address where Koffer connect (TLS 1.3, device certificates).",
         Type::text},
        {"sync.port", "8443", "Port where Koffer connect.", Type::port},
        {"sync.enrol_port", "8444", "Port where a new Koffer fetches its certificate with a one-time code.",
         Type::port},
        {"sync.public_host", "", "Name or address that Koffer use for this hub; empty: sync.address.",
         Type::text},
        {"store.kind", "sqlite", "Where a new tenant's data go: sqlite (a file in data_dir) or postgres.",
         Type::text},
        {"store.postgres_server", "",
         "PostgreSQL server for tenants, as libpq takes it: host=/run/postgresql. Noted with each tenant.",
         Type::text},
        {"store.postgres_administrator", "",
         "Connection string of a role that makes databases and roles, for admin tenant create and move only.",
         Type::text},
        {"exchange.url", "",
         "Where messages to other authorities are handed over: a service on this machine. Empty: they wait.",
         Type::text},
        {"exchange.poll_seconds", "5", "How often the exchange is asked for messages that came.",
         Type::integer},
    };
    return schema;
}

const std::vector<ConfigKey>& simulator_config_schema() {
    static const std::vector<ConfigKey> schema{
        {"data_dir", "data/simulator", "Folder where it keeps what happened.", Type::text},
        {"log_level", "info", "debug, info, warn or error.", Type::text},
        {"address", "127.0.0.1", "Address of its page and of the exchange; leave it at the loopback address.",
         Type::text},
        {"port", "8503", "Port of its page and of the exchange.", Type::integer},
        {"listen_beside_inherited", "false",
         "True when an inherited socket serves the page only (emulated line of the demo).", Type::boolean},
        {"land", "NI", "Land of the offices it plays, for public holidays.", Type::text},
        {"connected", "", "Addresses it does not play because a hub serves them (Meldebehörde 99001002).",
         Type::list},
    };
    return schema;
}

const std::vector<ConfigKey>& node_config_schema() {
    static const std::vector<ConfigKey> schema{
        {"data_dir", "data/node", "Folder of the device's keys and of the tour's encrypted store.",
         Type::text},
        {"web_dir", "build/web/desk", "Folder of the built web pages.", Type::text},
        {"log_level", "info", "debug, info, warn or error.", Type::level},
        {"contact_days", "3", "After this many days without the hub no new case is begun.", Type::integer},
        {"desk.address", "127.0.0.1", "Address of the desk; leave it at the loopback address.", Type::text},
        {"desk.port", "8502", "Port of the desk.", Type::port},
        {"tpm.tcti", "device:/dev/tpmrm0",
         "The machine's TPM 2.0, as tpm2-tss names it; looked for when the Koffer is enrolled. Empty: none.",
         Type::text},
        {"tpm.demand", "false",
         "True: a machine without a TPM that works is not enrolled and does not start.", Type::boolean},
    };
    return schema;
}

}  // namespace wa::service
