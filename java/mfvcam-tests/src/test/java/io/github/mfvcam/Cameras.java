package io.github.mfvcam;

import java.time.Duration;
import java.util.Arrays;

/** What most tests begin with. */
final class Cameras {
  /** Six times what a test allows a wait that is to be ended: to wait it out is a failure. */
  static final Duration LONG = Duration.ofSeconds(60);

  /** Never signalled where nobody reads. */
  static final KsEvent QUIET = MfvcamSource.Event.FORMAT_CHANGED.ksEvent(KsEvent.Mode.ENABLE);

  static final KsEvent DELIVERED = MfvcamSource.Event.FRAME_DELIVERED.ksEvent(KsEvent.Mode.ENABLE);

  private Cameras() {}

  static VirtualCamera open() {
    return VirtualCamera.builder(MfvcamSource.CLASS_ID, "test camera").open();
  }

  static VirtualCamera started() {
    VirtualCamera camera = open();
    camera.start();
    return camera;
  }

  /** Whether this JVM was started with that switch of the simulator. */
  static boolean simulatorSays(String nameAndValue) {
    String switches = System.getenv().getOrDefault("MFVCAM_SIMULATOR_SWITCHES", "");
    return Arrays.asList(switches.split(",")).contains(nameAndValue);
  }
}
