package io.github.mfvcam;

/**
 * There are no virtual cameras here: not Windows, a Windows older than 11 (build 22000), or an
 * edition without Media Foundation. See {@link VirtualCameras#support()}.
 *
 * @since 0.1
 */
public final class CameraUnsupportedException extends VirtualCameraException {
  private static final long serialVersionUID = 1L;

  CameraUnsupportedException(String operation, int hresult, String message) {
    super(operation, hresult, message);
  }
}
