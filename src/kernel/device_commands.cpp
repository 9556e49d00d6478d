#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/numbers.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

/// Numbers of each kind that a device gets at a time: enough for weeks without a line.
constexpr std::int64_t block_size = 500;

Result<Row> load_device(CommandContext& context, const std::string& id) {
    auto row = context.records.find("device", id);
    if (!row) return fail(problems::device_not_found);
    context.records.about("device", id);
    return std::move(*row);
}

Result<json::object> prepare_device(CommandContext& context, const json::object& payload) {
    const auto expires = parse_timestamp(text_of(payload, "code_expires"));
    WA_ASSERT(expires);
    if (const auto known = text_of(payload, "device_id"); !known.empty()) {
        WA_TRY(device, load_device(context, known));
        if (device.text("state") == "revoked") return fail(problems::device_revoked);
        context.records.update(
            "device", known,
            {{"code_hash", *from_hex(text_of(payload, "code_hash"))}, {"code_expires_ms", expires->ms}});
        return json::object{{"device_id", known}};
    }
    const auto id = context.ids.next();
    context.records.insert("device", id,
                           {{"name", text_of(payload, "name")},
                            {"kind", std::string("koffer")},
                            {"state", std::string("prepared")},
                            {"code_hash", *from_hex(text_of(payload, "code_hash"))},
                            {"code_expires_ms", expires->ms}});
    context.records.about("device", id);
    return json::object{{"device_id", id}};
}

/// The series of a device's numbers: "K1", "K2", … in the order of enrolment.
std::string series_of(CommandContext& context) {
    std::int64_t enrolled = 0;
    for (const auto& row : context.records.query(sql::kernel::list_devices))
        if (row.text("state") == "active" || row.text("state") == "revoked") ++enrolled;
    return "K" + std::to_string(enrolled + 1);
}

Result<json::object> enrol_device(CommandContext& context, const json::object& payload) {
    WA_TRY(device, load_device(context, text_of(payload, "device_id")));
    if (device.text("state") != "prepared") return fail(problems::device_code_wrong);
    const auto certificate = from_base64url(text_of(payload, "certificate"));
    const auto until = parse_timestamp(text_of(payload, "certificate_until"));
    if (!certificate || !until) return fail(problems::request_malformed);
    const auto series = series_of(context);
    context.records.update("device", device.text("id"),
                           {{"state", std::string("active")},
                            {"code_hash", Value()},
                            {"code_expires_ms", std::int64_t(0)},
                            {"certificate", *certificate},
                            {"certificate_until_ms", until->ms},
                            {"fingerprint", *from_hex(text_of(payload, "fingerprint"))},
                            {"sign_key", *from_hex(text_of(payload, "sign_key"))}});
    for (const auto* kind : {"case", "receipt"})
        lease_numbers(context, kind, device.text("id"), series, block_size);
    return json::object{};
}

Result<json::object> renew_device(CommandContext& context, const json::object& payload) {
    WA_TRY(device, load_device(context, text_of(payload, "device_id")));
    const auto certificate = from_base64url(text_of(payload, "certificate"));
    const auto until = parse_timestamp(text_of(payload, "certificate_until"));
    if (device.text("state") != "active") return fail(problems::device_revoked);
    if (!certificate || !until) return fail(problems::request_malformed);
    context.records.update("device", device.text("id"),
                           {{"code_hash", Value()},
                            {"code_expires_ms", std::int64_t(0)},
                            {"next_certificate", *certificate},
                            {"next_fingerprint", *from_hex(text_of(payload, "fingerprint"))},
                            {"next_until_ms", until->ms}});
    return json::object{};
}

Result<json::object> note_certificate(CommandContext& context, const json::object& payload) {
    WA_TRY(device, load_device(context, text_of(payload, "device_id")));
    if (device.is_null("next_fingerprint")) return json::object{};
    context.records.update("device", device.text("id"),
                           {{"certificate", device.at("next_certificate")},
                            {"fingerprint", device.at("next_fingerprint")},
                            {"certificate_until_ms", device.at("next_until_ms")},
                            {"next_certificate", Value()},
                            {"next_fingerprint", Value()},
                            {"next_until_ms", Value()}});
    return json::object{};
}

Result<json::object> revoke_device(CommandContext& context, const json::object& payload) {
    WA_TRY(device, load_device(context, text_of(payload, "device_id")));
    context.records.because(text_of(payload, "reason"));
    context.records.update("device", device.text("id"), {{"state", std::string("revoked")}});
    return json::object{};
}

Result<json::object> list_devices(QueryContext& context, const json::object&) {
    json::array devices;
    for (const auto& row : context.tx.query(sql::kernel::list_devices)) {
        auto device = row_to_json(row);
        device.erase("certificate_until_ms");
        // A day, not a moment: by then it must have been renewed.
        device["certificate_until"] =
            row.is_null("certificate_until_ms")
                ? json::value(nullptr)
                : json::value(to_iso(local_date(Timestamp{row.integer("certificate_until_ms")})));
        devices.push_back(std::move(device));
    }
    return json::object{{"devices", std::move(devices)}};
}

}  // namespace

void install_devices(Registry& registry) {
    registry.bind_command("device.prepare", prepare_device);
    registry.bind_command("device.enrol", enrol_device);
    registry.bind_command("device.renew", renew_device);
    registry.bind_command("device.note_certificate", note_certificate);
    registry.bind_command("device.revoke", revoke_device);
    registry.bind_query("device.list", list_devices);
}

}  // namespace wa
