#include "apps/node/queue_file.hpp"

#include <stdexcept>

#include "adapters/system/system.hpp"
#include "kernel/documents.hpp"
#include "sync/sealed_queue.hpp"

namespace wa::node {

Bytes exported_queue(Spool& spool, std::int64_t now_ms) {
    const auto& owner = spool.owner();
    sync::QueueWriter out({owner.tenant_id, owner.device_id, owner.tour_id, now_ms});
    for (const auto& envelope : spool.all_envelopes()) out.envelope(envelope.bytes);
    for (const auto& scan : spool.documents(1'000'000))
        for (std::int64_t position = 0; position < chunk_count(scan.size); ++position)
            if (const auto chunk = spool.chunk(scan.hash, position))
                out.chunk(scan.hash, scan.size, position, *chunk);
    for (const auto& draft : spool.drafts()) out.draft(draft.bytes);
    return std::move(out).finish();
}

std::string queue_file_name(const TourInfo& tour) {
    return "wanderamt-" + tour.tour_id + ".queue";
}

std::string export_to(const std::string& data_dir, const std::string& folder) {
    // What was sealed knows whose it is: neither the device's keys nor a PIN are needed.
    const Device nobody;
    const TourVault vault(data_dir, nobody);
    const auto tour = vault.info();
    if (!tour) throw std::runtime_error("there is no tour in " + data_dir + ", so nothing waits");
    const auto path = folder + "/" + queue_file_name(*tour);
    system::write_file(path, as_view(exported_queue(*vault.open_spool(*tour), system::now().ms)));
    return path;
}

}  // namespace wa::node
