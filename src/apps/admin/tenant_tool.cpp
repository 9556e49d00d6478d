#include "apps/admin/tenant_tool.hpp"

#include <unistd.h>

#include <future>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/hub/enrolment.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/identity.hpp"

namespace wa::admin {

namespace {

const Origin program{"system", "hub", "Zentrale", ""};

[[noreturn]] void refused(const std::string& name, const Problem& problem) {
    const auto words = words_for(service::full_registry(), problem);
    throw std::runtime_error(name + " was refused (" + problem.code + "): " + text_of(words, "de") + " " +
                             text_of(words, "do"));
}

}  // namespace

json::object run_as_program(service::TenantRunner& runner, const std::string& name, json::object payload,
                            const Actor& actor) {
    CommandRequest request;
    request.id = system::new_id();
    request.name = name;
    request.payload = std::move(payload);
    request.actor = actor;
    request.origin = program;
    request.at = system::now();
    auto result = runner.run_and_wait(std::move(request));
    if (result.outcome != Outcome::done) refused(name, result.problem);
    return result.answer;
}

TenantTool::TenantTool(const std::string& data_dir, const std::string& tenant)
    : use_(data_dir, hub::StoreUse::Kind::works),
      tenants_(data_dir, service::full_registry(), tenant),
      runner_(tenants_.runner(tenant)) {
    if (!runner_) throw std::runtime_error("there is no tenant " + tenant + " in " + data_dir);
}

Actor TenantTool::system_actor_of() {
    return system_actor();
}

json::object TenantTool::run(const std::string& name, json::object payload, const Actor& actor) {
    return run_as_program(*runner_, name, std::move(payload), actor);
}

json::object TenantTool::ask(const std::string& name, json::object params, const std::string& reason) {
    QueryRequest request{name, std::move(params), reason, system_actor(), program, system::now()};
    std::promise<Result<json::object>> promise;
    runner_->ask(std::move(request),
                 [&](Result<json::object> answer) { promise.set_value(std::move(answer)); });
    auto answer = promise.get_future().get();
    if (!answer) refused(name, answer.error());
    return std::move(answer).value();
}

std::string said_at_the_command_line(const std::string& verb, const std::string& reason) {
    const char* login = ::getlogin();
    return "admin " + verb + (login ? " (" + std::string(login) + ")" : "") + ": " + reason;
}

void add_number_blocks(service::TenantRunner& runner) {
    for (const auto* kind : {"case", "receipt"})
        run_as_program(runner, "numbers.lease",
                       {{"kind", kind}, {"holder", "hub"}, {"series", "Z"}, {"count", 100000}},
                       system_actor());
}

std::string make_password() {
    return hub::Enrolment::make_code();
}

std::string add_user(service::TenantRunner& runner, const std::string& login, const std::string& name,
                     const std::string& role, const std::string& password) {
    const auto hash = hash_password(password, HashCost::interactive, system::random_bytes<16>());
    return text_of(run_as_program(runner, "user.create",
                                  {{"login", login},
                                   {"name", name},
                                   {"roles", json::array{json::string(role)}},
                                   {"password_hash", hash}},
                                  system_actor()),
                   "user_id");
}

std::string user_id_of(service::TenantRunner& runner, const std::string& login) {
    std::string id;
    runner.read([&](Transaction& tx) {
        if (const auto account = account_by_login(tx, login)) id = account->text("id");
    });
    if (id.empty()) throw std::runtime_error("there is no account " + login);
    return id;
}

}  // namespace wa::admin
