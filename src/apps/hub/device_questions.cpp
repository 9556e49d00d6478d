// What a Koffer asks its hub outside the sync: tours, the proof of a PIN, the working set, word of its end.
#include <zstd.h>

#include <algorithm>

#include "adapters/system/system.hpp"
#include "apps/hub/check_out_text.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/hub/sealed_work.hpp"
#include "apps/hub/sync_connection.hpp"
#include "base/pin_key.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/journal.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"
#include "sync/sealed.hpp"

namespace wa::hub {

namespace {

/// How far the clock of a Koffer may be off when it fetches a tour.
constexpr std::int64_t clock_tolerance_ms = 24 * 3'600'000;

void refuse(http::Socket& socket, const Problem& problem) {
    socket.send_text(json::serialize(json::object{{"problem", problem.code}, {"details", problem.details}}));
}

/// A question that no Koffer of ours asks.
void refuse_question(const Tenants::DeviceOf& device, http::Socket& socket) {
    const Problem problem(problems::request_malformed);
    device.runner->write([id = device.device.text("id"), code = std::string(problem.code)](
                             Transaction& tx) { append_journal(tx, line_alarm(id, code)); },
                         [](bool) {});
    refuse(socket, problem);
    socket.close();
}

/// As it is now: it may have been revoked since the line was opened.
bool is_revoked(const Tenants::DeviceOf& device) {
    std::optional<Row> today;
    device.runner->read([&](Transaction& tx) { today = read_row(tx, "device", device.device.text("id")); });
    return !today || today->text("state") != "active";
}

/// A lost one hears it, and may say that it has destroyed its keys and is empty; nothing else.
void answer_revoked(const Tenants::DeviceOf& device, const json::object& request, http::Socket& socket) {
    const auto op = text_of(request, "op"), id = device.device.text("id");
    if (op == "wiped") {
        note_wiped(*device.runner, text_of(request, "tour_id"), id);
        return socket.send_text("{}");
    }
    bool lost = false;
    device.runner->read([&](Transaction& tx) { lost = is_lost(tx, id); });
    if (!lost) return refuse(socket, Problem(problems::device_revoked));
    if (op != "destroyed") return refuse(socket, Problem(problems::tours_device_lost));
    CommandRequest command;
    command.id = system::new_id();
    command.name = "koffer.note_destroyed";
    command.payload = {{"device_id", id}};
    command.actor = system_actor();
    command.origin = {"system", id, "", ""};
    command.at = system::now();
    device.runner->run(std::move(command), [](CommandResult) {});
    socket.send_text("{}");
}

}  // namespace

http::SocketHandler KofferDesk::device_handler() {
    return [this](const http::Request& request,
                  std::shared_ptr<http::Socket> socket) -> std::optional<http::SocketCallbacks> {
        const auto device = device_of(request);
        if (!device) return std::nullopt;
        http::SocketCallbacks callbacks;
        callbacks.on_message = [this, device = *device, socket](std::string_view message, bool) {
            const auto value = parse_json(message);
            if (!value || !value->is_object()) return refuse_question(device, *socket);
            if (is_revoked(device)) return answer_revoked(device, value->get_object(), *socket);
            answer_device(device, value->get_object(), socket);
        };
        return callbacks;
    };
}

namespace {

/// How the PIN of an account becomes a key; empty without a PIN.
Bytes recipe_of(const Row& account) {
    const auto wrapped = account.bytes("wrapped_seed");
    return {wrapped.begin(), wrapped.begin() + std::ptrdiff_t(std::min(wrapped.size(), pin_recipe_bytes))};
}

/// Tours of this device with their staff: names, and how a PIN becomes a key. What that key opens is given
/// out for a proof of it (prove_pin). No citizen's data.
json::object tours_answer(const Tenants::DeviceOf& device) {
    json::array tours;
    device.runner->read([&](Transaction& tx) {
        for (const auto& row : tours_of_device(tx, device.device.text("id"))) {
            json::array staff;
            const auto ids = parse_json(row.text("staff"));
            for (const auto& id : ids->as_array())
                if (const auto account = read_row(tx, "user_account", std::string(id.as_string())))
                    staff.push_back(json::object{{"id", account->text("id")},
                                                 {"name", account->text("name")},
                                                 {"login", account->text("login")},
                                                 {"pin_recipe", to_hex(recipe_of(*account))}});
            tours.push_back(json::object{{"id", row.text("id")},
                                         {"day", row.text("day")},
                                         {"state", row.text("state")},
                                         {"from", row.text("from_time")},
                                         {"until", row.text("until_time")},
                                         {"site", row.text("site_name")},
                                         {"staff", std::move(staff)}});
        }
    });
    return {{"tours", std::move(tours)}};
}

/// Everything the tour needs: rows, streets, and the key of its store, sealed to each of the staff: the
/// Koffer opens it with a PIN.
json::object package(Transaction& tx, const service::TenantRunner& runner, const std::string& device_id,
                     const std::string& tour_id) {
    const auto tour = read_row(tx, "tour", tour_id);
    const auto tour_key = system::random_key();
    json::array rows, keys, streets;
    for (const auto& [table, row] : working_set(tx, runner.engine().registry(), tour_id)) {
        rows.push_back(json::object{{"table", table}, {"row", row_to_json(row)}});
        if (table != "user_account" || row.is_null("seal_key")) continue;
        // What is under a PIN is not in the row as a Koffer may hold it.
        const auto account = read_row(tx, "user_account", row.text("id")).value();
        keys.push_back(json::object{{"user_id", row.text("id")},
                                    {"name", row.text("name")},
                                    {"login", row.text("login")},
                                    {"wrapped_seed", to_hex(account.bytes("wrapped_seed"))},
                                    {"pin_auth", to_hex(account.bytes("pin_auth"))},
                                    {"sealed_key", to_hex(seal_to(to_hash(row.bytes("seal_key")),
                                                                  tour_key.bytes, system::random_key()))}});
    }
    for (const auto& street : runner.scope().reference->entries("street"))
        streets.push_back(
            json::object{{"code", street.code}, {"text", street.text}, {"extra", street.extra}});
    const auto head = journal_head(tx);
    const auto site = read_row(tx, "site", tour->text("site_id"));
    return {{"tour_id", tour_id},
            {"tenant", tenant_to_json(runner.scope().tenant)},
            {"tenant_key", to_hex(sync::tenant_seal_keys(runner.scope().digest_key).public_key)},
            {"tour_proof", to_hex(sync::tour_proof(runner.scope().digest_key, device_id, tour_id))},
            {"site", site->text("name")},
            {"day", tour->text("day")},
            {"expires_ms", tour->integer("expires_ms")},
            {"journal_seq", head.seq},
            {"journal_hash", to_hex(head.hash)},
            {"keys", std::move(keys)},
            {"rows", std::move(rows)},
            {"streets", std::move(streets)}};
}

Bytes compressed(const json::object& object) {
    const auto text = json::serialize(object);
    Bytes out(ZSTD_compressBound(text.size()));
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 12));
    return out;
}

}  // namespace

void KofferDesk::answer_device(const Tenants::DeviceOf& device, const json::object& request,
                               std::shared_ptr<http::Socket> socket) {
    const auto op = text_of(request, "op");
    if (op == "tours") return socket->send_text(json::serialize(tours_answer(device)));
    if (op == "prove_pin") return prove_pin(device, request, std::move(socket));
    if (op == "check_out") return check_out(device, request, socket);
    if (op == "renew")
        return renew_(device, text_of(request, "csr"), [socket](Result<json::object> answer) {
            if (!answer) return refuse(*socket, answer.error());
            socket->send_text(json::serialize(*answer));
        });
    if (op == "wiped") {
        note_wiped(*device.runner, text_of(request, "tour_id"), device.device.text("id"));
        return socket->send_text("{}");
    }
    if (op == "orders") return socket->send_text("{}");
    if (op == "draft") {
        const auto sealed = from_base64url(text_of(request, "sealed"));
        if (!sealed) return refuse(*socket, Problem(problems::request_malformed));
        // Not on the connection's thread: it waits for the commit.
        return loop_.post([this, device, sealed = *sealed, socket] {
            const auto taken = take_draft(*device.runner, device.device, sealed);
            if (!taken.case_id.empty())
                events_.changed(device.runner->scope().tenant.id, {{"case", taken.case_id}});
            if (taken.refused) return refuse(*socket, *taken.refused);
            socket->send_text("{}");
        });
    }
    refuse_question(device, *socket);
}

namespace {

std::optional<KnownClerk> clerk_of(const Tenants::DeviceOf& device, const std::string& tour_id,
                                   const std::string& user_id) {
    std::optional<KnownClerk> clerk;
    device.runner->read(
        [&](Transaction& tx) { clerk = clerk_lookup()(tx, device.device.text("id"), tour_id, user_id); });
    return clerk;
}

/// Whether the device may fetch the tour, again perhaps.
bool may_fetch(Transaction& tx, const std::string& device_id, const std::string& tour_id) {
    const auto tours = tours_of_device(tx, device_id);
    return std::any_of(tours.begin(), tours.end(),
                       [&](const Row& tour) { return tour.text("id") == tour_id; });
}

/// Why a PIN is not even tried: what can be read is answered without a command, or whoever has the
/// certificate alone would fill the journal.
std::optional<Problem> untried(const std::optional<Row>& account, const std::string& pin_auth) {
    // Set by a program that did not keep what a PIN is proved by.
    if (account->is_null("pin_auth")) return Problem(problems::tours_pin_anew);
    if (const auto proof = from_hex(pin_auth); !proof || proof->size() != sizeof(Hash))
        return Problem(problems::request_malformed);
    const auto locked_for = account->integer("pin_locked_until_ms") - system::now().ms;
    if (locked_for > 0) return Problem(problems::account_locked, {{"minutes", locked_for / 60'000 + 1}});
    return std::nullopt;
}

/// Why what is under a PIN is not given out; empty when the PIN was right.
std::optional<Problem> refusal_of(const CommandResult& tried) {
    if (tried.outcome != Outcome::done) return tried.problem;
    const auto judged = text_of(tried.answer, "judged");
    if (judged == "good") return std::nullopt;
    if (judged == "locked")
        return Problem(problems::account_locked, {{"minutes", integer_of(tried.answer, "minutes")}});
    return Problem(problems::sign_in_failed, {{"tries_left", integer_of(tried.answer, "tries_left")}});
}

}  // namespace

/// Whoever has the device's key alone learns nothing that PINs could be tried on elsewhere: each try is
/// counted here, on disk, before it is answered.
void KofferDesk::prove_pin(const Tenants::DeviceOf& device, const json::object& request,
                           std::shared_ptr<http::Socket> socket) {
    const auto user_id = text_of(request, "user_id"), tour_id = text_of(request, "tour_id");
    const auto pin_auth = text_of(request, "pin_auth");
    const auto clerk = clerk_of(device, tour_id, user_id);
    std::optional<Row> account;
    bool fetches = false;
    device.runner->read([&](Transaction& tx) {
        account = read_row(tx, "user_account", user_id);
        fetches = may_fetch(tx, device.device.text("id"), tour_id);
    });
    if (!clerk || clerk->left || !fetches) return refuse(*socket, Problem(problems::envelope_clerk));
    if (const auto refused = untried(account, pin_auth)) return refuse(*socket, *refused);
    CommandRequest command;
    command.id = system::new_id();
    command.name = "user.try_pin";
    command.payload = {{"user_id", user_id}, {"pin_auth", pin_auth}};
    command.actor = system_actor();
    command.origin = {"system", device.device.text("id"), device.device.text("name"), tour_id};
    command.at = system::now();
    device.runner->run(std::move(command), [runner = device.runner, user_id, socket](CommandResult tried) {
        if (const auto refused = refusal_of(tried)) return refuse(*socket, *refused);
        std::string wrapped;
        runner->read([&](Transaction& tx) {
            wrapped = to_hex(read_row(tx, "user_account", user_id).value().bytes("wrapped_seed"));
        });
        socket->send_text(json::serialize(json::object{{"wrapped_seed", wrapped}}));
    });
}

void KofferDesk::check_out(const Tenants::DeviceOf& device, const json::object& request,
                           std::shared_ptr<http::Socket> socket) {
    const auto tour_id = text_of(request, "tour_id"), user_id = text_of(request, "user_id");
    const auto device_id = device.device.text("id");
    const auto at_ms = integer_of(request, "at_ms");
    const auto signature_bytes = from_hex(text_of(request, "signature"));
    const auto clerk = clerk_of(device, tour_id, user_id);
    Signature signature{};
    if (signature_bytes && signature_bytes->size() == signature.size())
        std::copy(signature_bytes->begin(), signature_bytes->end(), signature.begin());
    // Before who it is: somebody with the right PIN must hear that it is the clock.
    if (at_ms < system::now().ms - clock_tolerance_ms || at_ms > system::now().ms + clock_tolerance_ms)
        return refuse(*socket, Problem(problems::device_clock));
    if (!clerk || clerk->left ||
        !verify(clerk->sign_key, as_span(check_out_text(tour_id, device_id, at_ms)), signature))
        return refuse(*socket, Problem(problems::envelope_clerk));
    CommandRequest command;
    command.id = system::new_id();
    command.name = "tour.check_out";
    command.payload = {{"tour_id", tour_id}, {"device_id", device_id}};
    command.actor = clerk->actor;
    command.origin = {"koffer", device_id, device.device.text("name"), tour_id};
    command.at = system::now();
    device.runner->run(
        std::move(command), [runner = device.runner, device_id, tour_id, socket](CommandResult result) {
            if (result.outcome != Outcome::done) return refuse(*socket, result.problem);
            json::object built;
            runner->read([&](Transaction& tx) { built = package(tx, *runner, device_id, tour_id); });
            socket->send_binary(compressed(built));
        });
}

}  // namespace wa::hub
