// For tests: a registration office that books and hears from others.
#pragma once

#include <functional>

#include "kernel/inbox.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {

class ExchangeWorld : public TestWorld {
  public:
    using TestWorld::TestWorld;

    /// Takes a message as the courier brings it; its state.
    std::string receive(const std::string& type, json::object payload, const std::string& answers = "",
                        const std::string& sender = "Meldebehörde 99001002") {
        const auto message_id = "M" + std::to_string(++received_);
        auto command = request("message.receive",
                               {{"message_id", message_id},
                                {"type", type},
                                {"type_version", 1},
                                {"sender", sender},
                                {"answers", answers},
                                {"sent_at", "2026-11-05T07:00:00Z"},
                                {"payload", payload}},
                               system_actor());
        command.id = receive_command_id(sender, message_id, payload);
        const auto result = run(std::move(command));
        EXPECT_EQ(result.outcome, Outcome::done) << result.problem.code;
        last_ = result.answer;
        return text_of(result.answer, "state");
    }
    /// Problem of the message received last.
    std::string code() const { return text_of(last_, "code"); }
    std::string details() const { return json::serialize(object_of(last_, "details")); }

    /// The exchange has taken everything that was due.
    void hand_over_all() {
        for (const auto& row : rows("SELECT id FROM outbox WHERE state = 'due'"))
            must("message.note_state",
                 {{"message_id", row.text("id")}, {"state", "handed_over"}, {"attempts", 1}}, system_actor());
    }
    std::string message_id(const std::string& type) {
        return value("SELECT id FROM outbox WHERE message_type = $type ORDER BY rowid", {{"type", type}});
    }
    json::object payload(const std::string& type) {
        const auto text = value("SELECT payload FROM outbox WHERE message_type = $type ORDER BY rowid DESC",
                                {{"type", type}});
        const auto parsed = parse_json(text);
        return parsed && parsed->is_object() ? parsed->get_object() : json::object{};
    }
    /// Changes rows past the commands, as only a test may.
    void change(const std::function<void(Transaction&)>& work) {
        auto tx = store().begin_write();
        work(*tx);
        tx->commit();
    }
    void change(std::string_view sql, const Params& params) {
        change([&](Transaction& tx) { tx.execute({"test", sql}, params); });
    }
    int count(const std::string& sql) { return std::stoi(value(sql)); }

  private:
    int received_ = 0;
    json::object last_;
};

}  // namespace wa
