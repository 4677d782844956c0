package io.github.mfvcam;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A picture that a camera delivered. Immutable; holds a copy of the pixels.
 *
 * @since 0.1
 */
public final class VideoFrame {
  private final VideoFormat format;
  private final Duration time;
  private final Duration duration;
  private final ByteBuffer bytes;

  VideoFrame(VideoFormat format, Duration time, Duration duration, byte[] bytes) {
    this.format = format;
    this.time = time;
    this.duration = duration;
    this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * The width of the frame.
   *
   * @return pixels
   */
  public int width() {
    return format.width();
  }

  /**
   * The height of the frame.
   *
   * @return pixels
   */
  public int height() {
    return format.height();
  }

  /**
   * The pixels' format.
   *
   * @return the pixel format
   */
  public PixelFormat pixelFormat() {
    return format.pixelFormat();
  }

  /**
   * The sample time that the camera gave the frame, in steps of 100 ns.
   *
   * @return the time, in most cases on the clock of {@link VirtualCameras#systemTime}
   */
  public Duration time() {
    return time;
  }

  /**
   * How long the frame is to be shown, in steps of 100 ns.
   *
   * @return the duration, zero if the camera gave none
   */
  public Duration duration() {
    return duration;
  }

  /**
   * The pixels from the top row to the bottom, rows packed, as {@link #pixelFormat} says.
   *
   * @return a read-only view of its own, from position 0 to the last byte
   */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  @Override
  public String toString() {
    return "VideoFrame " + pixelFormat() + " " + width() + "x" + height() + " at " + time;
  }
}
