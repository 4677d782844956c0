package io.github.mfvcam;

/**
 * The object, or the camera it came from, has been shut down ({@code MF_E_SHUTDOWN}). A thread that
 * waits at that moment gets this exception, too.
 *
 * @since 0.1
 */
public final class CameraShutDownException extends VirtualCameraException {
  private static final long serialVersionUID = 1L;

  CameraShutDownException(String operation, int hresult, String message) {
    super(operation, hresult, message);
  }
}
