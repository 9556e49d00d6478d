#include "adapters/log/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json.hpp"

namespace wa::log {

namespace {

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = spdlog::stderr_logger_mt("wanderamt");
        made->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                          spdlog::pattern_time_type::utc);
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *instance;
}

void write(spdlog::level::level_enum level, std::string_view what, Fields fields) {
    if (!logger().should_log(level)) return;
    json::object rest;
    rest["what"] = what;
    for (const auto& field : fields) rest[field.name] = field.value;
    auto text = json::serialize(rest);
    logger().log(level, spdlog::string_view_t(text.data() + 1, text.size() - 2));
}

}  // namespace

void set_level(std::string_view level) {
    logger().set_level(spdlog::level::from_str(std::string(level)));
}
void info(std::string_view what, Fields fields) {
    write(spdlog::level::info, what, fields);
}
void warn(std::string_view what, Fields fields) {
    write(spdlog::level::warn, what, fields);
}
void error(std::string_view what, Fields fields) {
    write(spdlog::level::err, what, fields);
}

}  // namespace wa::log
