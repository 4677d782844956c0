#include "test_picture.h"

#include <array>
#include <cstring>

namespace mfvcam::source {
namespace {

struct Color {
    std::uint8_t red;
    std::uint8_t green;
    std::uint8_t blue;
};

struct Yuv {
    std::uint8_t y;
    std::uint8_t u;
    std::uint8_t v;
};

struct Rectangle {
    std::uint32_t left;
    std::uint32_t top;
    std::uint32_t width;
    std::uint32_t height;
};

constexpr Color kBlack = {0, 0, 0};
constexpr Color kWhite = {255, 255, 255};
constexpr std::array<Color, 8> kBars = {{{255, 255, 255},
                                         {255, 255, 0},
                                         {0, 255, 255},
                                         {0, 255, 0},
                                         {255, 0, 255},
                                         {255, 0, 0},
                                         {0, 0, 255},
                                         {0, 0, 0}}};
constexpr std::uint32_t kBarWidth = kPictureWidth / kBars.size();

constexpr std::uint32_t kDigits = 8;
constexpr std::uint32_t kGlyphColumns = 5;
constexpr std::uint32_t kGlyphRows = 7;
constexpr std::uint32_t kDot = 10;  // pixels a side
constexpr std::uint32_t kDigitAdvance = (kGlyphColumns + 1) * kDot;
constexpr Rectangle kPanel = {70, 180, 500, 110};

constexpr std::uint32_t kBallSize = 48;
constexpr Rectangle kTrack = {0, 380, kPictureWidth, 80};
constexpr std::uint32_t kBallStep = 8;  // pixels a frame

// A row of a glyph is its lowest five bits, the leftmost dot the highest of them.
constexpr std::uint8_t kGlyphs[10][kGlyphRows] = {
    {0x0E, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0E}, {0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E},
    {0x0E, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1F}, {0x1F, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0E},
    {0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02}, {0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E},
    {0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E}, {0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08},
    {0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E}, {0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C}};

// BT.601, limited range: what consumers assume of standard definition without being told.
constexpr Yuv to_yuv(Color color) noexcept {
    const int r = color.red;
    const int g = color.green;
    const int b = color.blue;
    return {static_cast<std::uint8_t>((66 * r + 129 * g + 25 * b + 128) / 256 + 16),
            static_cast<std::uint8_t>((-38 * r - 74 * g + 112 * b + 128 + 128 * 256) / 256),
            static_cast<std::uint8_t>((112 * r - 94 * g - 18 * b + 128 + 128 * 256) / 256)};
}

// Everything drawn has even coordinates and sizes, so that NV12's half-size chroma comes out even.
class Canvas {
 public:
    Canvas(PixelFormat format, const PictureBuffer& buffer) noexcept
        : format_(format), buffer_(buffer) {}

    void fill(const Rectangle& area, Color color) const noexcept {
        if (format_ == PixelFormat::rgb32) {
            fill_rgb32(area, color);
        } else {
            fill_nv12(area, to_yuv(color));
        }
    }

 private:
    std::uint8_t* row(std::uint32_t y) const noexcept {
        return buffer_.first_row + static_cast<std::ptrdiff_t>(y) * buffer_.pitch;
    }

    void fill_rgb32(const Rectangle& area, Color color) const noexcept {
        const std::uint8_t pixel[4] = {color.blue, color.green, color.red, 0xFF};
        for (std::uint32_t y = area.top; y < area.top + area.height; ++y) {
            std::uint8_t* out = row(y) + std::size_t{area.left} * sizeof(pixel);
            for (std::uint32_t x = 0; x < area.width; ++x, out += sizeof(pixel)) {
                std::memcpy(out, pixel, sizeof(pixel));
            }
        }
    }

    void fill_nv12(const Rectangle& area, Yuv color) const noexcept {
        for (std::uint32_t y = area.top; y < area.top + area.height; ++y) {
            std::memset(row(y) + area.left, color.y, area.width);
        }
        const std::uint8_t pair[2] = {color.u, color.v};
        for (std::uint32_t y = area.top / 2; y < (area.top + area.height) / 2; ++y) {
            std::uint8_t* out = row(kPictureHeight + y) + area.left;
            for (std::uint32_t x = 0; x < area.width; x += 2, out += sizeof(pair)) {
                std::memcpy(out, pair, sizeof(pair));
            }
        }
    }

    PixelFormat format_;
    PictureBuffer buffer_;
};

void draw_bars(const Canvas& canvas) noexcept {
    for (std::uint32_t i = 0; i < kBars.size(); ++i) {
        canvas.fill({i * kBarWidth, 0, kBarWidth, kPictureHeight}, kBars[i]);
    }
}

void draw_ball(const Canvas& canvas, std::uint64_t frame_number) noexcept {
    canvas.fill(kTrack, kBlack);
    constexpr std::uint32_t way = kPictureWidth - kBallSize;
    const auto place =
        static_cast<std::uint32_t>(frame_number * kBallStep % (std::uint64_t{way} * 2));
    const std::uint32_t left = place < way ? place : 2 * way - place;
    const std::uint32_t top = kTrack.top + (kTrack.height - kBallSize) / 2;
    // Round enough: three overlapping rectangles.
    constexpr std::uint32_t cut = 8;
    for (const std::uint32_t step : {0U, cut, 2 * cut}) {
        canvas.fill({left + step, top + 2 * cut - step, kBallSize - 2 * step,
                     kBallSize - 4 * cut + 2 * step},
                    kWhite);
    }
}

void draw_digit(const Canvas& canvas, std::uint32_t digit, std::uint32_t left,
                std::uint32_t top) noexcept {
    for (std::uint32_t y = 0; y < kGlyphRows; ++y) {
        for (std::uint32_t x = 0; x < kGlyphColumns; ++x) {
            if ((kGlyphs[digit][y] >> (kGlyphColumns - 1 - x) & 1) != 0) {
                canvas.fill({left + x * kDot, top + y * kDot, kDot, kDot}, kWhite);
            }
        }
    }
}

void draw_number(const Canvas& canvas, std::uint64_t number) noexcept {
    canvas.fill(kPanel, kBlack);
    constexpr std::uint32_t width = kDigits * kDigitAdvance - kDot;
    constexpr std::uint32_t top = kPanel.top + (kPanel.height - kGlyphRows * kDot) / 2;
    std::uint32_t left = kPanel.left + (kPanel.width - width) / 2 + width;
    for (std::uint32_t i = 0; i < kDigits; ++i) {
        left -= i == 0 ? kDigitAdvance - kDot : kDigitAdvance;
        draw_digit(canvas, static_cast<std::uint32_t>(number % 10), left, top);
        number /= 10;
    }
}

}  // namespace

std::size_t picture_row_size(PixelFormat format) noexcept {
    return format == PixelFormat::rgb32 ? std::size_t{kPictureWidth} * 4 : kPictureWidth;
}

std::uint32_t picture_rows(PixelFormat format) noexcept {
    return format == PixelFormat::rgb32 ? kPictureHeight : kPictureHeight + kPictureHeight / 2;
}

std::size_t picture_size(PixelFormat format) noexcept {
    return picture_row_size(format) * picture_rows(format);
}

void draw_test_picture(PixelFormat format, std::uint64_t frame_number,
                       const PictureBuffer& buffer) noexcept {
    const Canvas canvas(format, buffer);
    draw_bars(canvas);
    draw_ball(canvas, frame_number);
    draw_number(canvas, frame_number);
}

}  // namespace mfvcam::source
