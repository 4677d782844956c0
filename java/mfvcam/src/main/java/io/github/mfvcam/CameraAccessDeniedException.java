package io.github.mfvcam;

/**
 * Windows denies access ({@code E_ACCESSDENIED}): the camera privacy switch, a parameter for
 * administrators only, or a media source whose DLL the camera services cannot read. The message
 * says which, as far as the operation tells.
 *
 * @since 0.1
 */
public final class CameraAccessDeniedException extends VirtualCameraException {
  private static final long serialVersionUID = 1L;

  CameraAccessDeniedException(String operation, int hresult, String message) {
    super(operation, hresult, message);
  }
}
