// The picture the source shows: colour bars, a ball that moves, a frame number that can be read.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mfvcam::source {

enum class PixelFormat { nv12, rgb32 };

inline constexpr std::uint32_t kPictureWidth = 640;
inline constexpr std::uint32_t kPictureHeight = 480;

// Where to draw: the address of the first row and the bytes from a row to the one below it, which
// may be negative. NV12's second plane follows the first at the same pitch.
struct PictureBuffer {
    std::uint8_t* first_row;
    std::ptrdiff_t pitch;
};

// Bytes of a row of the first plane, and of a picture whose rows are packed.
std::size_t picture_row_size(PixelFormat format) noexcept;
std::size_t picture_size(PixelFormat format) noexcept;
// Rows of all planes.
std::uint32_t picture_rows(PixelFormat format) noexcept;

// Depends on nothing but its arguments: a test can draw the frame it expects.
void draw_test_picture(PixelFormat format, std::uint64_t frame_number,
                       const PictureBuffer& buffer) noexcept;

}  // namespace mfvcam::source
