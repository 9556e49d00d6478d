// Whatever a browser sends as a form: the answer is a list of faults, never a crash.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/procedure/fields.hpp"
#include "kernel/procedure/procedure.hpp"

namespace {

/// One declaration with every type, conditions that look in- and outward, lists within groups, all blocks.
constexpr std::string_view declarations = R"json([
  [{"name": "x", "type": "person_name", "required": true}, {"name": "y", "type": "text", "max": 20, "din": "B"},
   {"name": "z", "type": "text"}],
  [{"name": "x", "type": "date", "earliest": "2000-01-01", "latest": "today"},
   {"name": "y", "type": "partial_date", "latest": "today"}, {"name": "z", "type": "timestamp"}],
  [{"name": "x", "type": "integer", "min": -3, "max": 9}, {"name": "y", "type": "house_no"},
   {"name": "z", "type": "boolean", "when": {"lt": [{"field": "x"}, {"field": "y"}]}}],
  [{"name": "x", "type": "codes", "list": "nationality", "min_items": 1, "max_items": 3},
   {"name": "y", "type": "code", "list": "municipality"},
   {"name": "z", "type": "choices", "options": [{"value": "a"}, {"value": "b"}], "min_items": 1}],
  [{"name": "x", "type": "id"}, {"name": "y", "type": "hash"}, {"name": "z", "type": "tax_id"},
   {"name": "a", "type": "document_serial"}, {"name": "b", "type": "postcode"}, {"name": "c", "type": "object"}],
  [{"name": "x", "type": "list", "max_items": 3, "fields": [
     {"name": "y", "type": "group", "fields": [{"name": "z", "type": "any",
       "when": {"or": [{"present": {"field": "a"}}, {"contains": [{"field": "x"}, {"field": "z"}]},
                       {"eq": [{"field": "x.0.y"}, {"field": "y"}]}]}}]},
     {"name": "a", "type": "date", "required_when": {"gt": [{"age": [{"field": "a"}]}, 3]}}]}],
  [{"name": "x", "type": "partial_date"}, {"name": "y", "type": "any"},
   {"name": "a", "type": "any", "when": {"ge": [{"add_days": [{"field": "x"}, {"field": "y"}]}, {"today": true}]}},
   {"name": "b", "type": "any", "when": {"le": [{"add_months": [{"field": "x"}, {"field": "y"}]}, {"field": "x"}]}},
   {"name": "c", "type": "any", "when": {"ne": [{"age": [{"field": "x"}, {"field": "y"}]}, {"count": {"field": "y"}}]}}],
  [{"name": "x", "type": "group", "block": "person"}, {"name": "y", "type": "group", "block": "dwelling"},
   {"name": "z", "type": "list", "block": "id_document"}]
])json";

std::vector<wa::FieldSet> read_sets() {
    std::vector<wa::FieldSet> sets;
    const auto all = wa::parse_json(declarations);
    for (const auto& declaration : all->as_array())
        sets.push_back(wa::FieldSet::parse(declaration.as_array()));
    return sets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto sets = read_sets();
    static const auto reference = wa::Reference::load("NI", {});
    if (size == 0) return 0;
    const auto values = wa::parse_json({reinterpret_cast<const char*>(data) + 1, size - 1});
    if (!values || !values->is_object()) return 0;
    const wa::FormContext context{{2026, 11, 5}, "counter", reference.get()};
    const auto faults = sets[data[0] % sets.size()].validate(values->get_object(), context);
    for (const auto& fault : faults)
        if (fault.code.empty()) __builtin_trap();
    return 0;
}
