// Who works in Testland. Invented like its residents; their passwords and PINs are for demo and tests only.
#pragma once

#include <string>
#include <vector>

namespace wa::testland {

struct Colleague {
    std::string login, name, role;
    std::string password, pin;  ///< no PIN: never goes out with a Koffer
    std::string title;          ///< what they do, in words
};

/// The staff of a municipality (0, 1) or of the county (2).
const std::vector<Colleague>& staff(int authority);

}  // namespace wa::testland
