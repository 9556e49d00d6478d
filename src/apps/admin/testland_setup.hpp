// Sets up the synthetic Testland: three tenants, their people, streets and residents.
#pragma once

#include <string>
#include <vector>

#include "apps/demo/demo.hpp"
#include "base/json.hpp"

namespace wa::admin {

/// The tenant the demo plays in.
inline const std::string testland_tenant = "99001001";

/// Creates what is missing below the hub's data folder and returns the invented logins. Takes some seconds
/// the first time, nothing afterwards.
std::vector<DemoLogin> set_up_testland(const std::string& data_dir, int residents);

struct PreparedKoffer {
    json::object file;
    std::string code;
};
/// Prepares the enrolment of a Koffer, as the desk's administration does.
PreparedKoffer prepare_koffer(const std::string& data_dir, const std::string& tenant, const std::string& name,
                              const std::string& host, int sync_port, int enrol_port);

}  // namespace wa::admin
