#include "apps/hub/tenant_export.hpp"

#include <map>
#include <set>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/hub/row_copy.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/records.hpp"

namespace wa::hub {

/// export_readme.txt
std::string_view export_readme();

namespace {

/// Opens something for whoever has it, and is of no use to anybody else.
const std::map<std::string, std::set<std::string>> opening_columns{
    {"user_account", {"password_hash", "wrapped_seed", "pin_auth"}},
    {"passkey", {"credential"}},
    {"device", {"code_hash"}}};
/// Made from other rows, or written as files.
const std::set<std::string> repeated_tables{"person_search", "document_chunk"};

/// What is written, and what the manifest says of each file.
class Files {
  public:
    explicit Files(ExportTarget& target) : target_(target) {}

    class File {
      public:
        File(Files& files, std::string name) : files_(files), name_(std::move(name)) {
            files_.target_.begin_file(name_);
        }
        void write(std::string_view text) {
            files_.target_.write(text);
            hash_.add(text);
            size_ += std::int64_t(text.size());
        }
        /// The hash in hex; noted for the manifest unless the name is the hash.
        std::string close(json::object more = {}) {
            files_.target_.end_file();
            auto hash = to_hex(hash_.finish());
            if (name_.find(hash) == name_.npos) {
                more["sha256"] = hash;
                more["bytes"] = size_;
                files_.written_[name_] = std::move(more);
            }
            return hash;
        }

      private:
        Files& files_;
        std::string name_;
        Sha256 hash_;
        std::int64_t size_ = 0;
    };

    void write(const std::string& name, std::string_view text) {
        File file(*this, name);
        file.write(text);
        file.close();
    }
    std::string finish(json::object manifest) {
        manifest["files"] = written_;
        File file(*this, "manifest.json");
        file.write(json::serialize(manifest) + "\n");
        return file.close();
    }

  private:
    ExportTarget& target_;
    json::object written_;
};

std::int64_t write_table(Files& files, Transaction& tx, const Statement& keys, const std::string& table) {
    static const std::set<std::string> none;
    const auto found = opening_columns.find(table);
    const auto& hidden = found == opening_columns.end() ? none : found->second;
    std::int64_t count = 0;
    Files::File file(files, "tables/" + table + ".jsonl");
    read_table(tx, keys, table, [&](const Rows& rows) {
        for (const auto& row : rows) {
            auto line = row_to_json(row);
            for (const auto& column : hidden) line.erase(column);
            file.write(json::serialize(line) + "\n");
        }
        count += std::int64_t(rows.size());
    });
    file.close({{"rows", count}});
    return count;
}

/// Chunk by chunk; the hash a document is called by is proved on the way.
void write_document(Files& files, Transaction& tx, const Row& document) {
    const auto hash = document.text("hash");
    Files::File file(files, "documents/" + hash.substr(0, 2) + "/" + hash);
    for (std::int64_t position = 0; position < document.integer("chunk_count"); ++position) {
        const auto bytes = read_chunk(tx, hash, position);
        if (!bytes) throw std::runtime_error("the document " + hash + " is damaged: run verify");
        file.write({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    }
    if (file.close() != hash) throw std::runtime_error("the document " + hash + " is damaged: run verify");
}

/// Those that are whole; what a Koffer is still bringing comes with a later export.
std::int64_t write_documents(Files& files, Transaction& tx, const Statement& keys) {
    std::int64_t count = 0;
    read_table(tx, keys, "document", [&](const Rows& rows) {
        for (const auto& row : rows) {
            if (row.integer("verified") == 0) continue;
            write_document(files, tx, row);
            ++count;
        }
    });
    return count;
}

/// What is the same for all tenants of this program, but is needed to understand the rows.
void write_meanings(Files& files, Transaction& tx) {
    for (const auto& name : data::kernel::files("reference/"))
        files.write(std::string(name), data::kernel::file(name));
    std::string schema;
    for (const auto& step : steps_of(tx))
        schema += "-- " + std::string(step.name) + "\n" + std::string(step.text) + "\n";
    files.write("schema.sql", schema);
    files.write("LIESMICH.txt", export_readme());
}

}  // namespace

Exported export_tenant(service::TenantRunner& runner, const Statement& keys, const std::string& reason,
                       ExportTarget& target) {
    Files files(target);
    Exported done;
    runner.read([&](Transaction& tx) {
        const auto head = journal_head(tx);
        files.write("tenant.json", json::serialize(tenant_to_json(runner.scope().tenant)) + "\n");
        write_meanings(files, tx);
        for (const auto& table : tables_in_order(tx)) {
            if (repeated_tables.count(table)) continue;
            done.rows += write_table(files, tx, keys, table);
            ++done.tables;
        }
        done.documents = write_documents(files, tx, keys);
        done.manifest_hash = files.finish({{"tenant", runner.scope().tenant.id},
                                           {"made_at", to_rfc3339(system::now())},
                                           {"program", WA_VERSION},
                                           {"journal_seq", head.seq},
                                           {"journal_hash", to_hex(head.hash)},
                                           {"reason", reason},
                                           {"documents", done.documents}});
    });
    return done;
}

}  // namespace wa::hub
