// Who may sign a registration: whom the form names, and nobody else (BMG § 17 Abs. 3, § 23 Abs. 4).
#include <algorithm>
#include <set>

#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

std::set<std::string> parts_of(const std::string& name) {
    std::set<std::string> parts;
    for (const auto& word : words_of(name, true))
        if (auto key = name_key(word); !key.empty()) parts.insert(std::move(key));
    return parts;
}

bool any_of_both(const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const auto& one) { return b.count(one) > 0; });
}

/// "Anna Müller" may stand for Dr. Anna Maria Müller-Lüdenscheid: every word is one of theirs, one of the
/// family name and one of the given names among them, in any spelling of umlauts and accents.
bool is_name_of(std::string_view written, const json::object& person) {
    const auto words = parts_of(std::string(written)), family = parts_of(text_of(person, "family_name")),
               given = parts_of(text_of(person, "given_names"));
    auto all = parts_of(text_of(person, "doctorate"));
    all.insert(family.begin(), family.end());
    all.insert(given.begin(), given.end());
    return any_of_both(words, family) && (given.empty() || any_of_both(words, given)) &&
           std::includes(all.begin(), all.end(), words.begin(), words.end());
}

/// The rules of the form have settled whether this person may: 16 years, carer with the power, host.
Result<void> may_sign(const json::object& form, std::string_view signer, const Reference& reference,
                      const Date& today) {
    const MoveForm move(form, reference, today);
    const auto* mover = move.signer();
    const auto& person = mover ? mover->person : object_of(form, "signer_name");
    // An exemption is an information only: nobody declares anything.
    if (text_of(form, "exemption") != "none" || is_name_of(signer, person)) return {};
    return fail(problems::residence_signer_not_entitled);
}

}  // namespace

void install_signers(Registry& registry) {
    registry.bind_signers(std::string(registration), may_sign);
}

}  // namespace wa::residence
