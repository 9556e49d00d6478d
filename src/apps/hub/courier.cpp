#include "apps/hub/courier.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/courier_words.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/inbox.hpp"
#include "kernel/outbox.hpp"

namespace wa::hub {

namespace {

/// While a clerk waits for an answer, it is asked for this often, for at most so long.
constexpr std::int64_t eager_poll_ms = 250, eager_ms = 60'000;

bool not_reached(const http::ClientAnswer& answer) {
    return answer.status == 0 || answer.status >= 500 || answer.status == 408 || answer.status == 429;
}

json::object object_in(const std::string& body) {
    const auto value = parse_json(body);
    return value && value->is_object() ? value->get_object() : json::object{};
}

}  // namespace

Courier::Courier(std::vector<Sender> senders, CourierOptions options)
    : senders_(std::move(senders)), options_(std::move(options)) {
    if (!options_.now) options_.now = system::now;
}

Courier::~Courier() {
    stop();
}

void Courier::start() {
    thread_ = std::thread([this] { loop(); });
}

void Courier::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Courier::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    changed_.notify_all();
}

void Courier::loop() {
    for (;;) {
        const bool reached = round();
        const auto pause = std::chrono::milliseconds(pause_ms(reached));
        std::unique_lock lock(mutex_);
        // Whoever wakes us does not shorten the wait for an exchange that is down.
        changed_.wait_for(lock, pause, [&] { return stopping_ || (woken_ && reached); });
        if (stopping_) return;
        woken_ = false;
    }
}

std::int64_t Courier::pause_ms(bool reached) {
    if (!reached) {
        retry_ms_ = std::min(retry_ms_ == 0 ? options_.retry_ms : retry_ms_ * 2, options_.retry_max_ms);
        return retry_ms_;
    }
    retry_ms_ = 0;
    return waits_for_answer() ? std::min(eager_poll_ms, options_.poll_ms) : options_.poll_ms;
}

bool Courier::waits_for_answer() {
    const Params since{{"after", options_.now().ms - eager_ms}};
    for (const auto& sender : senders_) {
        if (exchange_address(sender.runner->scope().tenant).empty()) continue;
        bool waits = false;
        try {
            sender.runner->read([&](Transaction& tx) {
                waits = tx.query(sql::kernel::waits_for_answer, since).front().integer("count") > 0;
            });
        } catch (const std::exception& error) {
            log::error("store failed", {{"tenant", sender.runner->scope().tenant.id}, {"why", error.what()}});
        }
        if (waits) return true;
    }
    return false;
}

bool Courier::round() {
    keep_house();
    bool good = true;
    for (auto& sender : senders_) {
        const auto& tenant = sender.runner->scope().tenant;
        const auto address = exchange_address(tenant);
        if (address.empty()) continue;
        try {
            if (!send_due(sender, address) || !fetch(*sender.runner, address)) return false;
        } catch (const std::exception& error) {
            // A store or a list that cannot be written now: tried again later, and nobody waits for it.
            log::error("courier: round failed", {{"tenant", tenant.id}, {"why", error.what()}});
            good = false;
        }
    }
    return good;
}

CommandResult Courier::run(service::TenantRunner& runner, const std::string& name, json::object payload,
                           std::string id) {
    CommandRequest request;
    request.id = id.empty() ? system::new_id() : std::move(id);
    request.name = name;
    request.payload = std::move(payload);
    request.actor = system_actor();
    request.origin = {"system", "hub", "Zentrale", ""};
    request.at = options_.now();
    auto result = runner.run_and_wait(std::move(request));
    if (result.outcome != Outcome::done)
        log::error("courier: command refused", {{"command", name}, {"code", result.problem.code}});
    return result;
}

/// Once a day: late answers become tasks, what was kept for its time is erased.
void Courier::keep_house() {
    const auto today = local_date(options_.now());
    if (house_kept_ == today) return;
    for (const auto& sender : senders_) {
        if (exchange_address(sender.runner->scope().tenant).empty()) continue;
        for (const auto& name : daily_commands()) run(*sender.runner, name, {});
    }
    house_kept_ = today;
}

bool Courier::send_due(Sender& sender, const std::string& address) {
    for (;;) {
        Rows due;
        sender.runner->read([&](Transaction& tx) { due = tx.query(sql::kernel::messages_to_send); });
        if (due.empty()) return true;
        for (const auto& row : due)
            if (!send(sender, address, row)) return false;
    }
}

bool Courier::note(service::TenantRunner& runner, json::object state) {
    return run(runner, "message.note_state", std::move(state)).outcome == Outcome::done;
}

bool Courier::send(Sender& sender, const std::string& address, const Row& row) {
    auto& runner = *sender.runner;
    const auto id = row.text("id");
    // Only what the exchange has taken is in there, so that is its state; it is not asked again.
    if (sender.sent.has(id)) return note(runner, note_of_answer(id, 200, {}, row.integer("attempts")));
    auto& attempts = attempts_[id];
    attempts = std::max(attempts, row.integer("attempts")) + 1;
    const auto envelope = envelope_of(row, address, options_.now());
    const auto answer = http::ask(
        options_.exchange, {"POST", "/exchange/messages", json::serialize(exchange::to_json(envelope))});
    if (not_reached(answer)) {
        log::warn("exchange not reached", {{"status", answer.status}, {"why", answer.failure}});
        // Said once per message, not at every try.
        if (row.text("problem").empty()) note(runner, note_of_silence(id, attempts));
        return false;
    }
    const auto said = object_in(answer.body);
    if (answer.status == 200) sender.sent.note(id);
    auto state = note_of_answer(id, answer.status, said, attempts);
    attempts_.erase(id);
    // A message that cannot be noted is looked at again later.
    return note(runner, std::move(state));
}

bool Courier::fetch(service::TenantRunner& runner, const std::string& address) {
    const auto answer =
        http::ask(options_.exchange, {"GET", "/exchange/inbox/" + exchange::path_segment(address)});
    if (answer.status != 200) {
        log::warn("exchange's inbox not reached", {{"status", answer.status}, {"why", answer.failure}});
        return false;
    }
    const auto waiting = object_in(answer.body);
    for (const auto& entry : array_of(waiting, "messages"))
        if (entry.is_object() && !take(runner, entry.get_object())) return false;
    return true;
}

bool Courier::take(service::TenantRunner& runner, const json::object& message) {
    auto payload = receive_payload(message, options_.now());
    const auto command = receive_command_id(text_of(payload, "sender"), text_of(payload, "message_id"),
                                            object_of(payload, "payload"));
    const auto result = run(runner, "message.receive", std::move(payload), command);
    if (result.outcome != Outcome::done) return false;
    const auto target = "/exchange/inbox/" + exchange::path_segment(text_of(message, "id")) + "/taken";
    const auto answer =
        http::ask(options_.exchange, {"POST", target, json::serialize(word_of(result.answer))});
    // Not heard: it is brought again, and taken once.
    return !not_reached(answer);
}

}  // namespace wa::hub
