// Every type of message that may come in has a seed for the fuzzer, and the seed gets as far as its handler.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "modules/residence/exchange/inbox_inputs.hpp"

namespace wa {
namespace {

const std::string corpus = "tests/fuzz/corpus/wa_module_residence_inbox_fuzz/";

std::string content(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

TEST(InboxSeeds, EveryTypeHasOneThatReachesItsHandler) {
    for (const auto& [type, spec] : test_registry().messages()) {
        if (!spec.incoming) continue;
        ASSERT_TRUE(std::filesystem::exists(corpus + type)) << type;
        InboxOffice office;
        const auto state = office.take(content(corpus + type));
        EXPECT_TRUE(state == "done" || state == "open") << type << ": " << state << " " << office.code();
    }
}

/// Left open, it is settled; what is no message at all is not taken.
TEST(InboxSeeds, FaultyOnesAreSentBack) {
    InboxOffice office;
    EXPECT_EQ(office.take("rueckmeldung Meldebehörde 99001002\n{}"), "rejected");
    EXPECT_EQ(office.code(), "message.faulty");
    EXPECT_EQ(office.take("nothing Meldebehörde 99001002\n{}"), "rejected");
    EXPECT_EQ(office.take("rueckmeldung"), "");
}

}  // namespace
}  // namespace wa
