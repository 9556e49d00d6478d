// The log of the operator: one JSON object a line, on standard error. Never personal data: fields are ids,
// counts and technical texts. There is no way to log a payload.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace wa::log {

struct Field {
    std::string_view name;
    std::string value;
    Field(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
    Field(std::string_view field_name, const char* text) : name(field_name), value(text) {}
    Field(std::string_view field_name, const std::string& text) : name(field_name), value(text) {}
    Field(std::string_view field_name, long long number) : name(field_name), value(std::to_string(number)) {}
    Field(std::string_view field_name, long number) : name(field_name), value(std::to_string(number)) {}
    Field(std::string_view field_name, int number) : name(field_name), value(std::to_string(number)) {}
    Field(std::string_view field_name, unsigned long number)
        : name(field_name), value(std::to_string(number)) {}
};
using Fields = std::initializer_list<Field>;

/// @param level debug | info | warn | error
void set_level(std::string_view level);
void info(std::string_view what, Fields fields = {});
void warn(std::string_view what, Fields fields = {});
void error(std::string_view what, Fields fields = {});

}  // namespace wa::log
