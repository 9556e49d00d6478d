// What the demo page asks for, as JSON in and out. Knows nothing of HTTP but numbers and paths.
#pragma once

#include <string>
#include <string_view>

#include "apps/demo/supervisor.hpp"
#include "base/json.hpp"

namespace wa {

struct ControlReply {
    unsigned status = 200;
    json::object body;
};

class ControlApi {
  public:
    ControlApi(Supervisor& supervisor, const std::vector<DemoLogin>& logins);

    /// Answers /api/…; `method` is GET or POST. Reasons for a refusal are in body.message (German).
    ControlReply answer(std::string_view method, std::string_view path, std::string_view body);

  private:
    json::object state();
    ControlReply change_line(const json::object& wish);
    ControlReply change_process(const json::object& wish);

    Supervisor& supervisor_;
    json::array logins_;
    json::array profiles_;
};

}  // namespace wa
