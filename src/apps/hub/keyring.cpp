#include "apps/hub/keyring.hpp"

#include <stdexcept>

#include "adapters/system/system.hpp"

namespace wa::hub {

Keyring Keyring::from_file(const std::string& path) {
    const auto text = system::read_file(path);
    const auto bytes = text ? from_hex(text->substr(0, 64)) : std::nullopt;
    Keyring keyring;
    if (!bytes || bytes->size() != keyring.master_.bytes.size())
        throw std::runtime_error(path + " is not a key");
    std::copy(bytes->begin(), bytes->end(), keyring.master_.bytes.begin());
    return keyring;
}

Keyring::Keyring(const std::string& data_dir) {
    const auto path = data_dir + "/master.key";
    if (system::read_file(path)) {
        *this = from_file(path);
        return;
    }
    if (!system::list_folder(data_dir + "/tenants").empty())
        throw std::runtime_error(path + " is missing, but there are tenants: restore it from your safe copy");
    master_ = system::random_key();
    system::write_file(path, to_hex(master_.bytes) + "\n", true);
}

std::string Keyring::wrap(std::span<const std::uint8_t> secret, const std::string& purpose) const {
    return to_hex(encrypt(master_, secret, purpose, system::random_bytes<24>()));
}

Bytes Keyring::unwrap(const std::string& wrapped, const std::string& purpose) const {
    const auto box = from_hex(wrapped);
    auto secret = box ? decrypt(master_, *box, purpose) : std::nullopt;
    if (!secret) throw std::runtime_error("a wrapped key (" + purpose + ") does not fit the master key");
    return std::move(*secret);
}

}  // namespace wa::hub
