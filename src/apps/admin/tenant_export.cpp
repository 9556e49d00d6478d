#include "apps/admin/tenant_export.hpp"

#include <sys/stat.h>

#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/hub/row_copy.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/records.hpp"

namespace wa::admin {

/// export_readme.txt
std::string_view export_readme();

namespace {

/// Opens something for whoever has it, and is of no use to anybody else.
const std::map<std::string, std::set<std::string>> secrets{
    {"user_account", {"password_hash", "wrapped_seed", "pin_auth"}},
    {"passkey", {"credential"}},
    {"device", {"code_hash"}}};
/// Made from other rows, or written as files.
const std::set<std::string> repeated{"person_search", "document_chunk"};

/// The folder while it grows, and what its manifest says of each file.
class Folder {
  public:
    explicit Folder(std::string path) : path_(std::move(path)) {
        while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
        for (const auto& taken : {path_, part()})
            if (struct stat found{}; ::stat(taken.c_str(), &found) == 0)
                throw std::runtime_error(taken + " exists: nothing is overwritten");
        system::make_folder(part());
    }
    ~Folder() {
        if (!done_) system::remove_folder(part());
    }

    /// A file for its owner only, written piece by piece.
    class File {
      public:
        File(Folder& folder, std::string name) : folder_(folder), name_(std::move(name)) {
            const auto path = folder_.part() + "/" + name_;
            system::make_folder(path.substr(0, path.rfind('/')));
            out_.open(path, std::ios::binary);
        }
        void write(std::string_view text) {
            out_.write(text.data(), std::streamsize(text.size()));
            hash_.add(text);
            size_ += std::int64_t(text.size());
        }
        /// The hash in hex; noted for the manifest unless the name is the hash.
        std::string close(json::object more = {}) {
            out_.close();
            if (!out_) throw std::runtime_error("cannot write " + folder_.part() + "/" + name_);
            auto hash = to_hex(hash_.finish());
            if (name_.find(hash) == name_.npos) {
                more["sha256"] = hash;
                more["bytes"] = size_;
                folder_.files_[name_] = std::move(more);
            }
            return hash;
        }

      private:
        Folder& folder_;
        std::string name_;
        std::ofstream out_;
        Sha256 hash_;
        std::int64_t size_ = 0;
    };

    void write(const std::string& name, std::string_view text) {
        File file(*this, name);
        file.write(text);
        file.close();
    }
    std::string finish(json::object manifest) {
        manifest["files"] = files_;
        File file(*this, "manifest.json");
        file.write(json::serialize(manifest) + "\n");
        auto hash = file.close();
        system::rename_folder(part(), path_);
        done_ = true;
        return hash;
    }

  private:
    std::string part() const { return path_ + ".part"; }
    std::string path_;
    json::object files_;
    bool done_ = false;
};

std::int64_t write_table(Folder& folder, Transaction& tx, const Statement& keys, const std::string& table) {
    static const std::set<std::string> none;
    const auto found = secrets.find(table);
    const auto& hidden = found == secrets.end() ? none : found->second;
    std::int64_t count = 0;
    Folder::File file(folder, "tables/" + table + ".jsonl");
    hub::read_table(tx, keys, table, [&](const Rows& rows) {
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
void write_document(Folder& folder, Transaction& tx, const Row& document) {
    const auto hash = document.text("hash");
    Folder::File file(folder, "documents/" + hash.substr(0, 2) + "/" + hash);
    for (std::int64_t position = 0; position < document.integer("chunk_count"); ++position) {
        const auto bytes = read_chunk(tx, hash, position);
        if (!bytes) throw std::runtime_error("the document " + hash + " is damaged: run verify");
        file.write({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    }
    if (file.close() != hash) throw std::runtime_error("the document " + hash + " is damaged: run verify");
}

/// Those that are whole; what a Koffer is still bringing comes with a later export.
std::int64_t write_documents(Folder& folder, Transaction& tx, const Statement& keys) {
    std::int64_t count = 0;
    hub::read_table(tx, keys, "document", [&](const Rows& rows) {
        for (const auto& row : rows) {
            if (row.integer("verified") == 0) continue;
            write_document(folder, tx, row);
            ++count;
        }
    });
    return count;
}

/// What is the same for all tenants of this program, but is needed to understand the rows.
void write_meanings(Folder& folder, Transaction& tx) {
    for (const auto& name : data::kernel::files("reference/"))
        folder.write(std::string(name), data::kernel::file(name));
    std::string schema;
    for (const auto& step : hub::steps_of(tx))
        schema += "-- " + std::string(step.name) + "\n" + std::string(step.text) + "\n";
    folder.write("schema.sql", schema);
    folder.write("LIESMICH.txt", export_readme());
}

}  // namespace

Exported export_tenant(TenantTool& tool, const std::string& data_dir, const std::string& tenant,
                       const std::string& path, const std::string& reason) {
    Folder folder(path);
    tool.run("store.note_export", {{"reason", reason}});
    const auto& keys =
        hub::key_columns(hub::store_kind(hub::read_description(data_dir + "/tenants/" + tenant)));
    Exported done;
    tool.runner().read([&](Transaction& tx) {
        const auto head = journal_head(tx);
        folder.write("tenant.json",
                     json::serialize(hub::tenant_to_json(tool.runner().scope().tenant)) + "\n");
        write_meanings(folder, tx);
        for (const auto& table : hub::tables_in_order(tx)) {
            if (repeated.count(table)) continue;
            done.rows += write_table(folder, tx, keys, table);
            ++done.tables;
        }
        done.documents = write_documents(folder, tx, keys);
        done.manifest_hash = folder.finish({{"tenant", tenant},
                                            {"made_at", to_rfc3339(system::now())},
                                            {"program", WA_VERSION},
                                            {"journal_seq", head.seq},
                                            {"journal_hash", to_hex(head.hash)},
                                            {"reason", reason},
                                            {"documents", done.documents}});
    });
    return done;
}

}  // namespace wa::admin
