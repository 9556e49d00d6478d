#include "kernel/outbox.hpp"

#include "kernel/data.hpp"
#include "kernel/registry.hpp"

namespace wa {

std::string put_message(CommandContext& context, const Message& message) {
    const auto id = context.ids.next();
    context.records.insert("outbox", id,
                           {{"recipient", message.recipient},
                            {"message_type", message.message_type},
                            {"case_id", message.case_id},
                            {"law", message.law},
                            {"due_on", to_iso(message.due_on)},
                            {"created_at_ms", context.at.ms},
                            {"state", std::string("due")},
                            {"payload", json::serialize(message.payload)}});
    return id;
}

namespace {

Result<json::object> list_outbox(QueryContext& context, const json::object& params) {
    json::array messages;
    for (const auto& row :
         context.tx.query(sql::kernel::list_outbox,
                          {{"state", text_of(params, "state")}, {"case_id", text_of(params, "case_id")}})) {
        auto message = row_to_json(row);
        // The list shows what is due, not the personal data inside.
        message.erase("payload");
        messages.push_back(std::move(message));
    }
    return json::object{{"messages", std::move(messages)}};
}

}  // namespace

void install_outbox(Registry& registry) {
    registry.bind_query("outbox.list", list_outbox);
}

}  // namespace wa
