#include "kernel/store.hpp"

#include "base/assert.hpp"

namespace wa {

const Value& Row::at(std::string_view column) const {
    for (std::size_t i = 0; names_ && i < names_->size(); ++i)
        if ((*names_)[i] == column) return (*values_)[i];
    WA_ASSERT(!"the statement returns this column");
    return values_->front();
}

std::string Row::text(std::string_view column) const {
    const auto* text = std::get_if<std::string>(&at(column));
    return text ? *text : std::string();
}

std::int64_t Row::integer(std::string_view column) const {
    const auto* number = std::get_if<std::int64_t>(&at(column));
    return number ? *number : 0;
}

Bytes Row::bytes(std::string_view column) const {
    const auto* bytes = std::get_if<Bytes>(&at(column));
    return bytes ? *bytes : Bytes();
}

bool Row::is_null(std::string_view column) const {
    return std::holds_alternative<std::monostate>(at(column));
}

}  // namespace wa
