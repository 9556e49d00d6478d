// Who may be meant, decided on the index alone: nobody's row is read here.
#pragma once

#include <string>
#include <vector>

#include "modules/residence/search.hpp"

namespace wa::residence {

/// Ids of persons in the order of the index, some perhaps twice.
struct Candidates {
    std::vector<std::string> ids;
    bool cut = false;  ///< there are more than are looked at
};

/// Whom a search of the index is about.
enum class Among { all, blocked };

/// Ways through the index; each expects the criteria it is named for.
class IndexSearch {
  public:
    explicit IndexSearch(Transaction& tx) : tx_(tx) {}

    /// Persons of that day, or of the incomplete dates that may mean it, by the beginning of a name.
    Candidates by_birthday(const Criteria& criteria);
    /// Persons who have or had just this name, by its key (name_key), and just this birth date.
    std::vector<std::string> by_name_and_birthday(const std::string& name, const std::string& birth_date,
                                                  Among among = Among::all);
    /// By the beginnings of family name and given name, either of them one letter at least.
    Candidates by_names(const Criteria& criteria, Among among = Among::all);
    /// Who lives in a house, or in all houses of the streets that begin so.
    Candidates by_street(const Criteria& criteria);
    /// By a name and the year or the month; people with an unknown month belong to every one.
    Candidates by_year(const Criteria& criteria, Among among = Among::all);
    /// Whose names sound alike, of everybody.
    Candidates by_sound(const Criteria& criteria);
    /// Whose family name sounds alike, in the house.
    Candidates by_sound_at_house(const Criteria& criteria);

  private:
    void add(Candidates& found, std::size_t most, const Statement& statement, Params params);
    std::vector<std::string> pair_keys(const std::string& family, const std::string& given, Among among);
    std::vector<std::string> house_keys(const Criteria& criteria);
    std::vector<std::string> keys_from(const std::string& beginning, std::size_t most,
                                       bool each_house = true);

    Transaction& tx_;
    bool keys_cut_ = false;  ///< more keys begin so than are looked at
};

}  // namespace wa::residence
