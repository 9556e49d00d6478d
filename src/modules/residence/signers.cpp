// Who may sign a registration: whom the form names, and nobody else (BMG § 17 Abs. 3, § 23 Abs. 4).
#include <algorithm>
#include <set>

#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

/// A name in one spelling, whatever case, blanks, hyphens, umlauts and accents it was written with.
std::string spelling(std::string_view name) {
    std::string key;
    for (const auto& word : words_of(name, true)) key += name_key(word);
    return key;
}

/// The whole name, and no part of it: "Dr. Anna Maria Müller" may also be "Anna Maria Müller" and, as lists
/// have it, "Müller, Dr. Anna Maria". Who has one name only signs with that.
bool is_name_of(std::string_view written, const json::object& person) {
    const auto comma = written.find(',');
    const auto said = comma == std::string_view::npos
                          ? spelling(written)
                          : spelling(written.substr(comma + 1)) + spelling(written.substr(0, comma));
    const auto name = spelling(text_of(person, "given_names")) + spelling(text_of(person, "family_name"));
    return !name.empty() && (said == name || said == spelling(text_of(person, "doctorate")) + name);
}

std::set<std::string> parts_of(std::string_view name) {
    std::set<std::string> parts;
    for (const auto& word : words_of(name, true)) parts.insert(name_key(word));
    return parts;
}

/// "Anna Müller" for Dr. Anna Maria Müller-Lüdenscheidt: every word is one of hers, of the family name and of
/// the given names one at least.
bool is_part_of_name(std::string_view written, const json::object& person) {
    const auto said = parts_of(written), family = parts_of(text_of(person, "family_name")),
               given = parts_of(text_of(person, "given_names"));
    auto whole = parts_of(text_of(person, "doctorate"));
    whole.insert(family.begin(), family.end());
    whole.insert(given.begin(), given.end());
    const auto names = [&](const std::set<std::string>& parts) {
        return parts.empty() || std::any_of(parts.begin(), parts.end(),
                                            [&](const std::string& one) { return said.count(one) > 0; });
    };
    return !said.empty() && names(family) && names(given) &&
           std::includes(whole.begin(), whole.end(), said.begin(), said.end());
}

/// The rules of the form have settled whether this person may: 16 years, carer with the power, host.
Result<void> may_sign(const json::object& form, std::string_view signer, const Reference& reference,
                      const Date& today) {
    const MoveForm move(form, reference, today);
    const auto* mover = move.signer();
    const auto& person = mover ? mover->person : object_of(form, "signer_name");
    // An exemption is an information only: nobody declares anything.
    if (text_of(form, "exemption") != "none" || is_name_of(signer, person)) return {};
    return fail(problems::residence_signer_not_entitled, {{"part_of_name", is_part_of_name(signer, person)}});
}

}  // namespace

void install_signers(Registry& registry) {
    registry.bind_signers(std::string(registration), may_sign);
}

}  // namespace wa::residence
