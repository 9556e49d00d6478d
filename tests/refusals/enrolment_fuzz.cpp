// The port that is open to everybody: any message to it is answered or the socket closed, and a certificate
// is given for the right code only.
#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "fuzz_input.hpp"

namespace {

using namespace wa;
using namespace wa::refusals;

const std::string code = "ABCD-EFGH-JKMN";

/// Prepares `device` with a code, or a new one when it is empty; the code is every time another one.
std::string prepare(const std::string& device) {
    static int made = 0;
    json::object payload{{"name", "Koffer"},
                         {"code_hash", to_hex(hub::Enrolment::hash_code(code + std::to_string(++made)))},
                         {"code_expires", to_rfc3339({system::now().ms + 60'000})}};
    if (!device.empty()) payload["device_id"] = device;
    auto& w = world();
    Objects& objects = w.testhausen.objects;
    objects["code"] = code + std::to_string(made);
    return text_of(w.must(w.testhausen, "device.prepare", std::move(payload)), "device_id");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto& w = world();
    static std::string device = prepare("");
    static int used = 0;
    log::set_level("error");               // every refusal is logged
    if (++used % 3 == 0) prepare(device);  // after five wrong tries nothing else would be read
    w.testhausen.objects["prepared"] = device;
    const auto message = filled({reinterpret_cast<const char*>(data), size}, w.testhausen.objects);
    const auto said = ask_socket(w.enrolment.handler(), {}, message);
    if (!said.text.contains("certificate")) return 0;
    const auto asked = parse_json(message);
    WA_ASSERT(asked && text_of(asked->as_object(), "code") == w.testhausen.objects["code"]);
    device = prepare("");
    return 0;
}
