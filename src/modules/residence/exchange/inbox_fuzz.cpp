// Whatever another authority sends: the handlers behind message.receive and inbox.settle refuse it, leave it
// open or do it, and never fail.
#include <cstddef>
#include <cstdint>
#include <memory>

#include "modules/residence/exchange/inbox_inputs.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static std::unique_ptr<wa::InboxOffice> office;
    static int used = 0;
    if (!office || ++used % 200 == 0) office = std::make_unique<wa::InboxOffice>();
    (void)office->take({reinterpret_cast<const char*>(data), size});
    return 0;
}
