// admin config, tenant, user: what a hub needs before its first clerk signs in, and accounts afterwards.
#include <iostream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/admin/admin.hpp"
#include "apps/admin/export_folder.hpp"
#include "apps/admin/move.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "apps/service/config.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/identity.hpp"

namespace wa::admin {

void AdminVerbs::add_config(CLI::App& verb) {
    struct Options {
        std::string kind = "hub", check;
    };
    auto options = std::make_shared<Options>();
    auto* config =
        verb.add_subcommand("config", "Print the configuration with its defaults, or check a file");
    config->add_option("kind", options->kind, "hub or node")->check(CLI::IsMember({"hub", "node"}));
    config->add_option("--check", options->check,
                       "Check this file instead: names key and line of what is wrong");
    // Not through add(): a faulty --config must not stop the verb that explains it.
    config->callback([this, options] {
        work_ = [options] {
            const auto& schema =
                options->kind == "hub" ? service::hub_config_schema() : service::node_config_schema();
            if (options->check.empty()) return std::cout << service::print_config(schema), 0;
            service::Config::read(options->check, schema);
            std::cout << options->check << ": good\n";
            return 0;
        };
    });
}

namespace {

struct NewTenant {
    Tenant tenant;
    std::vector<std::string> functions{"registration", "id_documents"};
    std::string authority, office, street, place, phone, supervision, admin_login, admin_name, store;
};

int create_tenant(Place& place, NewTenant asked) {
    auto& tenant = asked.tenant;
    if (tenant.ags.empty()) tenant.ags = tenant.id;
    if (tenant.id.find_first_not_of("0123456789") != std::string::npos)
        throw std::runtime_error("a tenant's id has digits only: its Amtlicher Gemeindeschluessel");
    tenant.functions = {asked.functions.begin(), asked.functions.end()};
    tenant.sender = {{"authority", asked.authority.empty() ? tenant.name : asked.authority},
                     {"office", asked.office},
                     {"street", asked.street},
                     {"place", asked.place},
                     {"phone", asked.phone},
                     {"supervision", asked.supervision}};
    hub::Tenants tenants(place.data_dir, service::full_registry(), tenant.id);
    if (!asked.store.empty()) place.store.kind = asked.store;
    tenants.create(tenant, place.store);
    auto& runner = *tenants.runner(tenant.id);
    add_number_blocks(runner);
    const auto password = make_password();
    add_user(runner, asked.admin_login, asked.admin_name, "admin", password);
    std::cout << "tenant " << tenant.id << " " << tenant.name << "\n"
              << "administrator: " << asked.admin_login << "   first password: " << password << "\n"
              << "a running hub knows it after its next start\n";
    return 0;
}

int list_tenants(Place& place) {
    hub::Tenants tenants(place.data_dir, service::full_registry());
    for (const auto& tenant : tenants.all()) {
        std::string functions;
        for (const auto& function : tenant.functions) functions += (functions.empty() ? "" : ",") + function;
        JournalHead head;
        tenants.runner(tenant.id)->read([&](Transaction& tx) { head = journal_head(tx); });
        const auto folder = place.data_dir + "/tenants/" + tenant.id;
        std::cout << tenant.id << "  " << tenant.name << "  " << functions << "  journal " << head.seq << "  "
                  << hub::store_kind(hub::read_description(folder)) << "\n";
    }
    return 0;
}

int set_streets(Place& place, const std::string& tenant, const std::string& path) {
    const auto text = system::read_file(path);
    const auto value = text ? parse_json(*text) : std::nullopt;
    if (!value || !value->is_object()) throw std::runtime_error(path + " is no JSON object with \"streets\"");
    TenantTool tool(place.data_dir, tenant);
    tool.run("residence.set_streets", value->get_object());
    std::cout << array_of(value->get_object(), "streets").size()
              << " streets; a running hub knows them after its next start\n";
    return 0;
}

int export_to(Place& place, const std::string& tenant, const std::string& folder, const std::string& reason) {
    TenantTool tool(place.data_dir, tenant);
    ExportFolder target(folder);
    tool.run("store.note_export", {{"reason", reason}});
    const auto description = hub::read_description(place.data_dir + "/tenants/" + tenant);
    const auto done =
        hub::export_tenant(tool.runner(), hub::key_columns(hub::store_kind(description)), reason, target);
    target.finish();
    std::cout << folder << ": " << done.tables << " tables, " << done.rows << " rows, " << done.documents
              << " documents, in the open: personal data, not encrypted\n"
              << "manifest: sha256 " << done.manifest_hash << "\n";
    return 0;
}

/// The secret is asked for, not given on the line, where others of the machine could read it.
int open_to(const std::string& file, const std::string& folder) {
    std::cerr << "secret: ";
    std::string secret;
    std::getline(std::cin, secret);
    const auto files = open_export(file, secret, folder);
    std::cout << folder << ": " << files << " files, in the open: personal data, not encrypted\n";
    return 0;
}

int move_to(Place& place, const std::string& tenant, const std::string& to) {
    auto target = place.store;
    target.kind = to;
    const auto moved = move_tenant(place.data_dir, tenant, target);
    if (moved.tidied) std::cout << "what a move that was cut off had left is removed\n";
    if (!moved.done) {
        std::cout << tenant << " is in " << to << " already\n";
        return 0;
    }
    std::cout << tenant << " is in " << to << ": " << moved.tables << " tables, " << moved.rows
              << " rows, the same on both sides\n"
              << moved.report.entries << " journal entries and " << moved.report.rows
              << " rows proved, 0 faults\n"
              << "journal head: " << head_text(moved.head) << "\n";
    return 0;
}

}  // namespace

void AdminVerbs::add_tenants(CLI::App& verb) {
    auto* tenant = verb.add_subcommand("tenant", "The municipalities of this hub");
    tenant->require_subcommand(1)->fallthrough();
    auto asked = std::make_shared<NewTenant>();
    auto& create = add(
        *tenant, "create", "Make a tenant with a store and keys of its own, and its first administrator",
        [asked](Place& place) { return create_tenant(place, *asked); }, false);
    create.add_option("id", asked->tenant.id, "Amtlicher Gemeindeschlüssel")->required();
    create.add_option("--name", asked->tenant.name, "As people will see it")->required();
    create.add_option("--land", asked->tenant.land, "Two letters of the Land, for public holidays")
        ->required();
    create.add_option("--functions", asked->functions, "registration, id_documents, foreigners, vehicles …");
    create.add_option("--accent", asked->tenant.accent, "Colour, #rrggbb");
    create.add_option("--authority", asked->authority, "Letterhead: the authority");
    create.add_option("--office", asked->office, "Letterhead: the office");
    create.add_option("--street", asked->street, "Letterhead: street and number");
    create.add_option("--place", asked->place, "Letterhead: postcode and place");
    create.add_option("--phone", asked->phone, "Letterhead: telephone");
    create.add_option("--supervision", asked->supervision,
                      "Who supervises data protection, with address in one line: for privacy notice and "
                      "self-disclosure (GDPR Art. 77)");
    create.add_option("--store", asked->store, "sqlite or postgres; otherwise as configured")
        ->check(CLI::IsMember({"sqlite", "postgres"}));
    create.add_option("--admin-login", asked->admin_login, "Login of the first administrator")->required();
    create.add_option("--admin-name", asked->admin_name, "Name of the first administrator")->required();
    add(*tenant, "list", "Tenants with their functions, the length of their journal and their kind of store",
        list_tenants);
    auto moving = std::make_shared<std::pair<std::string, std::string>>();
    auto& move = add(*tenant, "move", "Take a tenant to another kind of store; the hub must not run",
                     [moving](Place& place) { return move_to(place, moving->first, moving->second); });
    move.add_option("--tenant", moving->first)->required();
    move.add_option("--to", moving->second, "sqlite or postgres")
        ->required()
        ->check(CLI::IsMember({"sqlite", "postgres"}));
    struct Leaving {
        std::string tenant, folder, reason;
    };
    auto leaving = std::make_shared<Leaving>();
    auto& out =
        add(*tenant, "export",
            "Everything a tenant owns into a new folder, readable and not encrypted; may run beside the hub",
            [leaving](Place& place) {
                return export_to(place, leaving->tenant, leaving->folder, leaving->reason);
            });
    out.add_option("tenant", leaving->tenant)->required();
    out.add_option("folder", leaving->folder, "Must not exist")->required();
    out.add_option("--reason", leaving->reason, "Stands in the journal")->required();
    auto sealed = std::make_shared<std::pair<std::string, std::string>>();
    auto* exports = verb.add_subcommand("export", "Exports that a tenant has made for itself at its desk");
    exports->require_subcommand(1)->fallthrough();
    auto& open = add(
        *exports, "open", "Open a sealed export into a new folder; asks for its secret. Needs no hub",
        [sealed](Place&) { return open_to(sealed->first, sealed->second); }, false);
    open.add_option("file", sealed->first)->required()->check(CLI::ExistingFile);
    open.add_option("folder", sealed->second, "Must not exist")->required();
    auto names = std::make_shared<std::pair<std::string, std::string>>();
    auto& streets =
        add(*tenant, "streets", "Put in the street directory (JSON as residence.set_streets takes it)",
            [names](Place& place) { return set_streets(place, names->first, names->second); });
    streets.add_option("tenant", names->first)->required();
    streets.add_option("file", names->second)->required()->check(CLI::ExistingFile);
}

void AdminVerbs::add_users(CLI::App& verb) {
    struct Options {
        std::string tenant, login, name, role = "clerk";
    };
    auto options = std::make_shared<Options>();
    auto* user = verb.add_subcommand("user", "Accounts of a tenant");
    user->require_subcommand(1)->fallthrough();
    const auto about = [options](CLI::App& one) -> CLI::App& {
        one.add_option("tenant", options->tenant)->required();
        one.add_option("login", options->login)->required();
        return one;
    };
    auto& create =
        about(add(*user, "add", "Create an account; prints its first password", [options](Place& place) {
            TenantTool tool(place.data_dir, options->tenant);
            const auto password = make_password();
            add_user(tool.runner(), options->login, options->name, options->role, password);
            std::cout << options->login << "   first password: " << password << "\n";
            return 0;
        }));
    create.add_option("--name", options->name, "As it stands in journal and conflicts")->required();
    create.add_option("--role", options->role, "See docs/reference/permissions.md");
    about(add(*user, "unlock", "End the lock after five wrong tries", [options](Place& place) {
        TenantTool tool(place.data_dir, options->tenant);
        tool.run("user.unlock", {{"user_id", user_id_of(tool.runner(), options->login)}});
        std::cout << options->login << " may try again\n";
        return 0;
    }));
    about(add(*user, "password", "Set a new first password, printed once", [options](Place& place) {
        TenantTool tool(place.data_dir, options->tenant);
        const auto password = make_password();
        tool.run(
            "user.set_password",
            {{"user_id", user_id_of(tool.runner(), options->login)},
             {"password_hash", hash_password(password, HashCost::interactive, system::random_bytes<16>())}});
        std::cout << options->login << "   new password: " << password << "\n";
        return 0;
    }));
    auto& list =
        add(*user, "list", "Accounts with their roles and whether they are locked", [options](Place& place) {
            TenantTool tool(place.data_dir, options->tenant);
            const auto answer = tool.ask("user.list", {}, "");
            for (const auto& entry : array_of(answer, "users")) {
                const auto& one = entry.as_object();
                std::cout << text_of(one, "login") << "  " << text_of(one, "name") << "  "
                          << json::serialize(one.at("roles")) << "  " << text_of(one, "state")
                          << (flag_of(one, "locked") ? "  LOCKED" : "") << "\n";
            }
            return 0;
        });
    list.add_option("tenant", options->tenant)->required();
}

}  // namespace wa::admin
