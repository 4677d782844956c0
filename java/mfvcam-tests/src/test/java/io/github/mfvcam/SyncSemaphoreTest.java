package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.testing.NullPointerTester;
import io.github.mfvcam.jni.MfVirtualCamera;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Resources are closed early, or only closed, on purpose.
class SyncSemaphoreTest {
  private static int take(SyncSemaphore semaphore) {
    int taken = 0;
    while (semaphore.poll()) {
      taken++;
    }
    return taken;
  }

  @Test
  void itBeginsWithItsInitialCount() {
    try (SyncSemaphore semaphore = SyncSemaphore.create(2, 3)) {
      assertEquals(2, take(semaphore));
    }
  }

  @Test
  void aReleaseGivesTheCountBefore() {
    try (SyncSemaphore semaphore = SyncSemaphore.create(0, 5)) {
      assertEquals(0, semaphore.release(3));
      assertEquals(3, semaphore.release(1));
      assertEquals(4, take(semaphore));
    }
  }

  @Test
  void aReleaseAboveTheMaximumIsNotDoneAtAll() {
    try (SyncSemaphore semaphore = SyncSemaphore.create(1, 3)) {
      VirtualCameraException e =
          assertThrows(VirtualCameraException.class, () -> semaphore.release(3));

      assertTrue(e.getMessage().contains("ERROR_TOO_MANY_POSTS (0x8007012A)"), e.getMessage());
      assertEquals(1, take(semaphore));
    }
  }

  @Test
  void countsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> SyncSemaphore.create(0, 0));
    assertThrows(IllegalArgumentException.class, () -> SyncSemaphore.create(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> SyncSemaphore.create(2, 1));
    try (SyncSemaphore semaphore = SyncSemaphore.create(0, 1)) {
      assertThrows(IllegalArgumentException.class, () -> semaphore.release(0));
      assertThrows(IllegalArgumentException.class, () -> semaphore.release(-1));
    }
  }

  @Test
  void aNameIsSharedAndGoesWithItsLastHandle() {
    String name = "mfvcam semaphore test " + System.nanoTime();
    try (SyncSemaphore made = SyncSemaphore.create(name, 1, 2);
        SyncSemaphore opened = SyncSemaphore.open(name)) {
      assertEquals(1, opened.release(1));
      assertEquals(2, take(made));
    }
    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> SyncSemaphore.open(name));
    assertEquals(0x80070002, e.hresult());
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    String name = "mfvcam semaphore test " + System.nanoTime();
    try (SyncSemaphore made = SyncSemaphore.create(name, 1, 2)) {
      VirtualCameraException same =
          assertThrows(VirtualCameraException.class, () -> SyncSemaphore.create(name, 1, 2));
      assertEquals(HResults.ALREADY_EXISTS, same.hresult());
      assertTrue(same.getMessage().contains("open it"), same.getMessage());
      assertTrue(same.getMessage().contains(name), same.getMessage());

      VirtualCameraException otherKind =
          assertThrows(VirtualCameraException.class, () -> SyncEvent.open(name));
      assertEquals(HResults.E_HANDLE, otherKind.hresult());
      assertEquals(1, take(made));
    }
    // The refused one left no handle by which the name would live on.
    SyncSemaphore.create(name, 0, 1).close();
  }

  @Test
  void aNameMustBeOne() {
    assertThrows(IllegalArgumentException.class, () -> SyncSemaphore.create("", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> SyncSemaphore.open("a\0b"));
  }

  @Test
  void nullsAreRefused() {
    new NullPointerTester().testAllPublicStaticMethods(SyncSemaphore.class);
  }

  @Test
  void aBorrowedHandleStaysOpen() {
    long[] out = new long[1];
    HResults.check("CreateSemaphoreW", MfVirtualCamera.createSemaphore(0, 1, null, out));

    SyncSemaphore semaphore = SyncSemaphore.borrow(out[0]);
    semaphore.release(1);
    semaphore.close();

    assertEquals(HResults.S_OK, MfVirtualCamera.waitForSingleObject(out[0], 0));
    assertEquals(HResults.S_OK, MfVirtualCamera.closeHandle(out[0]));
  }

  @Test
  void whatIsNoSemaphoreCannotBeBorrowedOrUsed() {
    assertThrows(IllegalArgumentException.class, () -> SyncSemaphore.borrow(0));
    assertThrows(IllegalArgumentException.class, () -> SyncSemaphore.borrow(-1));
    try (SyncEvent event = SyncEvent.autoReset()) {
      event.use(
          handle -> {
            try (SyncSemaphore semaphore = SyncSemaphore.borrow(handle)) {
              assertThrows(VirtualCameraException.class, () -> semaphore.release(1));
            }
            return HResults.S_OK;
          });
    }
  }

  @Test
  void closedItThrows() {
    SyncSemaphore semaphore = SyncSemaphore.create(0, 1);
    semaphore.close();
    semaphore.close();

    for (Runnable use : new Runnable[] {() -> semaphore.release(1), semaphore::poll}) {
      IllegalStateException e = assertThrows(IllegalStateException.class, use::run);
      Closed.assertSays(semaphore, e);
    }
  }

  @Test
  void theCameraReleasesItByTheAdjustment() throws InterruptedException {
    KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ONESHOT);
    try (VirtualCamera camera = Cameras.started();
        SyncSemaphore semaphore = SyncSemaphore.create(0, 10)) {
      try (CameraSyncObject sync = camera.createSyncSemaphore(ping, semaphore, 3)) {
        assertTrue(sync.await(Cameras.LONG));
      }
      assertEquals(2, take(semaphore));
    }
  }

  @Test
  void eachSignalEndsOneWait() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncSemaphore semaphore = SyncSemaphore.create(0, 10);
        CameraSyncObject sync = camera.createSyncSemaphore(Cameras.QUIET, semaphore, 1)) {
      semaphore.release(2);
      // Closed, it signals on.
      semaphore.close();

      assertTrue(sync.await(Cameras.LONG));
      assertTrue(sync.poll());
      assertFalse(sync.await(Duration.ZERO));
    }
  }

  @Test
  void theWrongKindOrAdjustmentIsRefused() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        SyncSemaphore semaphore = SyncSemaphore.create(0, 1)) {
      for (int adjustment : new int[] {0, -1, Integer.MIN_VALUE, 2}) {
        assertThrows(
            IllegalArgumentException.class,
            () -> camera.createSyncSemaphore(Cameras.QUIET, semaphore, adjustment));
      }
      event.use(
          handle -> {
            VirtualCameraException e =
                assertThrows(
                    VirtualCameraException.class,
                    () ->
                        camera.createSyncSemaphore(Cameras.QUIET, SyncSemaphore.borrow(handle), 1));
            assertEquals(HResults.E_HANDLE, e.hresult());
            assertEquals("IMFVirtualCamera::CreateSyncSemaphore", e.operation());
            return HResults.S_OK;
          });
    }
    System.gc();
  }
}
