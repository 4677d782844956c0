package io.github.mfvcam;

/**
 * The camera services, or the camera's media source, have died, or somebody stopped or removed the
 * camera other than by this object. Start the camera object again, or close it and open another.
 * Its sync objects, readers and listeners have ended for good: make others after the start.
 *
 * <p>After {@link VirtualCamera#remove} of this object, too, it is what they end with.
 *
 * @since 0.1
 */
public final class CameraLostException extends VirtualCameraException {
  private static final long serialVersionUID = 1L;

  CameraLostException(String operation, int hresult, String message) {
    super(operation, hresult, message);
  }
}
