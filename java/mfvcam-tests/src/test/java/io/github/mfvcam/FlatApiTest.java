package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flat natives, used as legacy code would: with longs and codes. */
class FlatApiTest {
  private static final int E_INVALIDARG = 0x80070057;

  private long camera;
  private long event;
  private long sync;

  @BeforeEach
  void open() {
    VirtualCameras.load();
    long[] out = {-1};
    ok(create(0, 0, 0, "flat", null, 0, out));
    camera = out[0];
    ok(MfVirtualCamera.start(camera));
    ok(MfVirtualCamera.createEvent(false, false, null, out));
    event = out[0];
    ok(createSyncEvent(camera, MfvcamSource.EVENT_SET, 0, 1, event, out));
    sync = out[0];
  }

  @AfterEach
  void close() {
    MfVirtualCamera.release(sync);
    MfVirtualCamera.release(camera);
    ok(MfVirtualCamera.closeHandle(event));
  }

  private static void ok(int hresult) {
    assertEquals("S_OK (0x00000000)", HResults.describe(hresult));
  }

  private static int create(
      int type, int lifetime, int access, String name, long[] categories, int flags, long[] out) {
    return MfVirtualCamera.createVirtualCamera(
        type,
        lifetime,
        access,
        name,
        MfvcamSource.CLASS_ID.getMostSignificantBits(),
        MfvcamSource.CLASS_ID.getLeastSignificantBits(),
        categories,
        flags,
        out);
  }

  private static int createSyncEvent(
      long camera, UUID set, int id, int flags, long event, long[] out) {
    return MfVirtualCamera.createSyncEvent(
        camera, set.getMostSignificantBits(), set.getLeastSignificantBits(), id, flags, event, out);
  }

  @Test
  void aLegacyProgramSleepsAndWakes() {
    ok(MfVirtualCamera.await(sync, 10_000, 0));
    assertEquals(HResults.S_FALSE, MfVirtualCamera.await(sync, 0, 0));
    assertEquals(HResults.WAIT_MIXED, MfVirtualCamera.waitOnSignal(sync, 0));
    ok(MfVirtualCamera.await(sync, -1, 0));
    ok(MfVirtualCamera.setEvent(event));
    ok(MfVirtualCamera.waitForSingleObject(event, 0));
    assertEquals(HResults.S_FALSE, MfVirtualCamera.waitForSingleObject(event, 0));
  }

  @Test
  void aCancelEventEndsAWait() {
    ok(MfVirtualCamera.await(sync, -1, 0));
    long[] out = new long[1];
    ok(MfVirtualCamera.createEvent(true, true, null, out));

    assertEquals(HResults.CANCELLED, MfVirtualCamera.await(sync, 10_000, out[0]));
    // The signal goes first.
    ok(MfVirtualCamera.setEvent(event));
    ok(MfVirtualCamera.await(sync, 10_000, out[0]));
    ok(MfVirtualCamera.closeHandle(out[0]));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 0x100, -1})
  void otherEventFlagsAreRefused(int flags) {
    long[] out = {-1};

    assertEquals(
        E_INVALIDARG, createSyncEvent(camera, MfvcamSource.EVENT_SET, 0, flags, event, out));
    assertEquals(0, out[0]);
  }

  @Test
  void otherSemaphoreFlagsAndAdjustmentsAreRefused() {
    long[] out = {-1};
    ok(MfVirtualCamera.createSemaphore(0, 9, null, out));
    long semaphore = out[0];
    for (int flags : new int[] {0, 3, 4, 0x100, -1}) {
      assertEquals(E_INVALIDARG, createSyncSemaphore(flags, semaphore, 1, out));
      assertEquals(0, out[0]);
    }
    for (int adjustment : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertEquals(E_INVALIDARG, createSyncSemaphore(1, semaphore, adjustment, out));
      assertEquals(0, out[0]);
    }
    assertEquals(HResults.E_HANDLE, createSyncSemaphore(1, event, 1, out));
    for (int flags : new int[] {1, 2}) {
      ok(createSyncSemaphore(flags, semaphore, Integer.MAX_VALUE, out));
      ok(MfVirtualCamera.release(out[0]));
    }
    ok(MfVirtualCamera.closeHandle(semaphore));
  }

  private int createSyncSemaphore(int flags, long semaphore, int adjustment, long[] out) {
    UUID set = MfvcamSource.EVENT_SET;
    return MfVirtualCamera.createSyncSemaphore(
        camera,
        set.getMostSignificantBits(),
        set.getLeastSignificantBits(),
        5,
        flags,
        semaphore,
        adjustment,
        out);
  }

  @Test
  void propertiesTellTheirSizeAndOtherFlagsAreRefused() {
    long[] out = {-1};
    assertEquals(HResults.MORE_DATA, sendProperty(1, null, out));
    assertEquals(128, out[0]);
    assertEquals(HResults.INSUFFICIENT_BUFFER, sendProperty(1, new byte[127], out));
    assertEquals(128, out[0]);
    ok(sendProperty(1, new byte[129], out));
    assertEquals(128, out[0]);
    for (int flags : new int[] {0, 3, 4, 0x100, 0x201, -1}) {
      assertEquals(E_INVALIDARG, sendProperty(flags, new byte[128], out));
      assertEquals(0, out[0]);
    }
  }

  private int sendProperty(int flags, byte[] data, long[] out) {
    UUID set = MfvcamSource.PROPERTY_SET;
    return MfVirtualCamera.sendCameraProperty(
        camera,
        set.getMostSignificantBits(),
        set.getLeastSignificantBits(),
        MfvcamSource.COUNTERS.id(),
        flags,
        null,
        data,
        out);
  }

  @Test
  void otherCameraParametersAreRefused() {
    long[] out = {-1};
    assertEquals(E_INVALIDARG, create(1, 0, 0, "x", null, 0, out));
    assertEquals(E_INVALIDARG, create(0, 2, 0, "x", null, 0, out));
    assertEquals(E_INVALIDARG, create(0, 0, -1, "x", null, 0, out));
    assertEquals(E_INVALIDARG, create(0, 0, 0, "", null, 0, out));
    assertEquals(E_INVALIDARG, create(0, 0, 0, "x", null, 2, out));
    assertEquals(0, out[0]);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1, 0x7FFF_FFFF_FFFF_FFFFL, 0x0000_0001_0000_0000L})
  void aNumberThatIsNoHandleDoesNoHarm(long handle) {
    allHandlesRefused(handle);
  }

  @Test
  void aReleasedHandleIsStale() {
    ok(MfVirtualCamera.release(sync));
    allHandlesRefused(sync);
    ok(MfVirtualCamera.release(camera));
    allHandlesRefused(camera);
  }

  @Test
  void ofManyReleasesAtOnceOneCounts() {
    for (int round = 0; round < 50; round++) {
      long[] out = {-1};
      ok(createSyncEvent(camera, MfvcamSource.EVENT_SET, 5, 1, event, out));
      assertEquals(2, VirtualCameras.ledger().syncObjects());

      List<Integer> codes = AtOnce.call(() -> MfVirtualCamera.release(out[0]));

      assertEquals(1, Collections.frequency(codes, HResults.S_OK), codes.toString());
      assertEquals(
          AtOnce.THREADS - 1, Collections.frequency(codes, HResults.E_HANDLE), codes.toString());
      assertEquals(1, VirtualCameras.ledger().syncObjects());
    }
  }

  private void allHandlesRefused(long handle) {
    long[] out = new long[6];
    int[] codes = {
      MfVirtualCamera.shutdown(handle),
      MfVirtualCamera.release(handle),
      MfVirtualCamera.releaseLater(handle),
      MfVirtualCamera.start(handle),
      MfVirtualCamera.stop(handle),
      MfVirtualCamera.remove(handle),
      MfVirtualCamera.getMediaSource(handle, out),
      MfVirtualCamera.sendCameraProperty(handle, 0, 0, 0, 1, null, null, out),
      createSyncEvent(handle, MfvcamSource.EVENT_SET, 0, 1, event, out),
      MfVirtualCamera.waitOnSignal(handle, 0),
      MfVirtualCamera.await(handle, 0, 0),
      MfVirtualCamera.openReader(handle, 0, 0, out),
      MfVirtualCamera.readSample(handle, 0, 0, ByteBuffer.allocateDirect(1), out),
      MfVirtualCamera.closeReader(handle),
    };
    for (int i = 0; i < codes.length; i++) {
      assertEquals("E_HANDLE (0x80070006)", HResults.describe(codes[i]), "call " + i);
    }
    assertArrayEquals(new long[6], out);
  }

  @Test
  void aHandleOfAnotherKindIsRefused() {
    long[] out = new long[6];
    assertEquals(HResults.E_HANDLE, MfVirtualCamera.start(sync));
    assertEquals(HResults.E_HANDLE, MfVirtualCamera.await(camera, 0, 0));
    assertEquals(HResults.E_HANDLE, MfVirtualCamera.openReader(camera, 0, 0, out));
    assertEquals(HResults.E_HANDLE, MfVirtualCamera.closeReader(camera));
    ok(MfVirtualCamera.await(sync, 10_000, 0));
  }

  @Test
  void whatJavaSeesItThrows() {
    long[] none = {};
    assertThrows(NullPointerException.class, () -> MfVirtualCamera.ledger(null));
    assertThrows(IllegalArgumentException.class, () -> MfVirtualCamera.ledger(new long[5]));
    assertThrows(NullPointerException.class, () -> create(0, 0, 0, null, null, 0, new long[1]));
    assertThrows(IllegalArgumentException.class, () -> create(0, 0, 0, "x", null, 0, none));
    assertThrows(
        IllegalArgumentException.class, () -> create(0, 0, 0, "x", new long[3], 0, new long[1]));
    assertThrows(NullPointerException.class, () -> MfVirtualCamera.useProvider(null));
    assertThrows(
        IllegalArgumentException.class, () -> MfVirtualCamera.createEvent(true, true, null, none));
    assertThrows(NullPointerException.class, () -> MfVirtualCamera.getMediaSource(camera, null));
    assertThrows(
        NullPointerException.class,
        () -> MfVirtualCamera.readSample(camera, 0, 0, null, new long[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> MfVirtualCamera.readSample(camera, 0, 0, ByteBuffer.allocate(1), new long[3]));
    ByteBuffer readOnly = ByteBuffer.allocateDirect(1).asReadOnlyBuffer();
    assertThrows(
        IllegalArgumentException.class,
        () -> MfVirtualCamera.readSample(camera, 0, 0, readOnly, new long[3]));
  }

  @Test
  void aProviderCannotBeChosenLate() {
    assertEquals(
        HResults.PROVIDER_IN_USE, MfVirtualCamera.useProvider("C:\\windows\\system32\\ole32.dll"));
  }

  @Test
  void theClockRuns() {
    long before = MfVirtualCamera.systemTime();
    ok(MfVirtualCamera.await(sync, -1, 0));
    assertTrue(MfVirtualCamera.systemTime() > before);
  }

  @Test
  void aFrameTooLargeForTheBufferIsKept() {
    long[] out = new long[6];
    ok(MfVirtualCamera.getMediaSource(camera, out));
    long source = out[0];
    UUID nv12 = PixelFormat.NV12.subtype();
    ok(
        MfVirtualCamera.openReader(
            source, nv12.getMostSignificantBits(), nv12.getLeastSignificantBits(), out));
    long reader = out[0];
    int size = (int) out[5];

    assertEquals(
        HResults.INSUFFICIENT_BUFFER,
        MfVirtualCamera.readSample(reader, 10_000, 0, ByteBuffer.allocateDirect(10), out));
    assertEquals(size, out[0]);
    ok(MfVirtualCamera.readSample(reader, 0, 0, ByteBuffer.allocateDirect(size), out));
    assertEquals(size, out[0]);

    ok(MfVirtualCamera.closeReader(reader));
    ok(MfVirtualCamera.release(source));
  }
}
