#include <gtest/gtest.h>
#include <test_picture.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace mfvcam::source {
namespace {

std::vector<std::uint8_t> draw(PixelFormat format, std::uint64_t number) {
    std::vector<std::uint8_t> pixels(picture_size(format));
    draw_test_picture(format, number,
                      {pixels.data(), static_cast<std::ptrdiff_t>(picture_row_size(format))});
    return pixels;
}

class TestPicture : public testing::TestWithParam<PixelFormat> {};
INSTANTIATE_TEST_SUITE_P(Formats, TestPicture,
                         testing::Values(PixelFormat::nv12, PixelFormat::rgb32));

TEST_P(TestPicture, NoTwoFramesLookAlike) {
    std::set<std::string> seen;
    for (std::uint64_t number = 0; number < 200; ++number) {
        const auto pixels = draw(GetParam(), number);
        EXPECT_TRUE(seen.emplace(pixels.begin(), pixels.end()).second) << number;
    }
}

TEST_P(TestPicture, IsTheSameWhateverThePitch) {
    const auto packed = draw(GetParam(), 12'345'678);
    const std::size_t row = picture_row_size(GetParam());
    const std::size_t rows = picture_rows(GetParam());
    constexpr std::size_t padding = 32;
    constexpr std::uint8_t untouched = 0xA5;
    for (const bool bottom_up : {false, true}) {
        const std::size_t pitch = row + padding;
        std::vector<std::uint8_t> pixels(pitch * rows, untouched);
        std::uint8_t* const first = pixels.data() + (bottom_up ? pitch * (rows - 1) : 0);
        const auto step = static_cast<std::ptrdiff_t>(pitch);
        draw_test_picture(GetParam(), 12'345'678, {first, bottom_up ? -step : step});
        for (std::size_t y = 0; y < rows; ++y) {
            const std::uint8_t* const got = pixels.data() + pitch * (bottom_up ? rows - 1 - y : y);
            ASSERT_TRUE(std::equal(got, got + row, packed.data() + y * row)) << y;
            ASSERT_EQ(std::count(got + row, got + pitch, untouched),
                      static_cast<std::ptrdiff_t>(padding))
                << y;
        }
    }
}

TEST(TestPictureRgb32, ShowsTheBarsInOrder) {
    const auto pixels = draw(PixelFormat::rgb32, 0);
    const std::uint8_t bars[8][3] = {{255, 255, 255}, {255, 255, 0}, {0, 255, 255}, {0, 255, 0},
                                     {255, 0, 255},   {255, 0, 0},   {0, 0, 255},   {0, 0, 0}};
    for (std::size_t i = 0; i < 8; ++i) {
        const std::uint8_t* const pixel = pixels.data() + (i * 80 + 40) * 4;
        EXPECT_EQ(pixel[2], bars[i][0]) << i;
        EXPECT_EQ(pixel[1], bars[i][1]) << i;
        EXPECT_EQ(pixel[0], bars[i][2]) << i;
    }
}

TEST(TestPictureNv12, IsLimitedRangeWithColoursWhereTheyBelong) {
    const auto pixels = draw(PixelFormat::nv12, 0);
    EXPECT_EQ(pixels[40], 235);          // white
    EXPECT_EQ(pixels[7 * 80 + 40], 16);  // black
    EXPECT_EQ(pixels[5 * 80 + 40], 82);  // red
    const std::uint8_t* const chroma = pixels.data() + std::size_t{640} * 480;
    EXPECT_EQ(chroma[40], 128);
    EXPECT_EQ(chroma[5 * 80 + 40], 90);   // U of red
    EXPECT_EQ(chroma[5 * 80 + 41], 240);  // V of red
}

// Reads the number off the picture by the dots of a seven-row font: what a person does.
std::uint64_t read_number(const std::vector<std::uint8_t>& rgb32) {
    const char* const glyphs[10] = {
        "01110100011001110101110011000101110", "00100011000010000100001000010001110",
        "01110100010000100010001000100011111", "11111000100010000010000011000101110",
        "00010001100101010010111110001000010", "11111100001111000001000011000101110",
        "00110010001000011110100011000101110", "11111000010001000100010000100001000",
        "01110100011000101110100011000101110", "01110100011000101111000010001001100"};
    std::uint64_t number = 0;
    for (std::size_t digit = 0; digit < 8; ++digit) {
        std::string dots;
        for (std::size_t y = 0; y < 7; ++y) {
            for (std::size_t x = 0; x < 5; ++x) {
                const std::size_t column = 85 + digit * 60 + x * 10 + 5;
                const std::size_t row = 200 + y * 10 + 5;
                dots += rgb32[(row * 640 + column) * 4] != 0 ? '1' : '0';
            }
        }
        const auto* const found = std::ranges::find(glyphs, dots);
        EXPECT_NE(found, std::end(glyphs)) << dots;
        number = number * 10 + static_cast<std::uint64_t>(found - std::begin(glyphs));
    }
    return number;
}

TEST(TestPictureRgb32, TheNumberCanBeRead) {
    for (const std::uint64_t number :
         {0ULL, 7ULL, 42ULL, 1'234'567ULL, 12'345'678ULL, 98'765'432ULL, 90'000'000ULL}) {
        EXPECT_EQ(read_number(draw(PixelFormat::rgb32, number)), number);
    }
    EXPECT_EQ(read_number(draw(PixelFormat::rgb32, 1'00'000'003)), 3u) << "the last eight digits";
}

}  // namespace
}  // namespace mfvcam::source
