package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads frames from a camera ({@code IMFSourceReader}). Made by {@link MediaSource#openReader},
 * whose media source and camera it keeps alive.
 *
 * <p>The camera is asked for a frame by {@link #read} only; the first read starts it. One thread
 * reads at a time; {@link #close} may come from any.
 *
 * @since 0.1
 */
public final class CameraReader implements AutoCloseable {
  private static final String READ_SAMPLE = "IMFSourceReader::ReadSample";

  /** {@link MfVirtualCamera#readSample}, unless a test puts another in its place. */
  @FunctionalInterface
  interface NativeRead {
    int call(long reader, int timeoutMillis, long cancelEvent, ByteBuffer buffer, long[] out);
  }

  private final VideoFormat format;
  private final NativeHandle handle;
  private final NativeRead nativeRead;
  private final AtomicBoolean reading = new AtomicBoolean();
  private ByteBuffer buffer;

  CameraReader(NativeHandle source, VideoFormat format, long handle) {
    this(
        format,
        new NativeHandle("CameraReader of " + format, source, handle, MfVirtualCamera::closeReader),
        MfVirtualCamera::readSample);
  }

  CameraReader(VideoFormat format, NativeHandle handle, NativeRead nativeRead) {
    this.format = format;
    this.handle = handle;
    this.nativeRead = nativeRead;
    buffer = ByteBuffer.allocateDirect(format.frameSize());
  }

  /**
   * What the frames look like.
   *
   * @return the format
   */
  public VideoFormat format() {
    return format;
  }

  /**
   * Asks the camera for a frame and waits for it. After a timeout or an interrupt the request
   * stands: the next read gets its frame. A program reads on after an empty result and stops at
   * {@link CameraEndOfStreamException}.
   *
   * @param timeout 0 to 4294967294 ms (about 49 days), rounded up to whole milliseconds
   * @return the frame, or nothing after the timeout; never nothing for another reason
   * @throws InterruptedException if the thread is or gets interrupted; its interrupt status is
   *     cleared
   * @throws IllegalArgumentException if the timeout is negative or too long
   * @throws IllegalStateException if this is or gets closed, or another thread is reading ({@code
   *     MFVCAM_E_READER_BUSY})
   * @throws CameraShutDownException if the camera is or gets shut down or closed
   * @throws CameraLostException if the camera dies or is removed
   * @throws CameraEndOfStreamException if the camera has ended its stream ({@code
   *     MF_E_END_OF_STREAM})
   * @throws VirtualCameraException if the camera was stopped, be it started again or removed since
   *     ({@code MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED}), or with any other code
   */
  public Optional<VideoFrame> read(Duration timeout) throws InterruptedException {
    if (!reading.compareAndSet(false, true)) {
      HResults.check(READ_SAMPLE, HResults.READER_BUSY, this);
    }
    try {
      long[] out = new long[3];
      int hresult = readSample(timeout, out);
      if (hresult == HResults.INSUFFICIENT_BUFFER) {
        // The frame is kept: this call only fetches it.
        buffer = ByteBuffer.allocateDirect(Math.toIntExact(out[0]));
        hresult = readSample(timeout, out);
      }
      HResults.check(READ_SAMPLE, hresult);
      return hresult == HResults.S_FALSE ? Optional.empty() : Optional.of(frame(out));
    } finally {
      reading.set(false);
    }
  }

  private int readSample(Duration timeout, long[] out) throws InterruptedException {
    return InterruptibleWait.run(
        timeout,
        (millis, cancelEvent) ->
            handle.call(
                READ_SAMPLE,
                reader -> nativeRead.call(reader, millis, cancelEvent, buffer, out),
                HResults.CANCELLED,
                HResults.INSUFFICIENT_BUFFER));
  }

  private VideoFrame frame(long[] out) {
    byte[] bytes = new byte[(int) out[0]];
    buffer.duplicate().get(bytes);
    return new VideoFrame(format, Ticks.toDuration(out[1]), Ticks.toDuration(out[2]), bytes);
  }

  /**
   * Ends the read of another thread, drains the reader, which takes two seconds at most, shuts its
   * media source down and releases the reader, once.
   */
  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "CameraReader of " + format;
  }
}
