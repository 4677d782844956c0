package io.github.mfvcam;

/**
 * The camera services, or the camera's media source, have died, or somebody stopped or removed the
 * camera other than by this object. The camera object is of no more use: close it and open another.
 *
 * <p>After {@link VirtualCamera#remove} of this object it is what sync objects, readers and
 * listeners end with; the camera itself can be started again.
 *
 * @since 0.1
 */
public final class CameraLostException extends VirtualCameraException {
  private static final long serialVersionUID = 1L;

  CameraLostException(String operation, int hresult, String message) {
    super(operation, hresult, message);
  }
}
