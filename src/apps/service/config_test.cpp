#include "apps/service/config.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace wa::service {
namespace {

std::string write(const std::string& text) {
    const auto path = testing::TempDir() + "/wanderamt_config_test.toml";
    std::ofstream(path) << text;
    return path;
}

std::string refusal(const std::string& text) {
    try {
        Config::read(write(text), hub_config_schema());
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

TEST(Config, AnUnknownKeyStopsTheStartWithItsName) {
    EXPECT_NE(refusal("[desk]\nprot = 8501\n").find("desk.prot"), std::string::npos);
    EXPECT_NE(refusal("tenant = \"x\"\n").find("\"tenant\""), std::string::npos);
}

TEST(Config, WhatIsWrongIsNamedWithItsLine) {
    const auto said = refusal("data_dir = \"x\"\n\n[desk]\nport = 70000\n");
    EXPECT_NE(said.find("line 4"), std::string::npos) << said;
    EXPECT_NE(said.find("desk.port"), std::string::npos) << said;
    EXPECT_NE(refusal("log_level = \"loud\"\n").find("debug, info, warn or error"), std::string::npos);
    EXPECT_NE(refusal("\ndata_dirr = 1\n").find("line 2"), std::string::npos);
}

TEST(Config, AWrongTypeIsNamed) {
    EXPECT_NE(refusal("[desk]\nport = \"8501\"\n").find("desk.port"), std::string::npos);
    EXPECT_NE(refusal("[desk]\nhosts = \"a\"\n").find("list of texts"), std::string::npos);
}

TEST(Config, WhatIsNoTomlIsNamedByItsLine) {
    EXPECT_NE(refusal("a = 1\n[desk\n").find("line 2"), std::string::npos);
}

TEST(Config, ValuesAndDefaults) {
    const auto config =
        Config::read(write("[desk]\nport = 9000\nhosts = [\"amt.example\", \"b\"]\n"), hub_config_schema());
    EXPECT_EQ(config.integer("desk.port"), 9000);
    EXPECT_EQ(config.list("desk.hosts"), (std::vector<std::string>{"amt.example", "b"}));
    EXPECT_EQ(config.integer("sync.port"), 8443);
    EXPECT_TRUE(config.flag("desk.secure_cookie"));
}

TEST(Config, ThePrintedFileIsReadAgain) {
    for (const auto* schema : {&hub_config_schema(), &node_config_schema()})
        EXPECT_NO_THROW(Config::read(write(print_config(*schema)), *schema));
}

}  // namespace
}  // namespace wa::service
