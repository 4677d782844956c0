package legacy;

/**
 * A class as legacy code has them: it keeps longs, and a JNI DLL of its own, which had its own
 * bindings to virtual cameras. Now some of its natives are mfvcam's, under the names they always
 * had, and the others are small functions on {@code mfvcam.h}. It needs none of mfvcam's classes.
 *
 * <p>{@code java -Dlegacy.library=C:\...\legacy_camera.dll -Dlegacy.mfvcam=C:\...\mfvcam.dll
 * legacy.LegacyCamera [PROVIDER.DLL]} waits for three signals.
 */
public final class LegacyCamera {
  private static final int SIGNALS = 3;
  private static final int PATIENCE_MILLIS = 20_000;

  static {
    // The DLL's import of mfvcam.dll is met by a module of that name that is loaded already. Where
    // mfvcam's jar is in use, it has loaded its own, and this property is not set.
    String mfvcam = System.getProperty("legacy.mfvcam");
    if (mfvcam != null) {
      System.load(mfvcam);
    }
    System.load(System.getProperty("legacy.library"));
  }

  private LegacyCamera() {}

  // ---- mfvcam's, bound by JNI_OnLoad (legacy_camera.c) ----

  /** {@code createVirtualCamera}. */
  public static native int open(
      int type,
      int lifetime,
      int access,
      String name,
      long sourceIdHigh,
      long sourceIdLow,
      long[] categories,
      int flags,
      long[] out);

  /** {@code start}. */
  public static native int startCamera(long camera);

  /** {@code createSyncEvent}. */
  public static native int subscribe(
      long camera, long setHigh, long setLow, int id, int flags, long event, long[] out);

  /** {@code getComPointer}. */
  public static native int comPointer(long object, long[] out);

  /** {@code shutdown}. */
  public static native int shutdown(long object);

  /** {@code release}. */
  public static native int free(long object);

  // ---- The DLL's own ----

  /** The DLL with MFCreateVirtualCamera, instead of Windows'. */
  public static native int useProvider(String path);

  /** A Win32 event, or 0. */
  public static native long newEvent();

  /** Closes a Win32 event. */
  public static native void closeEvent(long event);

  /** Sleeps until so many signals have come; the first code that is not S_OK ends it. */
  public static native int awaitSignals(long syncObject, int count, int timeoutMillis);

  /** How many cameras and sync objects mfvcam has. */
  public static native int liveObjects();

  private static void check(String call, int hresult) {
    if (hresult != 0) {
      throw new IllegalStateException(String.format("%s: 0x%08X", call, hresult));
    }
  }

  /** The whole life of a camera. */
  public static void main(String[] args) {
    if (args.length > 0) {
      check("useProvider", useProvider(args[0]));
    }
    long[] out = new long[1];
    // MFVCAM_SOURCE_CLSID and MFVCAM_EVENT_SET, as java.util.UUID has them
    check(
        "open",
        open(0, 0, 0, "Legacy", 0x85C66A4112044B25L, 0x944CA615B61808B2L, null, 0, out));
    long camera = out[0];
    check("startCamera", startCamera(camera));
    long event = newEvent();
    check(
        "subscribe",
        subscribe(camera, 0xBD137F9AFBC94DB3L, 0x802D5FCBEAD8B048L, 0, 1, event, out));
    long syncObject = out[0];
    check("awaitSignals", awaitSignals(syncObject, SIGNALS, PATIENCE_MILLIS));
    System.out.println(SIGNALS + " signals");
    check("free", free(syncObject));
    check("shutdown", shutdown(camera));
    check("free", free(camera));
    closeEvent(event);
    System.out.println("left alive: " + liveObjects());
  }
}
