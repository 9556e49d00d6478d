// What the parts of a booking share.
#pragma once

#include "modules/residence/residence.hpp"

namespace wa::residence {

/// "Personalausweis L01X00T47, Stadt Testhausen": the Hinweis of every datum that comes from this form.
std::string source_of(const json::object& form);

/// The person of the form: a new one when `id` is empty, else the known one, brought up to date. `differs`
/// names data that differ and were not touched.
Result<std::string> take_person(CommandContext& context, std::string id, const json::object& form,
                                json::array& differs);

}  // namespace wa::residence
