package io.github.mfvcam;

import io.github.mfvcam.jni.MfVirtualCamera;
import io.github.mfvcam.spi.CameraPlatform;
import java.time.Duration;

/**
 * What concerns all virtual cameras of the process: whether there are any, and who makes them.
 *
 * @since 0.1
 */
public final class VirtualCameras {
  private VirtualCameras() {}

  /**
   * Whether virtual cameras can be made here. Never throws; {@link #support} says why not.
   *
   * @return true if so
   */
  public static boolean isSupported() {
    return support().isSupported();
  }

  /**
   * Whether virtual cameras can be made here, and why not ({@code MFIsVirtualCameraTypeSupported}).
   * Never throws, wherever it is called. After a yes, {@link #install} comes too late.
   *
   * @return the answer
   */
  public static CameraSupport support() {
    try {
      NativeLibrary.load();
      HResults.check(HResults.IS_SUPPORTED, MfVirtualCamera.isSupported());
      return new CameraSupport(NativeLibrary.platformName(), HResults.S_OK, "");
    } catch (VirtualCameraException e) {
      return new CameraSupport(NativeLibrary.platformName(), e.hresult(), e.getMessage());
    } catch (IllegalStateException e) {
      // The platform asked for came too late: others have used the DLL before.
      return new CameraSupport(
          NativeLibrary.platformName(), HResults.PROVIDER_IN_USE, e.getMessage());
    }
  }

  /**
   * Loads mfvcam.dll. Whatever needs it does so by itself; call this to have it done, or failed, at
   * a time of your choice, or before the methods of {@link MfVirtualCamera}. Does nothing if it was
   * done.
   *
   * <p>System properties, read once:
   *
   * <ul>
   *   <li>{@code mfvcam.library.path}: the DLL to load, and no other, instead of the one in the
   *       jar.
   *   <li>{@code mfvcam.cache.dir}: the folder that DLLs are extracted to, and no other, instead of
   *       the first of these that they can be loaded from: {@code %LOCALAPPDATA%\mfvcam}, {@code
   *       .mfvcam} in the user's home, {@code mfvcam_<user>} in the folder for temporary files.
   *   <li>{@code mfvcam.platform}: the name of the {@link CameraPlatform} that is to stand in for
   *       Windows, such as {@code simulator}.
   * </ul>
   *
   * @throws CameraUnsupportedException if this is not Windows on a processor that the jar has DLLs
   *     for
   * @throws VirtualCameraException if a DLL cannot be extracted or loaded, or is of another
   *     version, or the platform is not found; with what was tried and the first cause, as {@link
   *     Mfvcam#loadReport} tells it, too
   */
  public static void load() {
    NativeLibrary.load();
  }

  /**
   * Lets a stand-in make the virtual cameras instead of Windows, until the process ends. Once, and
   * before the first camera; a program may ask {@link #support} first, and turn to a stand-in if
   * there are no cameras. Does nothing if it is installed already.
   *
   * @param platform the stand-in
   * @throws IllegalStateException if virtual cameras were used before, or another stand-in is
   *     installed
   * @throws CameraUnsupportedException as {@link #load}
   * @throws VirtualCameraException as {@link #load}, or if the stand-in's DLL cannot be used
   */
  public static void install(CameraPlatform platform) {
    NativeLibrary.install(platform);
  }

  /**
   * The clock of frames and signals (QueryPerformanceCounter, as {@code MFGetSystemTime}), in steps
   * of 100 ns from some moment in the past.
   *
   * @return the time now
   * @throws VirtualCameraException as {@link #load}
   */
  public static Duration systemTime() {
    NativeLibrary.load();
    return Ticks.toDuration(MfVirtualCamera.systemTime());
  }

  /**
   * Counts what mfvcam.dll holds for this process. A program that has closed everything finds
   * nothing.
   *
   * @return the counts at this moment
   * @throws VirtualCameraException as {@link #load}
   */
  public static Ledger ledger() {
    NativeLibrary.load();
    long[] out = new long[8];
    HResults.check("mfvcam_get_ledger", MfVirtualCamera.ledger(out));
    return new Ledger(out);
  }
}
