// What the desk's API means on a Koffer: PIN sign-in, check-out, check-in, the open tour, and its end.
#pragma once

#include <mutex>

#include "apps/node/certificate_keeper.hpp"
#include "apps/node/clerk_keys.hpp"
#include "apps/node/loose_scans.hpp"
#include "apps/node/node_line.hpp"
#include "apps/node/sealer.hpp"
#include "apps/node/tour_vault.hpp"
#include "apps/node/vault_queue.hpp"
#include "apps/service/desk_api.hpp"

namespace wa::node {

class NodeBackend : public service::Backend {
  public:
    NodeBackend(std::optional<Device> device, std::string data_dir, const Registry& registry,
                http::Loop& loop, http::Loop& slow, int contact_days = 3);
    void use(service::DeskApi& api);
    /// Ends line and tour in order; before the loops stop.
    void stop();

    std::string place() const override { return "koffer"; }
    std::shared_ptr<service::TenantRunner> runner(const std::string& tenant_id) override;
    void sign_in(const std::string& way, const json::object& body, service::SignedIn done) override;
    json::object sign_in_choices() override;
    json::object line_state() override;
    std::string certainty(const std::string& tenant_id, const std::string& stream, Transaction& tx) override;
    std::vector<service::Route> routes() const override;
    bool handle(const http::Request& request, const service::Session* session,
                http::Respond respond) override;
    std::optional<Problem> refusal(const std::string& name, const json::object& payload) override;
    std::string only_tenant() override;

  private:
    friend struct NodeBackendTest;
    service::Principal principal_of(service::TenantRunner& open, const OpenedClerk& clerk,
                                    const TourInfo& tour);
    /// Opens the tour's store and starts the line, unless that has been done.
    void open_tour(const TourInfo& tour, const OpenedClerk& clerk);
    /// What was asked is still done and confirmed; nobody opens the tour again before end_leaving().
    std::shared_ptr<Sealer> close_tour();
    void end_leaving();
    void end_tour(const std::string& tour_id);
    std::optional<Problem> problem_said(const json::object& answer) const;
    /// Answers with a problem and leaves an entry, as DeskApi::refuse does.
    using Refuse = std::function<void(const Problem&)>;
    void list_tours(const Refuse& refuse, http::Respond respond);
    void fetch_tour(const json::object& body, const Refuse& refuse, http::Respond respond);
    std::optional<OpenedClerk> clerk_of(const std::string& tour_id, const std::string& user_id);
    void pin_judged(const std::string& tour_id, const OpenedClerk& half_open, const TourVault::PinTry& tried,
                    const std::optional<std::string>& answer, const Refuse& refuse, http::Respond respond);
    void package_arrived(const json::object& package, const OpenedClerk& half_open, const Key32& seed,
                         const Refuse& refuse, http::Respond respond);
    void check_in(const service::Session& session, const Refuse& refuse, http::Respond respond);
    void export_queue(const Refuse& refuse, http::Respond respond);
    // koffer_care.cpp: what happens by itself.
    void wipe(const std::string& tour_id);
    void wipe_when_ended(const TourInfo& tour);
    void report_wiped();
    void expire_tour();
    bool all_sealed();
    bool destroy_keys();
    void start_sealed_line(const TourInfo& tour);
    void send_drafts();
    void draft_answered(const std::string& case_id, const std::optional<std::string>& answer);
    void ask_for_orders();
    void obey(const std::string& problem);
    void report_destroyed();
    void note_contact();
    std::int64_t days_without_contact();
    void drop_loose_scans(const std::shared_ptr<service::TenantRunner>& open);
    void tick();

    std::optional<Device> device_;
    std::string data_dir_;
    Engine engine_;
    http::Loop& loop_;
    http::Loop& slow_;
    std::unique_ptr<TourVault> vault_;
    std::unique_ptr<NodeLine> line_;
    std::unique_ptr<CertificateKeeper> certificate_;
    service::DeskApi* api_ = nullptr;

    std::mutex mutex_;
    std::shared_ptr<service::TenantRunner> runner_;
    std::shared_ptr<ClerkKeys> clerk_keys_;
    bool leaving_ = false;  ///< the tour is closed because its keys or all of it are about to go
    std::string tour_id_;
    std::int64_t expires_ms_ = 0;
    json::array hub_tours_;  ///< as the hub told last, for check-out
    std::shared_ptr<Spool> spool_;
    std::shared_ptr<Sealer> sealer_;
    std::shared_ptr<Sealer> last_sealer_;  ///< of a tour that is to be wiped; on the loop only
    std::shared_ptr<LooseScans> loose_;
    std::int64_t loose_looked_ms_ = 0;  ///< 0: not since the tour was opened
    std::shared_ptr<VaultQueue> queue_;
    const int contact_days_;
    std::int64_t contact_ms_ = 0;  ///< the hub has answered last
    std::int64_t orders_asked_ms_ = 0;
    bool sealed_line_ = false, ending_ = false, sending_draft_ = false, expiring_ = false, lost_ = false;
};

}  // namespace wa::node
