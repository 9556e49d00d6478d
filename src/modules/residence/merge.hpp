// Inside the module: a person known twice. Two records of one human being become one, by two persons of the
// office (handbook P01 step 6).
#pragma once

#include <map>

#include "modules/residence/residence.hpp"

namespace wa::residence {

/// The record that stands for somebody: the one with this id, or the one it was merged into.
std::string standing_id(Transaction& tx, const std::string& person_id);

/// One of them. Of a secured one (BMG § 13 Abs. 2) only what may still be read is compared and taken over.
struct Record {
    Row whole, readable;
    std::string id() const { return whole.text("id"); }
};
/// The record that stays, and the one that is taken into it.
struct TwoRecords {
    Record kept, other;
    std::string kept_id() const { return kept.id(); }
    std::string other_id() const { return other.id(); }
};

/// Field of the history that says which record was taken in.
inline constexpr std::string_view merged_field = "merged";
/// In the source of what a merge changed, before the name of who proposed it: for the office alone.
inline constexpr std::string_view proposed_by = ", vorgeschlagen von ";

/// The same building, flat and time; the same relative, for the same time. (merge_rows.cpp)
bool is_same_dwelling(const Row& one, const Row& two);
bool is_same_relation(const Row& one, const Row& two);

/// Fields in which the two say different things, so that somebody has to find out first which is right
/// (person.correct), or whether it is one person at all. Empty: they agree. Blocks never contradict: each
/// holds. (merge_agreement.cpp)
std::vector<std::string> contradictions(Transaction& tx, const TwoRecords& records);

/// What the one has and the other lacks, as corrections of the first: empty columns are filled, lists and
/// blocks united, and who lives here in one of them lives here. (merge_agreement.cpp)
std::vector<FieldChange> lacking(const Record& here, const Record& there, const std::string& source);

/// What the second person says of the dwellings of both records: which is the sole or main one, and which are
/// over, with the day of moving out. Every other current one is a secondary one (BMG § 21).
struct MainDwelling {
    std::string id;  ///< empty: they do not contradict, and nothing was said
    std::map<std::string, std::string> ended;
};
/// Refused where the current dwellings together are not one main dwelling and nobody says which is, and what
/// is said of a dwelling that is no current one of these two. (merge_dwellings.cpp)
Result<MainDwelling> decided_main_dwelling(CommandContext& context, const TwoRecords& records,
                                           const json::object& payload);
/// Carries it out once all dwellings are the kept record's; who was told of another main dwelling is told.
/// (merge_dwellings.cpp)
void settle_dwellings(CommandContext& context, const std::string& person_id, const MainDwelling& decided,
                      const std::string& source);

/// One dwelling, paper or relative twice becomes one. @return ids of rows that are gone, each with the id of
/// the one that stands for it. (merge_rows.cpp)
std::map<std::string, std::string> join_equal_rows(CommandContext& context, const TwoRecords& records,
                                                   const std::string& source);
/// Whatever names the other record, in the register, in cases, tasks and messages, names the kept one.
/// `joined`: as join_equal_rows has it. (merge_rows.cpp)
void rename_everywhere(CommandContext& context, const TwoRecords& records,
                       const std::map<std::string, std::string>& joined);

/// Somebody may have a block by now: proposals that name them are for those only who may see that.
void hide_proposals(CommandContext& context, const std::string& person_id);

/// person.propose_merge, person.merge
void install_merge(Registry& registry);

}  // namespace wa::residence
