// wa_fuzz_replay <corpus> <seconds per target> [target]: every seed, cut and changed with a fixed sequence of
// random numbers. What breaks stops the program with the sanitizer's report; the input is beside it in
// fuzz-failing-input.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Target {
    const char* name;
    int (*run)(const std::uint8_t*, std::size_t);
};
}  // namespace

#include "targets.inc"

namespace {

struct Random {
    std::uint64_t state = 20261121;
    std::uint64_t next() {
        auto z = (state += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t end) { return end == 0 ? 0 : std::size_t(next() % end); }
};

std::vector<std::string> seeds_of(const std::filesystem::path& corpus, const std::string& name) {
    std::vector<std::string> seeds{"", "{}", std::string(100, '\xff')};
    std::vector<std::filesystem::path> files;
    std::error_code none;
    // Folders are named as libFuzzer's programs are: wa_<library>_<target>.
    for (const auto& folder : std::filesystem::directory_iterator(corpus, none))
        if (folder.path().filename().string().ends_with("_" + name))
            for (const auto& file : std::filesystem::directory_iterator(folder)) files.push_back(file.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        seeds.push_back(text.str());
    }
    return seeds;
}

std::string changed(std::string text, const std::vector<std::string>& seeds, Random& random) {
    for (auto times = 1 + random.below(4); times > 0; --times) {
        const auto at = random.below(text.size() + 1);
        switch (random.below(6)) {
            case 0:
                text.resize(at);
                break;
            case 1:
                text.insert(at, 1, char(random.next()));
                break;
            case 2:
                if (at < text.size()) text[at] = char(text[at] ^ (1 << random.below(8)));
                break;
            case 3:
                text.erase(at, 1 + random.below(8));
                break;
            case 4:
                text += text.substr(at, 1 + random.below(64));
                break;
            default: {
                const auto& other = seeds[random.below(seeds.size())];
                text = text.substr(0, at) + other.substr(random.below(other.size() + 1));
            }
        }
    }
    return text;
}

std::string current;

void run(const Target& target, std::string input) {
    current = std::move(input);
    target.run(reinterpret_cast<const std::uint8_t*>(current.data()), current.size());
}

void keep_input(int) {
    std::ofstream("fuzz-failing-input", std::ios::binary) << current;
    std::_Exit(1);
}

long replay(const Target& target, const std::filesystem::path& corpus, double seconds) {
    const auto seeds = seeds_of(corpus, target.name);
    for (const auto& seed : seeds) run(target, seed);
    Random random;
    long runs = long(seeds.size());
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (std::chrono::steady_clock::now() < end) {
        run(target, changed(seeds[random.below(seeds.size())], seeds, random));
        ++runs;
    }
    return runs;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) return std::fputs("wa_fuzz_replay <corpus> <seconds per target> [target]\n", stderr), 2;
    std::signal(SIGABRT, keep_input);
    for (const auto& target : targets) {
        if (count > 3 && std::string(arguments[3]) != target.name) continue;
        const auto runs = replay(target, arguments[1], std::atof(arguments[2]));
        std::printf("%-20s %ld runs\n", target.name, runs);
    }
    return 0;
}
