// Deliberate faults, to prove that the checkers bite. Each is made around the engine: a wrapper of the node's
// queue, of the hub's inbox, or a statement beside it. The delivered program knows nothing of them.
#pragma once

#include <string_view>
#include <vector>

namespace wa::sim {

enum class Mutation {
    none,
    acknowledges_before_fsync,
    forgets_what_was_done,
    loses_an_envelope,
    forgets_to_send_again,
    ignores_revocation,
    wipes_too_early,
    loses_drafts,
    leaves_a_gap_in_numbers,
    changes_beside_the_journal,
    rewrites_the_journal,
    crosses_tenants,
    trusts_the_nodes_clock,
    damages_a_scan,
    sends_held_chunks_again,
    drops_changes,
    believes_forgers,
    tells_before_sealing,
    leaves_sealed_readable,
    asks_no_list,
    lists_without_fsync,
    believes_an_empty_list,
    takes_a_stick_twice,
    keeps_no_draft,
    forgets_former_keys,
};

struct MutationName {
    Mutation mutation;
    std::string_view name;
    std::string_view meaning;
};

/// All of them without `none`.
const std::vector<MutationName>& mutations();

}  // namespace wa::sim
