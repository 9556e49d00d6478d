// `./dev bench`: how quick it is, beside what could be. Every figure is printed, whatever it is.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "adapters/system/system.hpp"
#include "apps/bench/measurements.hpp"

namespace {

using namespace wa::bench;

struct Measurement {
    const char* name;
    void (*run)(const Options&, Report&);
};
const Measurement measurements[]{{"node", node_step}, {"hub", hub_commands}, {"hub", hub_nodes},
                                 {"start", start},    {"search", search},    {"pages", pages},
                                 {"store", stores},   {"taking", taking}};

/// A new folder for one measurement, gone with the object.
class Folder {
  public:
    explicit Folder(const std::filesystem::path& above) {
        auto name = (above / "wanderamt-bench-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("no folder can be made in " + above.string());
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { wa::system::remove_folder(path_.string()); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Who else works on this machine decides much: said beside the figures.
void report_load(Report& report, const std::string& before) {
    double load = 0;
    if (::getloadavg(&load, 1) == 1)
        report.add({"machine.load_before_" + before, load, double(std::thread::hardware_concurrency()),
                    "waiting or running; bound: processors (less is better)"});
}

int run(int argc, char** argv) {
    wa::system::allow_many_files();
    CLI::App app("Figures of Wanderamt with their bounds");
    Options options;
    bool json = false, quick = false;
    std::vector<std::string> only;
    auto above = std::filesystem::temp_directory_path();
    app.add_flag("--json", json, "One JSON object a line");
    app.add_flag("--quick", quick, "100,000 persons only");
    app.add_option("--persons", options.persons, "Persons in the large register");
    app.add_option("--residents", options.residents,
                   "Residents of each municipality of the hub that is started");
    app.add_option("sections", only, "Only these: node, hub, start, search, pages, store, taking, line")
        ->check(CLI::IsMember({"node", "hub", "start", "search", "pages", "store", "taking", "line"}));
    app.add_option("--store", options.kept, "Folder where large stores are kept for the next run");
    app.add_option("--in", above, "Folder on the file system to be measured");
    CLI11_PARSE(app, argc, argv);
    if (quick) options.persons = 100'000;
    const auto built = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    options.program = built / "wanderamt";
    options.web = built.parent_path() / "web/desk";
    Report report(json);
    const Folder large(above);
    if (options.kept.empty()) options.kept = large.path();
    bool failed = false;
    for (const auto& one : measurements) {
        if (!only.empty() && std::find(only.begin(), only.end(), one.name) == only.end()) continue;
        try {
            const Folder folder(above);
            options.folder = folder.path();
            report_load(report, one.name);
            one.run(options, report);
        } catch (const std::exception& error) {
            std::cerr << one.name << ": " << error.what() << "\n";
            failed = true;
        }
    }
    return failed ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    return run(argc, argv);
}
