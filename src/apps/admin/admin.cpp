#include "apps/admin/admin.hpp"

#include <iostream>

#include "adapters/system/system.hpp"
#include "apps/admin/testland_setup.hpp"

namespace wa::admin {

AdminVerbs::AdminVerbs(CLI::App& verb) {
    verb.require_subcommand(1);
    verb.add_option("--data", data_dir_, "The hub's data folder");
    verify_ = verb.add_subcommand("verify", "Prove stores, journal chains and rows; name what is wrong");
    verify_->add_option("--tenant", tenant_, "Only this tenant");
    testland_ = verb.add_subcommand("testland", "Create the synthetic Testland where it is missing");
    testland_->add_option("--residents", residents_, "Residents of each municipality");
    koffer_ = verb.add_subcommand("koffer",
                                  "Prepare a Koffer: writes the enrolment file, prints the one-time code");
    koffer_->add_option("--tenant", tenant_, "Tenant the Koffer belongs to")->required();
    koffer_->add_option("--name", name_, "As people will know it");
    koffer_->add_option("--out", out_, "Folder for the enrolment file");
    koffer_->add_option("--host", host_, "Name or address by which the Koffer reaches the hub");
    koffer_->add_option("--sync-port", sync_port_, "Port of the sync");
    koffer_->add_option("--enrol-port", enrol_port_, "Port of the enrolment");
}

int AdminVerbs::run() {
    if (*verify_) return verify(data_dir_, tenant_);
    if (*testland_) {
        for (const auto& login : set_up_testland(data_dir_, residents_))
            std::cout << login.place << ": " << login.role << " · " << login.name << " · " << login.password
                      << "\n";
        return 0;
    }
    const auto prepared = prepare_koffer(data_dir_, tenant_, name_, host_, sync_port_, enrol_port_);
    const auto path = out_ + "/" + text_of(prepared.file, "device_id") + ".enrol.json";
    system::write_file(path, json::serialize(prepared.file));
    std::cout << "enrolment file: " << path << "\none-time code:  " << prepared.code << " (30 minutes)\n";
    return 0;
}

}  // namespace wa::admin
