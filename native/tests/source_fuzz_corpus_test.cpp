// Every input that the fuzzer has learned from, and a few thousand at random, once more wherever
// the tests run.
#include <event_fuzzer.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace mfvcam::fuzz {
namespace {

TEST(FuzzCorpus, TheCodeAndTheModelAgree) {
    int played = 0;
    for (const auto& entry : std::filesystem::directory_iterator(MFVCAM_FUZZ_CORPUS)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
        play({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
        ++played;
    }
    EXPECT_GT(played, 0);
}

TEST(FuzzCorpus, AndAtRandom) {
    // NOLINTNEXTLINE(bugprone-random-generator-seed,cert-msc*): the same inputs every time
    std::mt19937 random(20'240'517);
    for (int i = 0; i < 3'000; ++i) {
        std::vector<std::uint8_t> bytes(random() % 300);
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(random());
        }
        play(bytes);
    }
}

}  // namespace
}  // namespace mfvcam::fuzz
