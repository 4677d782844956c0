package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.testing.NullPointerTester;
import org.junit.jupiter.api.Test;

class NamedSyncEventTest {
  private final String name = "mfvcam event test " + System.nanoTime();

  @Test
  void aPollResetsWhatAWaitResets() {
    try (SyncEvent auto = SyncEvent.autoReset();
        SyncEvent manual = SyncEvent.manualReset()) {
      assertFalse(auto.poll());
      auto.set();
      manual.set();

      assertTrue(auto.poll());
      assertFalse(auto.poll());
      assertTrue(manual.poll());
      assertTrue(manual.poll());
    }
  }

  @Test
  void aNameIsSharedAndGoesWithItsLastHandle() {
    try (SyncEvent made = SyncEvent.autoReset(name);
        SyncEvent opened = SyncEvent.open(name)) {
      opened.set();
      assertTrue(made.poll());
      assertFalse(opened.poll());
    }
    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> SyncEvent.open(name));
    assertEquals(0x80070002, e.hresult());
    assertEquals("OpenEventW", e.operation());
  }

  @Test
  void theResetModeIsTheMakers() {
    try (SyncEvent made = SyncEvent.manualReset(name);
        SyncEvent opened = SyncEvent.open(name)) {
      made.set();
      assertTrue(opened.poll());
      assertTrue(opened.poll());
    }
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    try (SyncEvent made = SyncEvent.manualReset(name)) {
      made.set();
      VirtualCameraException same =
          assertThrows(VirtualCameraException.class, () -> SyncEvent.autoReset(name));
      assertEquals(HResults.ALREADY_EXISTS, same.hresult());
      assertEquals("CreateEventW", same.operation());
      assertTrue(same.getMessage().contains("ERROR_ALREADY_EXISTS"), same.getMessage());
      assertTrue(same.getMessage().contains("open it"), same.getMessage());

      VirtualCameraException otherKind =
          assertThrows(VirtualCameraException.class, () -> SyncSemaphore.create(name, 0, 1));
      assertEquals(HResults.E_HANDLE, otherKind.hresult());
      assertTrue(made.poll());
    }
    // The refused one left no handle by which the name would live on.
    SyncEvent.autoReset(name).close();
  }

  @Test
  void aNameMustBeOne() {
    assertThrows(IllegalArgumentException.class, () -> SyncEvent.autoReset(""));
    assertThrows(IllegalArgumentException.class, () -> SyncEvent.manualReset("a\0b"));
    assertThrows(IllegalArgumentException.class, () -> SyncEvent.open(""));
    // Whichever code Windows has for it.
    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> SyncEvent.autoReset("\\"));
    assertTrue(e.getMessage().contains("a backslash only after Global"), e.getMessage());
  }

  @Test
  void nullsAreRefused() {
    new NullPointerTester().testAllPublicStaticMethods(SyncEvent.class);
  }
}
