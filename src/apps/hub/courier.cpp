#include "apps/hub/courier.hpp"

#include <algorithm>
#include <set>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/courier_words.hpp"
#include "base/json_text.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/inbox.hpp"
#include "kernel/outbox.hpp"

namespace wa::hub {

namespace {

/// While a clerk waits for an answer, it is asked for this often, for at most so long.
constexpr std::int64_t eager_poll_ms = 250, eager_ms = 60'000;

/// Nobody is there, or the exchange has no room: then nobody's messages go.
bool not_reached(const http::ClientAnswer& answer) {
    constexpr int of_all[]{0, 408, 429, 502, 503, 504};
    return std::find(std::begin(of_all), std::end(of_all), answer.status) != std::end(of_all);
}

/// It has taken the message, or says why not; else it has stumbled over this one, or somebody before it.
bool is_word(const http::ClientAnswer& answer, const json::object& said) {
    return answer.status == 200 ||
           (answer.status >= 400 && answer.status < 500 && !text_of(said, "code").empty());
}

/// What is due besides those that are left alone, the most urgent first. Where they fill the first page, all
/// that is due is read: nobody's turn may depend on messages that do not go.
Rows due_besides(service::TenantRunner& runner, const std::set<std::string>& left) {
    Rows due;
    runner.read([&](Transaction& tx) {
        for (const auto* statement : {&sql::kernel::messages_to_send, &sql::kernel::due_outbox}) {
            due = tx.query(*statement);
            std::erase_if(due, [&](const Row& row) { return left.count(row.text("id")) > 0; });
            if (!due.empty() || left.empty()) return;
        }
    });
    return due;
}

}  // namespace

bool Rest::holds() const {
    return until_ms > system::monotonic_ms();
}

void Rest::longer(const CourierOptions& options) {
    ms = ms == 0 ? options.retry_ms : std::min(ms * 2, options.retry_max_ms);
    until_ms = system::monotonic_ms() + ms;
}

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
        const bool reached = visit(false) != Went::unreached;
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
    return visit(true) == Went::well;
}

Courier::Went Courier::visit(bool all) {
    auto worst = Went::well;
    for (auto& sender : senders_) {
        const auto address = exchange_address(sender.runner->scope().tenant);
        if (address.empty() || (!all && sender.rest.holds())) continue;
        const auto went = serve(sender, address, all);
        if (went == Went::unreached) return went;
        if (went == Went::stuck)
            sender.rest.longer(options_);
        else
            sender.rest = {};
        worst = std::max(worst, went);
    }
    return worst;
}

Courier::Went Courier::serve(Sender& sender, const std::string& address, bool all) {
    try {
        const auto sent = send_due(sender, address, all);
        return sent == Went::unreached ? sent : std::max(sent, look_into_inbox(sender, address, all));
    } catch (const std::exception& error) {
        // A store or a list that cannot be written now: tried again later, and nobody waits for it.
        log::error("courier: round failed",
                   {{"tenant", sender.runner->scope().tenant.id}, {"why", error.what()}});
        return Went::stuck;
    }
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

Courier::Went Courier::send_due(Sender& sender, const std::string& address, bool all) {
    std::set<std::string> left;  // rest, or had their turn in this round; the others go on
    for (const auto& [id, tried] : tried_)
        if (!all && tried.rest.holds()) left.insert(id);
    auto worst = Went::well;
    for (;;) {
        const auto due = due_besides(*sender.runner, left);
        if (due.empty()) return worst;
        for (const auto& row : due) {
            const auto went = send(sender, address, row);
            if (went == Went::unreached) return went;
            if (went == Went::well) continue;
            tried_[row.text("id")].rest.longer(options_);
            left.insert(row.text("id"));
            worst = went;
        }
    }
}

bool Courier::note(service::TenantRunner& runner, json::object state) {
    return run(runner, "message.note_state", std::move(state)).outcome == Outcome::done;
}

Courier::Went Courier::send(Sender& sender, const std::string& address, const Row& row) {
    auto& runner = *sender.runner;
    const auto id = row.text("id");
    // Only what the exchange has taken is in there, so that is its state; it is not asked again.
    const auto noted = [&](json::object state) {
        return note(runner, std::move(state)) ? Went::well : Went::waits;
    };
    if (sender.sent.has(id)) return noted(note_of_answer(id, 200, {}, row.integer("attempts")));
    auto& attempts = tried_[id].attempts;
    attempts = std::max(attempts, row.integer("attempts")) + 1;
    const auto envelope = envelope_of(row, address, options_.now());
    const auto answer = http::ask(
        options_.exchange, {"POST", "/exchange/messages", json::serialize(exchange::to_json(envelope))});
    const auto said = object_in(answer.body);
    if (not_reached(answer) || !is_word(answer, said)) {
        log::warn("message not handed over", {{"status", answer.status}, {"why", answer.failure}});
        // Said once per message, not at every try.
        if (row.text("problem").empty()) note(runner, note_of_silence(id, attempts));
        return not_reached(answer) ? Went::unreached : Went::waits;
    }
    if (answer.status == 200) sender.sent.note(id);
    auto state = note_of_answer(id, answer.status, said, attempts);
    tried_.erase(id);
    // A message that cannot be noted is looked at again later.
    return noted(std::move(state));
}

Courier::Went Courier::look_into_inbox(Sender& sender, const std::string& address, bool all) {
    if (!all && sender.inbox_rest.holds()) return Went::well;
    const auto went = fetch(*sender.runner, address);
    if (went != Went::stuck) {
        sender.inbox_rest = {};
        return went;
    }
    sender.inbox_rest.longer(options_);
    return Went::waits;
}

Courier::Went Courier::fetch(service::TenantRunner& runner, const std::string& address) {
    const auto answer =
        http::ask(options_.exchange, {"GET", "/exchange/inbox/" + exchange::path_segment(address)});
    if (answer.status != 200) {
        log::warn("exchange's inbox not read", {{"status", answer.status}, {"why", answer.failure}});
        return not_reached(answer) ? Went::unreached : Went::stuck;
    }
    const auto waiting = object_in(answer.body);
    auto worst = Went::well;
    for (const auto& entry : array_of(waiting, "messages")) {
        if (!entry.is_object()) continue;
        const auto taken = take(runner, entry.get_object());
        // Oldest first: a later one may be about the one that could not be taken.
        if (!taken) return Went::stuck;
        const auto told = tell_taken(entry.get_object(), *taken);
        if (told == Went::unreached) return told;
        worst = std::max(worst, told);
    }
    return worst;
}

std::optional<json::object> Courier::take(service::TenantRunner& runner, const json::object& message) {
    const auto receive = [&](json::object payload) {
        const auto command = receive_command_id(text_of(payload, "sender"), text_of(payload, "message_id"),
                                                object_of(payload, "payload"));
        return run(runner, "message.receive", std::move(payload), command);
    };
    auto result = receive(receive_payload(message, options_.now()));
    // An envelope, and yet nothing that can be kept as what it says (a type of a hundred characters): the
    // inbox behind it does not stand still for that.
    if (result.problem.is(problems::payload_invalid))
        result = receive(unreadable_payload(message, options_.now()));
    if (result.outcome != Outcome::done) return std::nullopt;
    return std::move(result.answer);
}

/// Not heard: it is brought again, and taken once.
Courier::Went Courier::tell_taken(const json::object& message, const json::object& received) {
    const auto target = "/exchange/inbox/" + exchange::path_segment(text_of(message, "id")) + "/taken";
    const auto answer = http::ask(options_.exchange, {"POST", target, json::serialize(word_of(received))});
    if (not_reached(answer)) return Went::unreached;
    return answer.status >= 500 ? Went::stuck : Went::well;
}

}  // namespace wa::hub
