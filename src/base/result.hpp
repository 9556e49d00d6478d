// Result<T>: a value or the expected reason why there is none. Member names are those of std::expected.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/assert.hpp"
#include "base/json.hpp"

namespace wa {

/// Names one expected failure, e.g. "residence.moved_in_future". Each code is declared once, in a
/// problems.json, from which tools/embed.py generates the constants; never write one as a string.
struct ProblemCode {
    std::string_view name;
    friend bool operator==(ProblemCode, ProblemCode) = default;
};

/// An expected failure as a value. It carries no personal data: `details` holds names of fields, limits,
/// identifiers and counts, never what a person typed. The words people read come from the catalogue.
struct Problem {
    std::string code;
    json::object details;

    Problem() = default;
    explicit Problem(ProblemCode problem_code, json::object problem_details = {})
        : code(problem_code.name), details(std::move(problem_details)) {}
    /// A problem whose code arrives as data (a procedure's rule, a message of the hub).
    Problem(std::string problem_code, json::object problem_details)
        : code(std::move(problem_code)), details(std::move(problem_details)) {}
    bool is(ProblemCode other) const { return code == other.name; }
};

/// The right-hand side of a failing return: `return fail(problems::case_not_found);`
struct Failure {
    Problem problem;
};
inline Failure fail(ProblemCode code, json::object details = {}) {
    return Failure{Problem(code, std::move(details))};
}
inline Failure fail(Problem problem) {
    return Failure{std::move(problem)};
}

template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Failure failure) : state_(std::in_place_index<1>, std::move(failure.problem)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    T& value() & {
        WA_ASSERT(has_value());
        return std::get<0>(state_);
    }
    const T& value() const& {
        WA_ASSERT(has_value());
        return std::get<0>(state_);
    }
    T&& value() && {
        WA_ASSERT(has_value());
        return std::get<0>(std::move(state_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Problem& error() const& {
        WA_ASSERT(!has_value());
        return std::get<1>(state_);
    }
    Problem&& error() && {
        WA_ASSERT(!has_value());
        return std::get<1>(std::move(state_));
    }
    T value_or(T other) && { return has_value() ? std::get<0>(std::move(state_)) : std::move(other); }

  private:
    std::variant<T, Problem> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Failure failure) : problem_(std::move(failure.problem)) {}

    bool has_value() const { return !problem_; }
    explicit operator bool() const { return has_value(); }
    const Problem& error() const& {
        WA_ASSERT(problem_);
        return *problem_;
    }
    Problem&& error() && {
        WA_ASSERT(problem_);
        return std::move(*problem_);
    }

  private:
    std::optional<Problem> problem_;
};

/// Declares `name` as the value of an expression, or returns its failure from the function.
#define WA_TRY(name, expression)                                             \
    auto name##_result = (expression);                                       \
    if (!name##_result) return ::wa::fail(std::move(name##_result).error()); \
    auto name = std::move(name##_result).value()
/// The same for a Result<void>.
#define WA_CHECK(expression)                                       \
    do {                                                           \
        if (auto wa_check_result = (expression); !wa_check_result) \
            return ::wa::fail(std::move(wa_check_result).error()); \
    } while (false)

}  // namespace wa
