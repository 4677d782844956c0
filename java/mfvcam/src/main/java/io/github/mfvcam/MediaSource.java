package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import io.github.mfvcam.jni.MfVirtualCamera;

/**
 * A camera's frames as this process sees them ({@code IMFMediaSource}, a shared client for
 * preview). Made by {@link VirtualCamera#getMediaSource}, whose camera it keeps alive. It serves
 * one reader, and ends with it, or when the camera is stopped, removed, shut down or closed.
 * Methods may be called from any thread.
 *
 * @since 0.1
 */
public final class MediaSource implements AutoCloseable {
  private static final String OPEN_READER = "IMFSourceReader";

  final NativeHandle handle;

  // A reader that was closed has shut the source down: that it had one would not show any more.
  private volatile boolean taken;

  MediaSource(NativeHandle camera, long handle) {
    this.handle =
        new NativeHandle("MediaSource of " + camera, camera, handle, MfVirtualCamera::release);
  }

  /**
   * Opens the first video stream in its first type of this format.
   *
   * @param format the pixels' format
   * @return the reader, to be closed
   * @throws IllegalStateException if this is closed, or has had its reader, be it closed by now
   *     ({@code MFVCAM_E_SOURCE_TAKEN})
   * @throws CameraShutDownException if the camera was shut down or closed
   * @throws VirtualCameraException if the camera does not offer the format ({@code
   *     MF_E_INVALIDMEDIATYPE}: another may be tried), was stopped or removed since ({@code
   *     MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED}), or with any other code
   */
  public CameraReader openReader(PixelFormat format) {
    requireNonNull(format, "format");
    handle.requireOpen(OPEN_READER);
    if (taken) {
      HResults.check(OPEN_READER, HResults.SOURCE_TAKEN, this);
    }
    long[] out = new long[6];
    handle.call(
        OPEN_READER,
        format,
        source ->
            MfVirtualCamera.openReader(
                source,
                format.subtype().getMostSignificantBits(),
                format.subtype().getLeastSignificantBits(),
                out));
    taken = true;
    return new CameraReader(
        handle,
        new VideoFormat(
            format, (int) out[1], (int) out[2], (int) out[3], (int) out[4], (int) out[5]),
        out[0]);
  }

  /**
   * The {@code IMFMediaSource} behind this, for code with COM bindings of its own. This object, its
   * camera or its reader shuts it down for everybody.
   *
   * @return the pointer, with a reference added, which the caller releases, by {@code
   *     IUnknown::Release} or {@link MfVirtualCamera#releaseComPointer}
   * @throws IllegalStateException if this is closed
   * @throws CameraShutDownException if the camera was shut down or closed
   * @throws VirtualCameraException with any other code
   */
  public long comPointer() {
    return handle.comPointer();
  }

  /**
   * Releases the media source, once, in whichever state it is. A reader that is open keeps working.
   */
  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return handle.toString();
  }
}
