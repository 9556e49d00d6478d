#include "mutations.hpp"

namespace wa::sim {

const std::vector<MutationName>& mutations() {
    static const std::vector<MutationName> all{
        {Mutation::acknowledges_before_fsync, "acknowledges_before_fsync",
         "the hub answers before its commit is durable"},
        {Mutation::forgets_what_was_done, "forgets_what_was_done",
         "a done mark is lost and the work comes again"},
        {Mutation::loses_an_envelope, "loses_an_envelope", "the node counts as answered what never was sent"},
        {Mutation::forgets_to_send_again, "forgets_to_send_again",
         "after a restore of the hub the node does not send again"},
        {Mutation::ignores_revocation, "ignores_revocation", "a revoked Koffer counts as any other"},
        {Mutation::wipes_too_early, "wipes_too_early", "the node wipes as soon as the clerk ends the tour"},
        {Mutation::loses_drafts, "loses_drafts", "a restart of the node forgets what was being typed"},
        {Mutation::leaves_a_gap_in_numbers, "leaves_a_gap_in_numbers",
         "a number is drawn and given to nobody"},
        {Mutation::changes_beside_the_journal, "changes_beside_the_journal",
         "a row changes without a command"},
        {Mutation::rewrites_the_journal, "rewrites_the_journal", "an entry of the journal changes"},
        {Mutation::crosses_tenants, "crosses_tenants",
         "a connection is answered from another tenant's store"},
        {Mutation::trusts_the_nodes_clock, "trusts_the_nodes_clock",
         "arrivals are noted by the node's clock"},
        {Mutation::damages_a_scan, "damages_a_scan", "a byte of a stored chunk changes"},
        {Mutation::sends_held_chunks_again, "sends_held_chunks_again",
         "the hub does not say which chunks it holds"},
        {Mutation::drops_changes, "drops_changes", "the node forgets a batch of changed rows"},
        {Mutation::believes_forgers, "believes_forgers", "the device's key is not proved"},
        {Mutation::tells_before_sealing, "tells_before_sealing",
         "the clerk is told of work that is not sealed to the tenant"},
        {Mutation::leaves_sealed_readable, "leaves_sealed_readable",
         "a word of a finished case stays on the Koffer"},
        {Mutation::asks_no_list, "asks_no_list", "the courier does not ask what has left"},
        {Mutation::lists_without_fsync, "lists_without_fsync", "what has left is not durable on its list"},
        {Mutation::believes_an_empty_list, "believes_an_empty_list",
         "a restore without the list takes it for one of nothing"},
        {Mutation::takes_a_stick_twice, "takes_a_stick_twice",
         "what a stick has brought is forgotten, and it is taken again"},
        {Mutation::forgets_former_keys, "forgets_former_keys",
         "work signed with the PIN of before counts as forged"},
        {Mutation::keeps_no_draft, "keeps_no_draft", "the hub says it has a draft and has not"},
    };
    return all;
}

}  // namespace wa::sim
