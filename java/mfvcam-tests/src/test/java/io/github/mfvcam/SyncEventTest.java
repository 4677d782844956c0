package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.jni.MfVirtualCamera;
import org.junit.jupiter.api.Test;

class SyncEventTest {
  private static boolean isSet(long handle) {
    int hresult = MfVirtualCamera.waitForSingleObject(handle, 0);
    assertTrue(hresult >= 0, HResults.describe(hresult));
    return hresult == HResults.S_OK;
  }

  @Test
  void autoResetIsConsumedByAWait() {
    try (SyncEvent event = SyncEvent.autoReset()) {
      assertEquals(HResults.S_OK, event.use(SyncEventTest::setAndReset));
    }
  }

  private static int setAndReset(long handle) {
    assertFalse(isSet(handle));
    MfVirtualCamera.setEvent(handle);
    assertTrue(isSet(handle));
    assertFalse(isSet(handle));
    return HResults.S_OK;
  }

  @Test
  void manualResetStaysSet() {
    try (SyncEvent event = SyncEvent.manualReset()) {
      event.set();
      assertEquals(HResults.S_OK, event.use(h -> isSet(h) ? 0 : -1));
      assertEquals(HResults.S_OK, event.use(h -> isSet(h) ? 0 : -1));
      event.reset();
      assertEquals(HResults.S_OK, event.use(h -> isSet(h) ? -1 : 0));
    }
  }

  @Test
  void closedItThrows() {
    SyncEvent event = SyncEvent.autoReset();
    event.close();
    event.close();

    for (Runnable use : new Runnable[] {event::set, event::reset, () -> event.use(handle -> 0)}) {
      IllegalStateException e = assertThrows(IllegalStateException.class, use::run);
      assertEquals(event + " is closed", e.getMessage());
    }
  }

  @Test
  void theHandleOutlivesACloseDuringItsUse() {
    SyncEvent event = SyncEvent.autoReset();
    long[] used = new long[1];

    event.use(
        handle -> {
          used[0] = handle;
          event.close();
          assertEquals(HResults.S_OK, MfVirtualCamera.setEvent(handle));
          return HResults.S_OK;
        });

    assertEquals(HResults.E_HANDLE, MfVirtualCamera.setEvent(used[0]));
  }

  @Test
  void aBorrowedHandleStaysOpen() {
    long[] out = new long[1];
    HResults.check("CreateEventW", MfVirtualCamera.createEvent(false, false, null, out));

    SyncEvent event = SyncEvent.borrow(out[0]);
    event.set();
    event.close();

    assertTrue(isSet(out[0]));
    assertEquals(HResults.S_OK, MfVirtualCamera.closeHandle(out[0]));
  }

  @Test
  void whatIsNoHandleCannotBeBorrowed() {
    assertThrows(IllegalArgumentException.class, () -> SyncEvent.borrow(0));
    assertThrows(IllegalArgumentException.class, () -> SyncEvent.borrow(-1));
  }
}
