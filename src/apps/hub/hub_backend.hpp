// What the desk's API means at the hub: sign-in by password or passkey, tenants to choose from.
#pragma once

#include "adapters/passkey/passkey.hpp"
#include "apps/hub/loose_tries.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/desk_api.hpp"

namespace wa::hub {

class Enrolment;
class TenantExports;

class HubBackend : public service::Backend {
  public:
    /// `host`: the name browsers use, for passkeys.
    HubBackend(Tenants& tenants, Enrolment& enrolment) : tenants_(tenants), enrolment_(enrolment) {}

    std::string place() const override { return "hub"; }
    std::shared_ptr<service::TenantRunner> runner(const std::string& tenant_id) override {
        return tenants_.runner(tenant_id);
    }
    void sign_in(const std::string& way, const json::object& body, service::SignedIn done) override;
    json::object sign_in_choices() override;
    json::object line_state() override;
    std::string certainty(const std::string& tenant_id, const std::string& stream, Transaction& tx) override;
    std::vector<service::Route> routes() const override;
    bool handle(const http::Request& request, const service::Session* session,
                http::Respond respond) override;
    void use(service::DeskApi& api) { api_ = &api; }
    /// Without them nobody gets an export at the desk.
    void use(TenantExports& exports) { exports_ = &exports; }
    /// An account was written: its row counts tries again, or somebody has unlocked it.
    void account_changed(const std::string& tenant_id, const std::string& user_id) {
        loose_tries_.forget(tenant_id, user_id);
    }

  private:
    void sign_in_password(service::TenantRunner&, const json::object& body, service::SignedIn done);
    void sign_in_passkey(service::TenantRunner&, const json::object& body, service::SignedIn done);
    void note_try(service::TenantRunner&, const std::string& user_id, bool good, const std::string& way,
                  std::function<void(bool noted)> then);
    bool own_secret_route(const http::Request&, const service::Session&, http::Respond);
    void keep_secret(const http::Request&, const service::Session&, const json::object& body, http::Respond);
    /// With one's own new secret this session goes on, and all others of one's own end.
    void change_own(const http::Request&, const service::Session&, const std::string& name,
                    json::object payload, http::Respond);
    bool passkey_route(const http::Request&, const service::Session*, http::Respond);
    bool loss_route(const http::Request&, const service::Session&, http::Respond);
    bool disclosure_route(const http::Request&, const service::Session&, http::Respond);
    bool export_route(const http::Request&, const service::Session&, http::Respond);
    void begin_export(const http::Request&, const service::Session&, http::Respond);
    void hand_out_export(const std::string& export_id, const service::Session&, http::Respond);
    bool device_route(const http::Request&, const service::Session&, http::Respond);
    /// @param id of the command; "": a new one
    void run_own(const service::Session&, const std::string& name, json::object payload, http::Respond,
                 const std::string& id = "");
    service::Principal principal_of(service::TenantRunner&, const Row& account) const;

    Tenants& tenants_;
    Enrolment& enrolment_;
    service::DeskApi* api_ = nullptr;
    TenantExports* exports_ = nullptr;
    passkey::Challenges challenges_;
    LooseTries loose_tries_;
};

}  // namespace wa::hub
