package io.github.mfvcam;

/**
 * The camera has ended its stream ({@code MF_E_END_OF_STREAM}): no frame will come any more.
 *
 * @since 0.1
 */
public final class CameraEndOfStreamException extends VirtualCameraException {
  private static final long serialVersionUID = 1L;

  CameraEndOfStreamException(String operation, int hresult, String message) {
    super(operation, hresult, message);
  }
}
