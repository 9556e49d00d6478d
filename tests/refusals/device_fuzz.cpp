// What a device may ask the hub, by one that works, one that was reported lost and one that is revoked: the
// name of the device in the first line, then the question. An answer, or the end of the connection.
#include "adapters/system/system.hpp"
#include "apps/hub/check_out_text.hpp"
#include "fuzz_input.hpp"
#include "sync/sealed.hpp"
#include "sync/sealed_queue.hpp"

namespace {

using namespace wa;
using namespace wa::refusals;

/// Beside World's two devices one that is lost and one that is revoked.
void add_devices(Authority& authority) {
    auto& w = world();
    for (const std::string which : {"lost_device", "revoked_device"}) {
        auto& id = authority.objects[which];
        id = text_of(w.must(authority, "device.prepare",
                            {{"name", which},
                             {"code_hash", std::string(64, 'a')},
                             {"code_expires", to_rfc3339(system::now())}}),
                     "device_id");
        w.must(authority, "device.enrol",
               {{"device_id", id},
                {"certificate", "AAAA"},
                {"certificate_until", to_rfc3339({system::now().ms + 86'400'000'000})},
                {"fingerprint", to_hex(sha256(which + authority.id))},
                {"sign_key", to_hex(authority.device_keys.public_key)}});
    }
    const auto& admin = authority.staff.at("admin").actor;
    w.must(authority, "koffer.report_loss",
           {{"device_id", authority.objects["lost_device"]},
            {"kind", "lost"},
            {"noticed_on", to_iso(local_date(system::now()))},
            {"place", "Bahnhof"},
            {"circumstances", "liegen geblieben"}},
           admin);
    w.must(authority, "device.revoke",
           {{"device_id", authority.objects["revoked_device"]}, {"reason", "Test"}}, admin);
}

/// What only a Koffer can make of its keys: a signature of now, and a sealed draft.
std::string made_by_koffer(const std::string& text, const std::string& device, const Authority& authority) {
    auto value = parse_json(text);
    if (!value || !value->is_object()) return text;
    auto& question = value->get_object();
    if (question.contains("sign")) {
        const auto at_ms = system::now().ms;
        question["at_ms"] = at_ms;
        question["signature"] = to_hex(sign(
            authority.clerk_keys, as_span(hub::check_out_text(text_of(question, "tour_id"), device, at_ms))));
    }
    if (const auto& saved = object_of(question, "draft"); !saved.empty()) {
        const sync::Draft draft{text_of(saved, "device_id"),         text_of(saved, "tour_id"),
                                text_of(saved, "case_id"),           text_of(saved, "saved_by"),
                                integer_of(saved, "saved_at_ms", 1), text_of(saved, "form")};
        const auto& key = world().runner(authority).scope().digest_key;
        question["sealed"] = to_base64url(sync::seal_work(sync::tenant_seal_keys(key).public_key,
                                                          sync::write_draft(draft, authority.device_keys),
                                                          system::random_key()));
    }
    return json::serialize(question);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto& w = world();
    auto& authority = w.testhausen;
    if (!authority.objects.contains("lost_device")) add_devices(authority);
    std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto which = take_line(input);
    if (which != "device" && which != "lost_device" && which != "revoked_device") return 0;
    http::Request request;
    const auto print = sha256(which + authority.id);
    request.peer_fingerprint = Bytes(print.begin(), print.end());
    const auto said =
        ask_socket(w.koffer.device_handler(), request,
                   made_by_koffer(filled(input, authority.objects), authority.objects.at(which), authority));
    WA_ASSERT(which == "device" || (said.binary.empty() && !said.text.contains("tours")));
    return 0;
}
