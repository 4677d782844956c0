package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every class with something native relies on, counted. */
@Tag("anywhere")
class NativeHandleTest {
  private static final int ROUNDS = 200;

  private final AtomicInteger releases = new AtomicInteger();

  private NativeHandle handle() {
    return new NativeHandle(
        "Thing",
        null,
        42,
        handle -> {
          assertEquals(42, handle);
          releases.incrementAndGet();
          return HResults.S_OK;
        });
  }

  @Test
  void manyClosesAtOnceReleaseOnce() {
    for (int round = 1; round <= ROUNDS; round++) {
      NativeHandle handle = handle();
      AtOnce.run(handle::close);
      handle.close();
      assertEquals(round, releases.get());
    }
  }

  @Test
  void itIsReleasedEvenIfNobodyIsThereToBeTold() {
    NativeHandle handle =
        new NativeHandle(
            "Thing",
            null,
            42,
            h -> {
              releases.incrementAndGet();
              return HResults.E_HANDLE;
            });
    handle.close();

    assertEquals(1, releases.get());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> handle.call("call", h -> HResults.S_OK));
    assertEquals("Thing is closed: call", e.getMessage());
  }
}
