package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.testing.EqualsTester;
import com.google.common.testing.NullPointerTester;
import io.github.mfvcam.KsEvent.Mode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Java checks before anything native is asked. */
@Tag("anywhere")
class ArgumentsTest {
  private static final UUID SET = MfvcamSource.EVENT_SET;

  @Test
  void nullsAreRefused() {
    NullPointerTester tester = new NullPointerTester().setDefault(UUID.class, SET);
    tester.testAllPublicStaticMethods(KsEvent.class);
    tester.testAllPublicStaticMethods(KsProperty.class);
    tester.testAllPublicStaticMethods(VirtualCamera.class);
    tester.testAllPublicStaticMethods(VirtualCameras.class);
    tester.testAllPublicStaticMethods(MfvcamSource.class);
    tester.testAllPublicInstanceMethods(VirtualCamera.builder(SET, "camera"));
    tester.testAllPublicInstanceMethods(MfvcamSource.Event.PING);
  }

  @Test
  void aCategoryMayNotBeNull() {
    VirtualCamera.Builder builder = VirtualCamera.builder(SET, "camera");

    assertThrows(NullPointerException.class, () -> builder.categories(SET, null));
  }

  @Test
  void aNameMustBeOneForWindows() {
    assertThrows(IllegalArgumentException.class, () -> VirtualCamera.builder(SET, ""));
    assertThrows(IllegalArgumentException.class, () -> VirtualCamera.builder(SET, "a\0b"));
  }

  @Test
  void valuesAreEqualByTheirParts() {
    new EqualsTester()
        .addEqualityGroup(KsEvent.of(SET, 1, Mode.ENABLE), KsEvent.of(SET, 1, Mode.ENABLE))
        .addEqualityGroup(KsEvent.of(SET, 2, Mode.ENABLE))
        .addEqualityGroup(KsEvent.of(SET, 1, Mode.ONESHOT))
        .addEqualityGroup(KsEvent.of(MfvcamSource.PROPERTY_SET, 1, Mode.ENABLE))
        .addEqualityGroup(KsProperty.of(SET, 1), KsProperty.of(SET, 1))
        .addEqualityGroup(KsProperty.of(SET, 2))
        .addEqualityGroup(KsProperty.of(MfvcamSource.PROPERTY_SET, 1))
        .testEquals();
  }

  @Test
  void idsAreUnsigned() {
    KsEvent event = KsEvent.of(SET, -1, Mode.ONESHOT);

    assertEquals("KsEvent {bd137f9a-fbc9-4db3-802d-5fcbead8b048} 4294967295 ONESHOT", event + "");
    assertEquals(-1, event.id());
    assertNotEquals(event, KsEvent.of(SET, 1, Mode.ONESHOT));
  }

  @Test
  void timeoutsMustFitWindows() {
    assertEquals(0, new Timeout(Duration.ZERO).millisLeft());
    assertTrue(new Timeout(Duration.ofMillis(0xFFFF_FFFEL)).millisLeft() > 0xFFFF_0000L);
    assertThrows(NullPointerException.class, () -> new Timeout(null));
    for (Duration wrong :
        new Duration[] {
          Duration.ofNanos(-1),
          Duration.ofMillis(0xFFFF_FFFEL).plusNanos(1),
          Duration.ofSeconds(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MIN_VALUE)
        }) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> new Timeout(wrong));
      assertTrue(e.getMessage().endsWith(" ms, not between 0 and 4294967294 ms"), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, -1000000",
    "-0.000001, -1",
    "4294967294.000001, 4294967294000001",
  })
  void aWrongTimeoutIsNamedInMilliseconds(String millis, long nanos) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Timeout(Duration.ofNanos(nanos)));

    assertEquals("timeout is " + millis + " ms, not between 0 and 4294967294 ms", e.getMessage());
  }

  @Test
  void timeoutsRoundUp() {
    long left = new Timeout(Duration.ofSeconds(10).plusNanos(1)).millisLeft();
    assertTrue(left > 9_000 && left <= 10_001, left + " ms");
  }

  @Test
  void ticksAreHundredNanoseconds() {
    assertEquals(Duration.ofNanos(1_234_567_800), Ticks.toDuration(12_345_678));
    assertEquals(Duration.ofNanos(-100), Ticks.toDuration(-1));
  }
}
