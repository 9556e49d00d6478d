// Configuration from one schema: every key has a type, a default and a sentence. An unknown key stops the
// start with its name and line; `wanderamt admin config hub` writes the full commented file.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace wa::service {

struct ConfigKey {
    std::string name;           ///< "desk.port"
    std::string default_value;  ///< as TOML writes it, without quotes
    std::string doc;
    /// port: a whole number 0–65535 (0: any free one); level: debug, info, warn or error.
    enum class Type { text, integer, boolean, list, port, level } type = Type::text;
};

class Config {
  public:
    /// Reads a TOML file against a schema. Throws std::runtime_error with a plain sentence naming the key: an
    /// unknown one, one of the wrong type, or the line that is no TOML.
    static Config read(const std::string& path, const std::vector<ConfigKey>& schema);
    /// Only defaults.
    static Config defaults(const std::vector<ConfigKey>& schema);

    const std::string& text(const std::string& name) const;
    long long integer(const std::string& name) const;
    bool flag(const std::string& name) const;
    std::vector<std::string> list(const std::string& name) const;
    void set(const std::string& name, std::string value);

  private:
    std::map<std::string, std::string> values_;
};

/// The full commented file.
std::string print_config(const std::vector<ConfigKey>& schema);

const std::vector<ConfigKey>& hub_config_schema();
const std::vector<ConfigKey>& node_config_schema();
const std::vector<ConfigKey>& simulator_config_schema();

}  // namespace wa::service
