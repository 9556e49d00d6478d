// A line "POST /api/commands/case.open" and a body, to the desk's own handlers on a store in memory: an
// answer with words, and never a failure of the program.
#include <cstdint>

#include "base/assert.hpp"
#include "small_hub.hpp"

namespace {

using wa::refusals::SmallHub;

std::unique_ptr<SmallHub> new_hub() {
    wa::SqliteOptions options;
    options.path = ":memory:";
    auto hub = std::make_unique<SmallHub>(wa::open_sqlite_store(std::move(options)));
    (void)hub->command("numbers.lease",
                       {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 100000}});
    // A case under the id that the seeds name.
    (void)hub->command("case.open",
                       {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "A"}},
                       "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    return hub;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static std::unique_ptr<SmallHub> hub;
    static int used = 0;
    if (!hub || ++used % 5000 == 0) {
        hub.reset();
        hub = new_hub();
    }
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = input.substr(0, input.find('\n'));
    const auto space = line.find(' ');
    if (space == std::string_view::npos || line.size() == input.size() || line.size() > 200) return 0;
    const auto response = hub->call(std::string(line.substr(0, space)), std::string(line.substr(space + 1)),
                                    std::string(input.substr(line.size() + 1)));
    WA_ASSERT(response.status != 500);
    if (response.status < 400) return 0;
    const auto body = wa::parse_json(response.body);
    WA_ASSERT(body && body->is_object());
    WA_ASSERT(!wa::text_of(wa::object_of(body->get_object(), "words"), "de").empty());
    return 0;
}
