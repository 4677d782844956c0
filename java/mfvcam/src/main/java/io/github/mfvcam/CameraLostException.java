package io.github.mfvcam;

/**
 * The camera services, or the camera's media source, have died, or somebody removed the camera. The
 * camera object is of no more use: close it and open another.
 *
 * @since 0.1
 */
public final class CameraLostException extends VirtualCameraException {
  private static final long serialVersionUID = 1L;

  CameraLostException(String operation, int hresult, String message) {
    super(operation, hresult, message);
  }
}
