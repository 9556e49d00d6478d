// Every way in has a seed for the fuzz targets (tests/fuzz/corpus). WA_WRITE_SEEDS=1 writes those that are
// missing, from the declarations.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/system/system.hpp"
#include "apps/admin/backup.hpp"
#include "base/source_file_test.hpp"
#include "koffer.hpp"

namespace wa::refusals {
namespace {

const std::string some_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV", corpus = source_file("tests/fuzz/corpus/");

void expect_seed(const std::string& target, const std::string& name,
                 const std::function<std::string()>& make) {
    const auto path = corpus + target + "/" + name;
    if (!std::filesystem::exists(path) && std::getenv("WA_WRITE_SEEDS")) {
        std::filesystem::create_directories(corpus + target);
        system::write_file(path, make());
    }
    EXPECT_TRUE(std::filesystem::exists(path)) << path << " is missing; WA_WRITE_SEEDS=1 writes it";
}

TEST(Seeds, EveryCommandAndQueryHasOne) {
    auto& w = world();
    const auto& registry = w.runner(w.testhausen).engine().registry();
    for (const auto& route : w.api.routes()) {
        const auto name = route.path.substr(route.path.rfind('/') + 1);
        json::object body;
        if (const auto* spec = registry.command(name))
            body = {{"id", "01ARZ3NDEKTSV4RRFFQ69G5F" + to_hex(sha256(name)).substr(0, 2)},
                    {"payload", payload_of(name, spec->payload.declaration(), some_id)}};
        else if (const auto* query = registry.query(name))
            body = {{"params", payload_of(name, query->params.declaration(), some_id)}, {"reason", "Test"}};
        else
            continue;
        expect_seed("wa_refusals_desk_fuzz", name,
                    [&] { return "POST " + route.path + "\n" + json::serialize(body); });
    }
}

/// The routes of hub and Koffer that are neither: their seeds carry the method and the path as their name.
TEST(Seeds, EveryOtherRouteHasOne) {
    const auto expect_all = [](const std::string& place, const std::string& who, const auto& routes) {
        for (const auto& route : routes) {
            if (route.path.starts_with("/api/commands/") || route.path.starts_with("/api/queries/")) continue;
            auto name = place + "_" + route.method + route.path;
            std::replace(name.begin(), name.end(), '/', '_');
            expect_seed("wa_refusals_routes_fuzz", name, [&] {
                return place + " " + who + " " + route.method + " " + route.path +
                       (route.below ? "$case" : "") + "\n" +
                       R"({"case_id":"$case","tenant":"99001001","user":"clerk"})";
            });
        }
    };
    expect_all("hub", "team_lead", world().api.routes());
    const Koffer koffer("seeds");
    expect_all("koffer", "signed_in", koffer.backend->routes());
}

/// A package as a Koffer is given it, with two rows of each table.
TEST(Seeds, ThePackageHasOne) {
    expect_seed("wa_refusals_package_fuzz", "package", [] {
        auto& w = world();
        auto package = check_out(w.testhausen, system::now().ms, w.testhausen.clerk_keys);
        std::map<std::string, int> of_table;
        json::array rows;
        for (const auto& row : array_of(package, "rows"))
            if (++of_table[text_of(row.as_object(), "table")] <= 2) rows.push_back(row);
        package["rows"] = std::move(rows);
        package["streets"] = json::array{json::object{{"code", "00101"}, {"text", "Lindenweg"}}};
        return json::serialize(package);
    });
}

/// The head of a backup, wrapped by the key of backup_fuzz.cpp; without the store behind it.
TEST(Seeds, TheBackupHasOne) {
    expect_seed("wa_refusals_backup_fuzz", "head", [] {
        const auto folder = world().folder + "/backup_seed";
        system::make_folder(folder);
        system::write_file(folder + "/master.key", std::string(64, '5') + "\n", true);
        {
            hub::Tenants tenants(folder, service::full_registry());
            auto tenant = world().runner(world().county).scope().tenant;
            tenants.create(tenant, {});
        }
        admin::write_backup(folder, world().county.id, folder + "/file");
        auto text = system::read_file(folder + "/file").value();
        return text.substr(0, text.find('\n') + 1);
    });
}

}  // namespace
}  // namespace wa::refusals
