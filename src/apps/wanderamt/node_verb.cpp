#include "apps/wanderamt/node_verb.hpp"

#include <iostream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/node/certificate_keeper.hpp"
#include "apps/node/device.hpp"
#include "apps/node/node.hpp"
#include "apps/node/queue_file.hpp"

namespace wa {

NodeVerb::NodeVerb(CLI::App& verb) {
    verb.add_option("--enrol", enrol_path_, "Enrolment file of the hub; used once, ignored when enrolled");
    verb.add_option("--code", code_, "One-time code that belongs to it");
    verb.add_option("--code-file", code_path_, "File that holds the code");
    verb.add_flag("--again", again_,
                  "With --enrol: an enrolled machine fetches a new certificate; its tour and queue stay");
    verb.add_flag("--enrol-only", enrol_only_, "Enrol and stop");
    verb.add_option("--export", export_,
                    "Write the sealed queue into this folder, for a stick, and stop; needs no PIN");
    verb.add_flag("--renew-certificate", renew_,
                  "Fetch a new certificate over the old one's connection and stop");
}

int NodeVerb::run(const service::Config& config) const {
    const auto data_dir = config.text("data_dir");
    if (!export_.empty()) {
        std::cout << node::export_to(data_dir, export_) << "\n";
        return 0;
    }
    if (renew_) {
        node::renew_certificate(data_dir);
        std::cout << "certificate renewed\n";
        return 0;
    }
    const bool enrolled = node::read_device(data_dir).has_value();
    if (enrol_only_ && enrolled && !again_)
        throw std::runtime_error(
            "this machine is enrolled already: for a new certificate add --again; one "
            "whose keys were destroyed needs its " +
            data_dir + " moved away first");
    if (!enrol_path_.empty() && (again_ || !enrolled)) {
        const auto file = system::read_file(enrol_path_);
        const auto value = file ? parse_json(*file) : std::nullopt;
        if (!value || !value->is_object()) throw std::runtime_error(enrol_path_ + " is no enrolment file");
        auto code = code_path_.empty() ? code_ : system::read_file(code_path_).value_or("");
        while (!code.empty() && (code.back() == '\n' || code.back() == ' ')) code.pop_back();
        node::enrol_device(data_dir, value->get_object(), code,
                           {config.text("tpm.tcti"), config.flag("tpm.demand")}, again_);
        std::cerr << "enrolled as " << text_of(value->get_object(), "name") << "\n";
    }
    return enrol_only_ ? 0 : node::run_node(config);
}

}  // namespace wa
