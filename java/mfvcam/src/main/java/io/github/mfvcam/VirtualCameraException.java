package io.github.mfvcam;

/**
 * A failure that Windows, the camera services, the camera's media source or mfvcam.dll reported.
 * The message names the operation, the code, and what to do where that is known; then, in brackets,
 * the object and the arguments. Subclasses exist where a program would act differently.
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
   * The HRESULT as it came. {@link #hresultName} is for people.
   *
   * @return the code, negative
   */
  public final int hresult() {
    return hresult;
  }

  /**
   * The symbolic name of the HRESULT, as Windows' headers and mfvcam.h have it.
   *
   * @return the name, such as {@code E_INVALIDARG}, or eight hexadecimal digits, such as {@code
   *     0x8BADF00D}, for a code that mfvcam has no name of
   */
  public final String hresultName() {
    return HResults.name(hresult);
  }
}
