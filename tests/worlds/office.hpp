// One authority at the hub: Testland's register, staff and streets on a store, with the real engine.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "kernel/engine.hpp"

namespace wa::worlds {

/// Where stores come from: files, or databases of a server.
class Stores {
  public:
    virtual ~Stores() = default;
    /// An empty store under a new name.
    virtual std::unique_ptr<Store> create(const std::string& name) = 0;
    /// The store as it was left.
    virtual std::unique_ptr<Store> reopen(const std::string& name) = 0;
    /// A store with what another one holds (which is closed).
    virtual std::unique_ptr<Store> copy(const std::string& from, const std::string& name) = 0;
    virtual void drop(const std::string& name) = 0;
};
/// Files in a folder of their own, removed at the end. Not durable: nothing here is about power cuts.
std::unique_ptr<Stores> sqlite_stores();
/// Databases of a PostgreSQL server of this run, which ends with the object.
std::unique_ptr<Stores> postgres_stores();

/// What one act is: the same in every world.
struct Act {
    std::string clerk;  ///< name of a colleague of Testland; empty: the program itself
    std::string command;
    json::object payload;
    std::string id;
    Timestamp at;
    Bytes document;  ///< put into the store first, when not empty
};

/// How many rows each table has and a sum over them, whatever their order.
using StateDigest = std::map<std::string, std::pair<std::size_t, std::size_t>>;
/// Of all tables, or of those that are not about the journal and what was done before.
StateDigest digest_of(Store& store, bool with_journal);

class Office {
  public:
    /// Opens municipality 0 or 1 with its staff, register, number blocks, two Koffers and a site, as of the
    /// first day; `land` for its holidays.
    Office(Stores& stores, std::string name, int municipality, const std::string& land);
    ~Office();
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    CommandResult run(const Act& act);
    Result<json::object> ask(const std::string& query, json::object params, const std::string& clerk,
                             Timestamp at);
    template <class Look>
    auto read(Look look) const {
        const auto tx = store_->begin_read();
        return look(*tx);
    }
    Rows rows(std::string_view sql, const Params& params = {}) const;
    Result<Letter> letter(const std::string& name, const std::string& case_id, Timestamp at) const;

    /// Closes the store and opens it again.
    void reopen();

    Actor actor(const std::string& name) const;  ///< asserts that such a colleague exists
    std::string device(int number) const;        ///< id of Koffer 1 or 2
    SignKeys device_keys(int number) const;
    SignKeys clerk_keys(const std::string& name) const;
    const TenantScope& scope() const { return scope_; }
    const Engine& engine() const { return engine_; }
    Store& store() { return *store_; }

  private:
    friend class OfficeTemplate;
    Stores& stores_;
    std::string name_;
    Engine engine_;
    TenantScope scope_;
    std::unique_ptr<Store> store_;
};

/// Asserts that the command was done.
json::object must(Office& office, Act act);
/// An id from a text: the same in every world.
std::string id_of(const std::string& text, Timestamp at);

}  // namespace wa::worlds
