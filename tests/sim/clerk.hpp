// What a clerk does next: drawn from the step's own seed and from what the store in front of them shows.
#pragma once

#include <optional>
#include <string>

#include "authority.hpp"
#include "kernel/documents.hpp"
#include "loop.hpp"

namespace wa::sim {

struct Act {
    std::string name;
    json::object payload;
    Bytes document;  ///< put into the store first, when not empty
};

/// Of `who`, at a Koffer with this tour. Empty when there is nothing to do.
std::optional<Act> act_at_koffer(Transaction& tx, const Authority& home, const Clerk& who,
                                 const std::string& tour, Random& random, int number);
/// An appointment or the end for a task, of those the list offers it for: a desk asks for nothing else. Empty
/// when there is none.
std::optional<Act> act_on_task(Transaction& tx, const TenantScope& scope, const Actor& actor, Random& random);
/// The next step of a case, whoever takes it; empty when it is over.
std::optional<Act> act_on_case(const Authority& home, const Row& the_case, Transaction& tx, Random& random,
                               int number);
json::object open_case(const Authority& home, Random& random, int number, const std::string& channel);
/// A word that only what was done in this step holds.
std::string secret_of(int number);
/// A form that the procedure accepts, a little different for each number.
json::object filled_form(const Authority& home, int number);
/// Books with whatever reasons it takes: what matters here is that rows, tasks and messages appear.
json::object booking(Transaction& tx, const TenantScope& scope, Timestamp at, const Row& the_case);
json::object correction(Transaction& tx, const Authority& home, Random& random, int number);
/// One of the rows a statement finds.
std::optional<Row> one_of(Transaction& tx, std::string_view text, Random& random);
Bytes scan(Random& random, const Authority& home);

}  // namespace wa::sim
