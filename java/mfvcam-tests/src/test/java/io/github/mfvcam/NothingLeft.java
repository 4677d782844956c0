package io.github.mfvcam;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After every test, nothing native and nothing in Java may be left alive. */
public final class NothingLeft implements AfterEachCallback {
  /** For JUnit, which finds it as a service. */
  public NothingLeft() {}

  @Override
  public void afterEach(ExtensionContext context) {
    Eventually.holds(
        () -> Ownership.liveObjects() == 0,
        () -> Ownership.liveObjects() + " objects are left alive in Java");
    if (System.getProperty("os.name").startsWith("Windows")) {
      Eventually.holds(
          () -> VirtualCameras.ledger().isEmpty(), () -> "left alive: " + VirtualCameras.ledger());
      Dispatchers.noneIsLeft();
    }
  }
}
