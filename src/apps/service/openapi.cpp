#include "apps/service/openapi.hpp"

namespace wa::service {

http::Response openapi_response() {
    http::Response response;
    response.body.assign(openapi_document());
    response.headers = {{"Content-Type", "application/json"}};
    return response;
}

}  // namespace wa::service
