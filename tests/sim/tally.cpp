#include "tally.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "authority.hpp"
#include "base/assert.hpp"

namespace wa::sim {

void Tally::note_done(const std::string& command) {
    const auto& all = registry_of(false).commands();
    const auto found = all.find(command);
    WA_ASSERT(found != all.end() && all.size() <= done.size());
    ++done[std::size_t(std::distance(all.begin(), found))];
}

void Tally::add(const Tally& o) {
    steps += o.steps, commands += o.commands, refused += o.refused, connections += o.connections;
    tours += o.tours, chunks += o.chunks, bytes_up += o.bytes_up, bytes_again += o.bytes_again;
    commits += o.commits, simulated_ms += o.simulated_ms;
    const auto plus = [](auto& mine, const auto& theirs) {
        std::transform(mine.begin(), mine.end(), theirs.begin(), mine.begin(), std::plus<>());
    };
    plus(happened, o.happened);
    plus(done, o.done);
}

std::string Tally::text() const {
    auto out = fmt::format(
        "steps {}, simulated {} s; commands told as done {}, refused {}; tours {}; connections {}; commits "
        "checked {}\nchunks {}; bytes up {}, of these again {}\n",
        steps, simulated_ms / 1000, commands, refused, tours, connections, commits, chunks, bytes_up,
        bytes_again);
    for (std::size_t i = 0; i < troubles; ++i)
        out += fmt::format("{} {}{}", trouble_names[i], happened[i], i + 1 == troubles ? "\n" : ", ");
    const auto& all = registry_of(false).commands();
    std::size_t place = 0;
    const char* between = "";
    for (const auto& [name, spec] : all) {
        out += fmt::format("{}{} {}", between, name, done[place++]);
        between = ", ";
    }
    out += '\n';
    return out;
}

std::string Tally::missing() const {
    for (std::size_t i = 0; i < troubles; ++i)
        if (happened[i] == 0) return std::string(trouble_names[i]);
    std::size_t place = 0;
    for (const auto& [name, spec] : registry_of(false).commands())
        if (done[place++] == 0) return name;
    return "";
}

}  // namespace wa::sim
