package io.github.mfvcam;

/**
 * A failure that Windows, the camera services, the camera's media source or mfvcam.dll reported.
 * The message names the operation, the code, and what to do where that is known. Subclasses exist
 * where a program would act differently.
 *
 * @since 0.1
 */
public class VirtualCameraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final int hresult;

  VirtualCameraException(String operation, int hresult, String message) {
    super(message);
    this.operation = operation;
    this.hresult = hresult;
  }

  /**
   * What failed: the COM method or function behind the call, such as {@code
   * IMFVirtualCamera::CreateSyncEvent}.
   *
   * @return the operation's name
   */
  public final String operation() {
    return operation;
  }

  /**
   * The HRESULT as it came; print it as {@code 0x%08X}.
   *
   * @return the code, negative
   */
  public final int hresult() {
    return hresult;
  }
}
