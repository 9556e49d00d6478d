#include "apps/demo/control_api.hpp"

#include <fmt/format.h>

namespace wa {
namespace {

ControlReply refuse(unsigned status, std::string message) {
    return {status, {{"message", std::move(message)}}};
}

json::object direction_json(const LineDirectionState& direction) {
    const auto& counters = direction.counters;
    return {{"packets_offered", counters.packets_offered}, {"packets_delivered", counters.packets_delivered},
            {"packets_dropped", counters.packets_dropped}, {"bytes_offered", counters.bytes_offered},
            {"bytes_delivered", counters.bytes_delivered}, {"bytes_dropped", counters.bytes_dropped},
            {"queued_bytes", direction.queued_bytes},      {"utilisation", direction.utilisation}};
}

json::object process_json(const ChildState& child) {
    return {{"name", child.name},
            {"label", child.label},
            {"pid", child.pid},
            {"running", child.running},
            {"stopping", child.stopping},
            {"well", child.well},
            {"restarts", child.restarts},
            {"last_end", child.last_end},
            {"url", fmt::format("http://127.0.0.1:{}/", child.desk_port)}};
}

}  // namespace

ControlApi::ControlApi(Supervisor& supervisor, const std::vector<DemoLogin>& logins)
    : supervisor_(supervisor) {
    for (const auto& login : logins) {
        logins_.push_back(json::object{{"place", login.place},
                                       {"role", login.role},
                                       {"name", login.name},
                                       {"password", login.password}});
    }
    for (const auto& profile : line_profiles()) {
        profiles_.push_back(json::object{{"name", profile.name},
                                         {"label", profile.label},
                                         {"rate_up_bit_per_s", profile.rate_up_bit_per_s},
                                         {"rate_down_bit_per_s", profile.rate_down_bit_per_s},
                                         {"delay_ms", profile.delay_ms},
                                         {"jitter_ms", profile.jitter_ms},
                                         {"loss", profile.loss},
                                         {"queue_bytes", profile.queue_bytes},
                                         {"on_ms", profile.on_ms},
                                         {"off_ms", profile.off_ms},
                                         {"renews_address", profile.renews_address}});
    }
}

ControlReply ControlApi::answer(std::string_view method, std::string_view path, std::string_view body) {
    if (method == "GET" && path == "/api/state") return {200, state()};
    if (method == "POST" && (path == "/api/line" || path == "/api/process")) {
        const auto value = parse_json(body);
        if (!value || !value->is_object()) return refuse(400, "Der Wunsch ist kein JSON-Objekt.");
        return path == "/api/line" ? change_line(value->get_object()) : change_process(value->get_object());
    }
    return refuse(404, fmt::format("{} gibt es hier nicht.", path));
}

json::object ControlApi::state() {
    json::object line{{"emulated", false}};
    if (const auto* emulator = supervisor_.line()) {
        const auto now = emulator->state();
        line = {{"emulated", true},
                {"connected", now.connected},
                {"profile", now.profile.name},
                {"address", now.node_address},
                {"hub_address", hub_line_address},
                {"up", direction_json(now.up)},
                {"down", direction_json(now.down)}};
    }
    json::array processes;
    for (const auto& child : supervisor_.states()) processes.push_back(process_json(child));
    return {{"line", std::move(line)},
            {"profiles", profiles_},
            {"processes", std::move(processes)},
            {"logins", logins_}};
}

ControlReply ControlApi::change_line(const json::object& wish) {
    auto* line = supervisor_.line();
    if (!line) return refuse(409, "Die Demo läuft ohne nachgebildete Leitung (--no-line).");
    const LineProfile* profile = nullptr;
    if (wish.contains("profile")) {
        profile = find_line_profile(text_of(wish, "profile"));
        if (!profile) return refuse(422, "Dieses Profil gibt es nicht. Die Namen stehen in /api/state.");
    }
    const auto* connected = wish.if_contains("connected");
    if (connected && !connected->is_bool()) return refuse(422, "connected ist true oder false.");
    const auto faster = std::uint64_t(std::clamp<std::int64_t>(integer_of(wish, "faster", 1), 1, 100));
    if (profile) {
        auto wished = *profile;
        wished.rate_up_bit_per_s *= faster;
        wished.rate_down_bit_per_s *= faster;
        wished.queue_bytes *= std::uint32_t(faster);
        line->set_profile(wished);
    }
    if (flag_of(wish, "new_address")) {
        try {
            line->new_address();
        } catch (const LineError& error) {
            return refuse(500, error.what());
        }
    }
    if (connected) connected->get_bool() ? line->restore() : line->cut();
    return {200, state()};
}

ControlReply ControlApi::change_process(const json::object& wish) {
    auto reason = supervisor_.request(text_of(wish, "name"), text_of(wish, "action"));
    if (!reason.empty()) return refuse(409, std::move(reason));
    return {200, state()};
}

}  // namespace wa
