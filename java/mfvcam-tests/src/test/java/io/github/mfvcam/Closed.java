package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What calls on closed objects say. */
final class Closed {
  private Closed() {}

  static void assertSays(Object object, Exception e) {
    assertTrue(e.getMessage().startsWith(object + " is closed"), e.getMessage());
  }
}
