// Statements are written once, with $names (kernel/store.hpp); PostgreSQL numbers its parameters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wa::postgres {

struct NumberedStatement {
    std::string text;                 ///< $limit has become $3
    std::vector<std::string> params;  ///< names without the $; the first is $1
};

/// Numbers the parameters by their first appearance. Leaves texts in quotes, quoted names and comments alone.
/// Asserts that the text is one statement.
NumberedStatement numbered(std::string_view text);

/// Whether the text has a filter that an empty value leaves out: "($status = '' OR …)", "($from = 0 OR …)".
/// Such a statement is planned anew with its values each time, since one plan cannot serve both cases.
bool has_optional_filters(std::string_view text);

}  // namespace wa::postgres
