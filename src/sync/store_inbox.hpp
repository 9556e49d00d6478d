// A connection's questions answered from a tenant's store. What differs between the hub, the simulator and
// the tests is only where a job runs and what is looked at meanwhile.
#pragma once

#include <functional>
#include <map>

#include "sync/hub_session.hpp"
#include "sync/hub_store.hpp"

namespace wa::sync {

class StoreInbox : public HubInbox {
  public:
    void resume(const Hello& hello) override;
    void execute(std::vector<Bytes> envelopes) override;
    void offered(std::vector<DocumentOffer> documents) override;
    void store_chunk(Chunk chunk) override;
    void changes(std::int64_t after) override;
    void rows_wanted(const Hash& proof) override { proof_ = proof; }
    void check_in(const CheckIn& asked) override;

  protected:
    /// `done` is given the live session.
    using Work = std::function<void(Transaction&)>;
    using Done = std::function<void(HubSession&)>;
    /// Does `work` in a commit, then `done`; when the store cannot, the session's failed() instead, and
    /// neither when the connection is gone.
    virtual void in_store(Work work, Done done) = 0;
    virtual const Engine& engine() const = 0;
    virtual const TenantScope& scope() const = 0;
    /// The device as it is now: it may have been revoked since the line was opened.
    virtual KnownDevice device(Transaction& tx) const = 0;
    virtual ClerkLookup clerks() const = 0;
    virtual InWorkingSet working_set() const = 0;
    virtual std::string session_tour() const = 0;  ///< whose changes are asked for
    virtual Timestamp now() const = 0;
    /// Whether the tour's Koffer may hear of its rows now; asked of who has the proof of the tour.
    virtual bool shows_rows(Transaction&, const std::string& /*tour_id*/) const { return true; }
    /// Rows sent at a time.
    virtual std::size_t changes_bytes() const { return 256 * 1024; }

    /// All that the Koffer has sent is here: a second durable copy, then wipe_allowed(); perhaps much later.
    virtual void copy_for_wipe(const std::string& tour_id) = 0;

    /// Whether the device may go on with this tour; else the connection fails with that problem.
    virtual Result<void> admitted(Transaction&, const Hello&) { return {}; }

    // Between work and done; a test may spoil what it is shown.
    virtual void noticed(Resumed&) {}
    virtual void noticed(Transaction&, const std::vector<Bytes>& /*envelopes*/, const Executed&) {
    }                                                                                  ///< in the commit
    virtual void arrived(const std::vector<Bytes>& /*envelopes*/, const Executed&) {}  ///< after it
    virtual void noticed(Transaction&, const Chunk&) {}  ///< before it is stored
    virtual void arrived(const Result<ChunkAck>&) {}

  private:
    /// Whose keys the work of this line is signed with.
    struct Signers {
        std::optional<Hash> device;
        std::map<std::string, Hash> clerks;  ///< by user id
    };
    void note_told(const std::vector<HubAnswer>& answers);
    ClerkLookup noted(ClerkLookup clerks, Signers& signers) const;
    std::vector<std::optional<SignedEnvelope>> read_ahead(const std::vector<Bytes>& envelopes) const;

    Signers signers_;            ///< as they were in the last transaction
    std::optional<Hash> proof_;  ///< as the node has shown it
    std::int64_t told_ = 0;      ///< the node has been told what became of the tour's work up to this number
};

}  // namespace wa::sync
