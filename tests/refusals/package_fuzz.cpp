// What the Koffer takes from the hub: the list of tours, and at check-out the package, as zstd or as the JSON
// in it. Read and stored, or refused; its rows too may hold anything. The clerk is the one of world.hpp's
// packages.
#include "apps/node/package.hpp"
#include "apps/node/tour_vault.hpp"
#include "apps/service/wiring.hpp"
#include "base/assert.hpp"
#include "memory_folder.hpp"
#include "sync/compression.hpp"

namespace {

using namespace wa;

void take(const json::object& package, const node::OpenedClerk& clerk) {
    static const refusals::MemoryFolder place("package");
    node::Device device;
    device.id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    device.storage_key = Key32(sha256("storage"));
    node::TourVault vault(place.path, device);
    try {
        vault.load(package, clerk, service::full_registry());
    } catch (const boost::system::system_error&) {
        WA_ASSERT(!"a value of another kind than was taken for granted");
    } catch (const std::runtime_error&) {  // the store refuses a row: said in words
        return;
    }
    // As after a restart, from the file.
    const auto info = node::TourVault(place.path, device).info();
    WA_ASSERT(info && info->staff.size() == array_of(package, "keys").size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::span<const std::uint8_t> input(data, size);
    Bytes packed;
    if (size > 0 && data[0] == '{') input = packed = sync::compress(input, 0);
    if (const auto answer = parse_json({reinterpret_cast<const char*>(data), size});
        answer && answer->is_object())
        for (const auto& tour : node::read_tours(answer->get_object()))
            for (const auto& member : tour.as_object().at("staff").as_array()) WA_ASSERT(member.is_object());
    const auto package = node::read_package(input);
    if (!package) return 0;
    for (const auto& entry : array_of(*package, "keys")) {
        node::OpenedClerk clerk;
        clerk.member.user_id = text_of(entry.as_object(), "user_id");
        const auto key =
            node::TourVault::tour_key_from(*package, clerk.member.user_id, Key32(sha256("clerk 99001001")));
        if (!key) continue;
        clerk.tour_key = *key;
        take(*package, clerk);
        break;
    }
    return 0;
}
