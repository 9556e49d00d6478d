// For tests: a registration is booked, and taken back.
#pragma once

#include "modules/residence/exchange/world.hpp"

namespace wa::messages {

inline std::string booked(ExchangeWorld& world, json::object form = test_form()) {
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", id}});
    return id;
}

inline void revoke(ExchangeWorld& world, const std::string& id) {
    world.must("residence.revoke", {{"case_id", id}, {"reason", "falsche Person"}}, world.lead);
}

}  // namespace wa::messages
