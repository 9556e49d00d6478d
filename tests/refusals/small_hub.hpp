// The desk's API over one tenant on any store: for broken disks and for fuzzing. Nobody signs in here;
// sessions are begun by the test.
#pragma once

#include <future>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/desk_api.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::refusals {

class SmallHub : public service::Backend {
  public:
    explicit SmallHub(std::shared_ptr<Store> opened)
        : store(std::move(opened)),
          engine_(service::full_registry()),
          api({"small", true, [](const std::string&, const std::string&, const std::string&) {}}, *this,
              service::full_registry(), letters_, slow_) {
        store->migrate(service::full_registry().schema());
        TenantScope scope;
        scope.tenant.id = scope.tenant.ags = "99001001";
        scope.tenant.land = "NI";
        scope.tenant.functions = {"registration", "id_documents"};
        scope.reference = Reference::load("NI", {});
        runner_ = service::TenantRunner::make(engine_, std::move(scope), store);
        Actor actor{"01ARZ3NDEKTSV4RRFFQ69G5FAV", "Ute Test", permissions_of({"system"})};
        token = api.sessions().begin(
            {"99001001", "test", std::move(actor), {"counter", "hub", "Zentrale", ""}}, system::now().ms);
    }
    ~SmallHub() override { slow_.stop(); }

    std::string place() const override { return "hub"; }
    std::shared_ptr<service::TenantRunner> runner(const std::string& tenant) override {
        return tenant == "99001001" ? runner_ : nullptr;
    }
    void sign_in(const std::string&, const json::object&, service::SignedIn done) override {
        done(fail(problems::sign_in_failed, {{"tries_left", 4}}), "");
    }
    json::object sign_in_choices() override { return {}; }
    json::object line_state() override { return {}; }
    std::string certainty(const std::string&, const std::string&, Transaction&) override { return "hub"; }
    std::vector<service::Route> routes() const override { return {}; }
    bool handle(const http::Request&, const service::Session*, http::Respond) override { return false; }

    http::Response call(const std::string& method, const std::string& path, std::string body) {
        http::Request request;
        request.method = method;
        request.path = path;
        request.headers = {{"X-Wanderamt", "1"}, {"Host", "localhost"}};
        request.cookies[api.cookie_name()] = token;
        request.body = std::move(body);
        auto promise = std::make_shared<std::promise<http::Response>>();
        auto future = promise->get_future();
        api.handler()(std::move(request),
                      [promise](http::Response response) { promise->set_value(std::move(response)); });
        return future.get();
    }
    http::Response command(const std::string& name, json::object payload,
                           const std::string& id = system::new_id()) {
        return call("POST", "/api/commands/" + name,
                    json::serialize(json::object{{"id", id}, {"payload", std::move(payload)}}));
    }

    const std::shared_ptr<Store> store;
    std::string token;
    std::function<void()> while_drawing;  ///< done while a letter is drawn; set it before one is asked for

  private:
    struct PlainLetters : LetterRenderer {
        explicit PlainLetters(const std::function<void()>& first) : meanwhile(first) {}
        Bytes render(const Letter&) override {
            if (meanwhile) meanwhile();
            return to_bytes("%PDF-1.7\n%%EOF\n");
        }
        const std::function<void()>& meanwhile;
    };
    Engine engine_;
    PlainLetters letters_{while_drawing};
    http::Loop slow_;
    std::shared_ptr<service::TenantRunner> runner_;

  public:
    service::DeskApi api;
};

}  // namespace wa::refusals
