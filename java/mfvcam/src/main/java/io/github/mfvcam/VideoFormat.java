package io.github.mfvcam;

import java.util.Locale;

/**
 * What the frames of a {@link CameraReader} look like. Immutable.
 *
 * @since 0.1
 */
public final class VideoFormat {
  private final PixelFormat pixelFormat;
  private final int width;
  private final int height;
  private final int frameRateNumerator;
  private final int frameRateDenominator;
  private final int frameSize;

  VideoFormat(
      PixelFormat pixelFormat,
      int width,
      int height,
      int frameRateNumerator,
      int frameRateDenominator,
      int frameSize) {
    this.pixelFormat = pixelFormat;
    this.width = width;
    this.height = height;
    this.frameRateNumerator = frameRateNumerator;
    this.frameRateDenominator = frameRateDenominator;
    this.frameSize = frameSize;
  }

  /**
   * The pixels' format.
   *
   * @return the pixel format
   */
  public PixelFormat pixelFormat() {
    return pixelFormat;
  }

  /**
   * The width of a frame.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * The height of a frame.
   *
   * @return pixels
   */
  public int height() {
    return height;
  }

  /**
   * The nominal rate of frames.
   *
   * @return frames per second
   */
  public double framesPerSecond() {
    return (double) frameRateNumerator / frameRateDenominator;
  }

  /**
   * The size of a frame, rows packed.
   *
   * @return bytes
   */
  public int frameSize() {
    return frameSize;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s %dx%d, %.3f frames/s", pixelFormat, width, height, framesPerSecond());
  }
}
