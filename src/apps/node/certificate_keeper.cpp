#include "apps/node/certificate_keeper.hpp"

#include <future>
#include <stdexcept>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/device_line.hpp"

namespace wa::node {

namespace {

constexpr std::int64_t day_ms = 24 * 3'600'000;
constexpr std::int64_t pause_ms = 60'000;

std::string question(const pki::DeviceRequest& made) {
    return json::serialize(json::object{{"op", "renew"}, {"csr", made.csr_pem}});
}

/// Empty when the certificate was taken; otherwise why not.
std::string take_answer(const std::string& data_dir, const std::optional<std::string>& answer) {
    const auto value = answer ? parse_json(*answer) : std::nullopt;
    if (!value || !value->is_object()) return "the hub does not answer";
    const auto& object = value->get_object();
    if (object.contains("problem")) return "the hub refused: " + text_of(object, "problem");
    if (!take_certificate(data_dir, text_of(object, "certificate")))
        return "the hub's certificate does not belong to this machine's key";
    return "";
}

}  // namespace

CertificateKeeper::CertificateKeeper(const Device& device, std::string data_dir, http::Loop& line,
                                     http::Loop& slow)
    : device_(device), data_dir_(std::move(data_dir)), line_(line), slow_(slow) {}

json::object CertificateKeeper::state() const {
    const auto end = pki::expires_at(device_.identity->get().certificate_pem).value_or(Timestamp{0});
    const auto left = end.ms - system::now().ms;
    return {{"expires_at", to_rfc3339(end)},
            {"expired", left <= 0},
            {"days", std::max<std::int64_t>(0, left / day_ms)}};
}

void CertificateKeeper::look() {
    const auto now = system::monotonic_ms();
    const auto today = state();
    // An expired one opens no connection: only a new code helps (docs/operating.md).
    if (flag_of(today, "expired") || integer_of(today, "days") >= renew_days_before || now < not_before_ms_)
        return;
    if (asking_.exchange(true)) return;
    not_before_ms_ = now + pause_ms;
    slow_.post([this] {
        try {
            ask_hub(line_, line_options(device_, "/device"),
                    question(prepare_next_key(data_dir_, device_.name)),
                    [this](std::optional<std::string> answer, bool) {
                        slow_.post([this, answer = std::move(answer)] { arrived(answer); });
                    });
        } catch (const std::exception& error) {
            log::error("certificate not renewed", {{"why", error.what()}});
            asking_ = false;
        }
    });
}

void CertificateKeeper::arrived(const std::optional<std::string>& answer) {
    try {
        const auto why = take_answer(data_dir_, answer);
        if (why.empty()) {
            device_.identity->set(read_device(data_dir_)->identity->get());
            log::info("certificate renewed", {{"until", text_of(state(), "expires_at")}});
        } else if (answer) {
            log::error("certificate not renewed", {{"why", why}});
        }
    } catch (const std::exception& error) {
        log::error("certificate not renewed", {{"why", error.what()}});
    }
    asking_ = false;
}

void renew_certificate(const std::string& data_dir) {
    const auto device = read_device(data_dir);
    if (!device) throw std::runtime_error("this machine is not enrolled");
    std::promise<std::optional<std::string>> promise;
    http::Loop loop;
    ask_hub(loop, line_options(*device, "/device"), question(prepare_next_key(data_dir, device->name)),
            [&](std::optional<std::string> answer, bool) { promise.set_value(std::move(answer)); });
    const auto why = take_answer(data_dir, promise.get_future().get());
    loop.stop();
    if (!why.empty()) throw std::runtime_error(why);
}

}  // namespace wa::node
