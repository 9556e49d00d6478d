#include "apps/simulator/exchange.hpp"

#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/outbox.hpp"

namespace wa::simulator {

namespace {

constexpr std::string_view office = "Meldebehörde ";

std::string key_of(const std::string& address) {
    const auto blank = address.rfind(' ');
    return blank == std::string::npos ? "" : address.substr(blank + 1);
}

json::object listed(const exchange::Envelope& e) {
    return {
        {"id", e.id},           {"type", e.type},         {"sender", e.sender}, {"recipient", e.recipient},
        {"answers", e.answers}, {"replaces", e.replaces}, {"due_on", e.due_on}};
}

}  // namespace

Exchange::Exchange(const Registry& registry, std::shared_ptr<const Reference> reference, Offices offices,
                   std::set<std::string> connected)
    : registry_(registry),
      reference_(std::move(reference)),
      offices_(std::move(offices)),
      connected_(std::move(connected)) {}

Reply Exchange::refuse(int status, ProblemCode code, json::object details) const {
    return {status, {{"code", std::string(code.name)}, {"details", std::move(details)}}};
}

std::optional<Reply> Exchange::transport_fault(const exchange::Envelope& e, Timestamp now) const {
    const auto today = local_date(now);
    const auto* spec = registry_.message(e.type);
    if (!spec || !spec->outgoing) return refuse(422, problems::message_unknown_type);
    const bool from_office =
        e.sender.starts_with(office) && reference_->code("municipality", key_of(e.sender), today) != nullptr;
    if (!from_office) return refuse(422, problems::message_unknown_sender);
    if (!is_recipient(*spec, e.recipient, *reference_, today))
        return refuse(422, problems::message_unknown_recipient);
    if (e.release != exchange::release_on(today))
        return refuse(422, problems::message_wrong_release, {{"release", exchange::release_on(today)}});
    return std::nullopt;
}

Problem Exchange::business_fault(const exchange::Envelope& e, Timestamp now) const {
    const auto* spec = registry_.message(e.type);
    if (e.version != spec->version)
        return Problem(problems::message_wrong_version, {{"version", spec->version}});
    const auto faults = spec->fields.validate(e.payload, {local_date(now), "counter", reference_.get()});
    if (!faults.empty()) return Problem(problems::message_faulty, {{"fields", faults_to_json(faults)}});
    // An answer has to name something of ours that awaits it.
    for (const auto& [name, other] : registry_.messages()) {
        if (other.answer_type != e.type) continue;
        const auto asked = queued_.find(e.answers);
        if (asked == queued_.end() || asked->second.envelope.type != name)
            return Problem(problems::message_no_such_request);
    }
    return {};
}

void Exchange::happened(json::object event) {
    replay(event);
    if (keep_) keep_(event);
}

void Exchange::replay(const json::object& event) {
    const auto what = text_of(event, "event");
    const auto id = text_of(event, "id");
    if (what == "received" || what == "queued") {
        const auto envelope = exchange::parse_envelope(event.at("envelope"));
        WA_ASSERT(envelope);
        if (what == "received") {
            received_[id] = {*envelope,
                             exchange::content_of(*envelope),
                             integer_of(event, "at_ms"),
                             flag_of(event, "late"),
                             {int(integer_of(event, "status")), object_of(event, "answer")},
                             "",
                             ""};
            received_order_.push_back(id);
        } else {
            queued_[id] = {*envelope, integer_of(event, "from_ms"), false, "", ""};
            queued_order_.push_back(id);
        }
    } else if (what == "outcome") {
        auto& entry = received_[id];
        entry.outcome = text_of(event, "outcome");
        entry.code = text_of(event, "code");
    } else if (what == "taken") {
        auto& entry = queued_[id];
        entry.taken = flag_of(event, "taken");
        entry.outcome = text_of(event, "outcome", entry.outcome);
        entry.code = text_of(event, "code", entry.code);
    }
    ++written_;
}

Reply Exchange::post(std::string_view body, Timestamp now) {
    const auto envelope = exchange::parse_envelope(body);
    if (!envelope) return refuse(400, problems::message_malformed);
    const auto& e = *envelope;
    if (const auto known = received_.find(e.id); known != received_.end()) {
        if (known->second.content != exchange::content_of(e))
            return refuse(409, problems::message_other_content);
        // The sender may have lost what we answered (restored from a copy): everything comes again.
        for (const auto& [id, entry] : queued_)
            if (entry.taken && (entry.envelope.answers == e.id))
                happened({{"event", "taken"}, {"id", id}, {"taken", false}});
        return known->second.answer;
    }
    if (queued_.count(e.id)) return refuse(409, problems::message_other_content);
    if (auto fault = transport_fault(e, now)) return *fault;
    const bool late = !e.due_on.empty() && e.due_on < to_iso(local_date(now));
    happened({{"event", "received"},
              {"id", e.id},
              {"envelope", exchange::to_json(e)},
              {"at_ms", now.ms},
              {"late", late},
              {"status", 200},
              {"answer", json::object{{"state", "handed_over"}, {"received_at", to_rfc3339(now)}}}});
    if (connected_.count(e.recipient))
        queue(e, now.ms, now);
    else
        play_recipient(e, now);
    return received_[e.id].answer;
}

void Exchange::play_recipient(const exchange::Envelope& e, Timestamp now) {
    const auto behaviour = offices_.behaviour(e.type, e.recipient, e.payload);
    auto fault = business_fault(e, now);
    if (fault.code.empty() && behaviour.what == "reject")
        fault = Problem(text_of(behaviour.rule, "code", "message.faulty"), {});
    const bool is_receipt = e.type == "exchange.receipt";
    if (!is_receipt && (behaviour.what != "silent" || e.type == "rueckmeldung")) give_receipt(e, fault, now);
    if (!fault.code.empty() || behaviour.what == "silent") return;
    const auto from = now.ms + behaviour.after_ms;
    if (e.type == "vms_request")
        queue(written("vms_response", e.recipient, e.sender,
                      offices_.prefilled_form(key_of(e.recipient), e.payload, behaviour), now, e.id),
              from, now);
    if (e.type == "rueckmeldung")
        queue(written("auswertung", e.recipient, e.sender,
                      offices_.auswertung(key_of(e.recipient), e.payload, behaviour), now, e.id),
              from, now);
    if (e.type == "bzst_number_request")
        queue(written("bzst_number", e.recipient, e.sender, offices_.tax_number(e.payload), now, e.id), from,
              now);
}

void Exchange::give_receipt(const exchange::Envelope& about, const Problem& problem, Timestamp now) {
    const std::string outcome = problem.code.empty() ? "acknowledged" : "rejected";
    happened({{"event", "outcome"}, {"id", about.id}, {"outcome", outcome}, {"code", problem.code}});
    json::object payload{{"message_id", about.id}, {"outcome", outcome}};
    if (!problem.code.empty()) {
        payload["code"] = problem.code;
        payload["details"] = problem.details;
    }
    queue(written("exchange.receipt", about.recipient, about.sender, std::move(payload), now, about.id),
          now.ms, now);
}

exchange::Envelope Exchange::written(const std::string& type, const std::string& sender,
                                     const std::string& recipient, json::object payload, Timestamp now,
                                     const std::string& answers) {
    exchange::Envelope e;
    const auto* spec = registry_.message(type);
    const auto seed =
        sha256(type + "|" + answers + "|" + std::to_string(written_++) + "|" + std::to_string(now.ms));
    e.id = "S" + to_hex(seed).substr(0, 25);
    e.type = type;
    e.version = spec ? spec->version : 1;
    e.release = exchange::release_on(local_date(now));
    e.sender = sender;
    e.recipient = recipient;
    e.answers = answers;
    e.sent_at = now;
    e.payload = std::move(payload);
    return e;
}

void Exchange::queue(exchange::Envelope envelope, std::int64_t from_ms, Timestamp) {
    const auto id = envelope.id;
    happened(
        {{"event", "queued"}, {"id", id}, {"envelope", exchange::to_json(envelope)}, {"from_ms", from_ms}});
}

Reply Exchange::inbox(std::string_view address, Timestamp now) const {
    json::array messages;
    for (const auto& id : queued_order_) {
        const auto& entry = queued_.at(id);
        if (entry.taken || entry.envelope.recipient != address || entry.from_ms > now.ms) continue;
        messages.push_back(exchange::to_json(entry.envelope));
        if (messages.size() == 50) break;
    }
    return {200, {{"messages", std::move(messages)}}};
}

Reply Exchange::taken(const std::string& id, const json::object& word, Timestamp now) {
    const auto found = queued_.find(id);
    if (found == queued_.end()) return refuse(404, problems::not_found);
    if (found->second.taken) return {200, {}};
    const auto outcome = text_of(word, "outcome");
    happened({{"event", "taken"},
              {"id", id},
              {"taken", true},
              {"outcome", outcome},
              {"code", text_of(word, "code")}});
    // Between two hubs the word of the one goes to the other.
    const auto& e = found->second.envelope;
    if (received_.count(e.id) && e.type != "exchange.receipt") {
        const Problem problem =
            outcome == "rejected" ? Problem(text_of(word, "code"), object_of(word, "details")) : Problem();
        give_receipt(e, problem, now);
    }
    return {200, {}};
}

json::object Exchange::state() const {
    json::array received, queued;
    for (auto id = received_order_.rbegin(); id != received_order_.rend() && received.size() < 200; ++id) {
        const auto& entry = received_.at(*id);
        auto line = listed(entry.envelope);
        line["at"] = to_rfc3339({entry.at_ms});
        line["late"] = entry.late;
        line["outcome"] = entry.outcome;
        line["code"] = entry.code;
        received.push_back(std::move(line));
    }
    for (auto id = queued_order_.rbegin(); id != queued_order_.rend() && queued.size() < 200; ++id) {
        const auto& entry = queued_.at(*id);
        auto line = listed(entry.envelope);
        line["from"] = to_rfc3339({entry.from_ms});
        line["taken"] = entry.taken;
        line["outcome"] = entry.outcome;
        line["code"] = entry.code;
        queued.push_back(std::move(line));
    }
    return {{"received", std::move(received)}, {"queued", std::move(queued)}, {"rules", offices_.rules()}};
}

Reply Exchange::message(const std::string& id) const {
    if (const auto found = received_.find(id); found != received_.end())
        return {200, exchange::to_json(found->second.envelope)};
    if (const auto found = queued_.find(id); found != queued_.end())
        return {200, exchange::to_json(found->second.envelope)};
    return refuse(404, problems::not_found);
}

Reply Exchange::send_rueckmeldung(const json::object& wish, Timestamp now, bool broken) {
    const auto from = text_of(wish, "from", "99001002");
    json::object payload{{"person", object_of(wish, "person")},
                         {"new_dwelling", object_of(wish, "new_dwelling")},
                         {"moved_in", text_of(wish, "moved_in", to_iso(local_date(now)))},
                         {"registered_on", to_iso(local_date(now))},
                         {"dwelling_status", text_of(wish, "dwelling_status", "E")},
                         {"your_dwelling_kept", flag_of(wish, "kept")}};
    if (object_of(wish, "new_dwelling").empty())
        payload["new_dwelling"] = json::object{{"ags", from},
                                               {"postcode", "99102"},
                                               {"city", "Musterstedt"},
                                               {"street", "Alte Gasse"},
                                               {"house_no", 9}};
    if (const auto& yours = object_of(wish, "your_dwelling"); !yours.empty())
        payload["your_dwelling"] = yours;
    if (const auto status = text_of(wish, "your_dwelling_status"); !status.empty())
        payload["your_dwelling_status"] = status;
    if (broken) payload.erase("moved_in");
    auto e = written("rueckmeldung", std::string(office) + from, text_of(wish, "recipient"),
                     std::move(payload), now);
    const auto id = e.id;
    queue(std::move(e), now.ms, now);
    return {200, {{"id", id}}};
}

Reply Exchange::send(const json::object& wish, Timestamp now) {
    const auto kind = text_of(wish, "kind"), about = text_of(wish, "message_id");
    if (kind == "rueckmeldung" || kind == "broken") return send_rueckmeldung(wish, now, kind == "broken");
    if (kind == "message") {
        auto e = written(text_of(wish, "type"), text_of(wish, "sender"), text_of(wish, "recipient"),
                         object_of(wish, "payload"), now, text_of(wish, "answers"));
        const auto id = e.id;
        queue(std::move(e), now.ms, now);
        return {200, {{"id", id}}};
    }
    if (kind == "duplicate") {
        const auto found = queued_.find(about);
        if (found == queued_.end()) return refuse(404, problems::not_found);
        const auto& e = found->second.envelope;
        auto again = written(e.type, e.sender, e.recipient, e.payload, now, e.answers);
        const auto id = again.id;
        queue(std::move(again), now.ms, now);
        return {200, {{"id", id}}};
    }
    const auto found = received_.find(about);
    if (found == received_.end()) return refuse(404, problems::not_found);
    const auto e = found->second.envelope;
    if (kind == "reject") {
        give_receipt(e, Problem(text_of(wish, "code", "message.faulty"), object_of(wish, "details")), now);
        return {200, {}};
    }
    if (kind != "auswertung" || e.type != "rueckmeldung") return refuse(422, problems::message_unknown_type);
    Behaviour behaviour;
    behaviour.what = text_of(wish, "do", "answer");
    behaviour.rule = {{"data", object_of(wish, "data")}};
    queue(written("auswertung", e.recipient, e.sender,
                  offices_.auswertung(key_of(e.recipient), e.payload, behaviour), now, e.id),
          now.ms, now);
    return {200, {}};
}

}  // namespace wa::simulator
