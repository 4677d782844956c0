package io.github.mfvcam;

/**
 * Whether virtual cameras can be made here, and why not. Immutable.
 *
 * @since 0.1
 */
public final class CameraSupport {
  private final String platform;
  private final int hresult;
  private final String reason;

  CameraSupport(String platform, int hresult, String reason) {
    this.platform = platform;
    this.hresult = hresult;
    this.reason = reason;
  }

  /**
   * Whether virtual cameras can be made here.
   *
   * @return true if so
   */
  public boolean isSupported() {
    return hresult >= 0;
  }

  /**
   * Who makes them, or would: {@code Windows}, or the name of the {@link
   * io.github.mfvcam.spi.CameraPlatform} that stands in for it.
   *
   * @return the name
   */
  public String platform() {
    return platform;
  }

  /**
   * Why not, and what to do.
   *
   * @return a text for people, empty if supported
   */
  public String reason() {
    return reason;
  }

  /**
   * Why not, as a code.
   *
   * @return an HRESULT, negative if not supported
   */
  public int hresult() {
    return hresult;
  }

  @Override
  public String toString() {
    return isSupported() ? "supported by " + platform : "not supported: " + reason;
  }
}
