package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mfvcam_register_natives}, called by {@code native/tests/jni_probe.c}. */
class RegisterNativesTest {
  private static final int POINTER = 0x80004003;
  private static final int UNEXPECTED = 0x8000FFFF;

  /** Another's class. */
  static class Legacy {
    static native int begin(long camera);

    native long clock();

    static native String buildId();

    static native int strange(int number);

    static int alreadyJava(long camera) {
      return (int) camera;
    }
  }

  /** One that inherits its natives. */
  static class Heir extends Legacy {}

  /** One that cannot be initialized. */
  static class Broken {
    static native int start(long camera);

    static {
      fail();
    }

    private static void fail() {
      throw new IllegalStateException("broken");
    }
  }

  private static native int register(Class<?> target, String[] rows, String[] error);

  private static native void registerWhilePending(Class<?> target, int[] results);

  private static native int unregister(Class<?> target);

  @BeforeAll
  static void load() {
    VirtualCameras.load();
    System.load(
        Path.of(System.getProperty("mfvcam.root"), "build/windows-x64/tests/jni_probe.dll")
            .toAbsolutePath()
            .toString());
  }

  @AfterEach
  void unbind() {
    assertEquals(HResults.S_OK, unregister(Legacy.class));
  }

  private static void bind(String... rows) {
    String[] error = new String[1];
    assertEquals(HResults.S_OK, register(Legacy.class, rows, error), error[0]);
    assertEquals("", error[0]);
  }

  private static void assertRefused(
      int hresult, String error, Class<?> target, String... furtherRow) {
    String[] rows = {"start", "begin", "(J)I", furtherRow[0], furtherRow[1], furtherRow[2]};
    String[] told = new String[1];

    assertEquals(hresult, register(target, rows, told), told[0]);

    assertEquals(error, told[0]);
    assertThrows(UnsatisfiedLinkError.class, () -> Legacy.begin(0), "half of it was bound");
  }

  @Test
  void functionsHaveTheCallersNames() {
    bind("start", "begin", "(J)I", "systemTime", "clock", "()J", "buildId", null, null);

    assertEquals(HResults.E_HANDLE, Legacy.begin(1));
    assertEquals(MfVirtualCamera.buildId(), Legacy.buildId());
    long before = MfVirtualCamera.systemTime();
    long now = new Legacy().clock();
    assertTrue(before <= now && now <= MfVirtualCamera.systemTime(), before + " " + now);
  }

  @Test
  void theyWorkOnTheJarsOwnObjects() {
    bind("start", "begin", null);
    try (VirtualCamera camera = Cameras.open()) {
      long pointer = camera.comPointer();
      long[] out = new long[1];
      assertEquals(HResults.S_OK, MfVirtualCamera.fromNative(pointer, 0, out));

      assertEquals(HResults.S_OK, Legacy.begin(out[0]));

      assertEquals(HResults.S_OK, MfVirtualCamera.release(out[0]));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x8007007F | strat      | strange     |       | mfvcam has no function strat",
        "0x80070490 | start      | strange     |       | strange(J)I is no native method of the class",
        "0x80070490 | start      | nothing     |       | nothing(J)I is no native method of the class",
        "0x80070490 | start      |             | (J)I  | start(J)I is no native method of the class",
        "0x80070490 | start      | alreadyJava | (J)I  |"
            + " alreadyJava(J)I is no native method of the class",
        "0x80070057 | start      | strange     | (I)I  |"
            + " strange has the signature (I)I, but mfvcam's start has (J)I",
        "0x80070057 | stop       | begin       | (J)I  | begin(J)I is in the table twice",
        "0x80004003 |            | begin       | (J)I  | function is NULL",
      })
  void aWrongEntryIsNamedAndNothingIsBound(
      String hresult, String function, String method, String signature, String error) {
    assertRefused(
        Long.decode(hresult).intValue(),
        "entry 1: " + error,
        Legacy.class,
        function,
        method,
        signature);
  }

  @Test
  void anInheritedMethodIsNotTheClasss() {
    String[] error = new String[1];

    assertEquals(
        HResults.NOT_FOUND, register(Heir.class, new String[] {"start", "begin", "(J)I"}, error));

    assertEquals("entry 0: begin(J)I is no native method of the class", error[0]);
  }

  @Test
  void aClassThatCannotBeInitializedLeavesNoException() {
    String[] error = new String[1];

    assertEquals(
        HResults.NOT_FOUND, register(Broken.class, new String[] {"start", null, null}, error));

    assertEquals(
        "entry 0: start(J)I: java.lang.ExceptionInInitializerError,"
            + " caused by java.lang.IllegalStateException: broken",
        error[0]);
  }

  @Test
  void aLongTextIsCut() {
    String name = "x".repeat(1000);
    String[] error = new String[1];

    assertEquals(
        HResults.E_INVALIDARG, register(Legacy.class, new String[] {"start", name, "()V"}, error));

    assertEquals("entry 0: " + "x".repeat(255 - "entry 0: ".length()), error[0]);
  }

  @Test
  void whatIsMissingIsSaid() {
    String[] error = new String[1];
    assertEquals(POINTER, register(Legacy.class, null, error));
    assertEquals("env, type or natives is NULL", error[0]);
    assertEquals(POINTER, register(null, new String[] {"start", "begin", "(J)I"}, error));
    assertEquals("env, type or natives is NULL", error[0]);
    assertEquals(HResults.E_INVALIDARG, register(Legacy.class, new String[0], error));
    assertEquals("the table is empty", error[0]);
    assertEquals(POINTER, unregister(null));
  }

  @Test
  void aPendingExceptionStaysTheCallers() {
    int[] results = new int[2];

    ArithmeticException e =
        assertThrows(ArithmeticException.class, () -> registerWhilePending(Legacy.class, results));

    assertEquals("the caller's own", e.getMessage());
    assertArrayEquals(new int[] {UNEXPECTED, UNEXPECTED}, results);
  }

  @Test
  void whatIsUnboundCanBeBoundAnew() {
    bind("start", "begin", null);
    assertEquals(HResults.E_HANDLE, Legacy.begin(0));

    assertEquals(HResults.S_OK, unregister(Legacy.class));

    assertThrows(UnsatisfiedLinkError.class, () -> Legacy.begin(0));
    bind("stop", "begin", null);
    assertEquals(HResults.E_HANDLE, Legacy.begin(0));
    // Another function, without an unregistration between.
    bind("release", "begin", null);
    assertEquals(HResults.E_HANDLE, Legacy.begin(0));
  }
}
