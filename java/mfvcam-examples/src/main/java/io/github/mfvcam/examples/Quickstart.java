package io.github.mfvcam.examples;

import io.github.mfvcam.CameraSyncObject;
import io.github.mfvcam.KsEvent;
import io.github.mfvcam.MfvcamSource;
import io.github.mfvcam.SyncEvent;
import io.github.mfvcam.VirtualCamera;
import java.time.Duration;

/** The example of README.md: a test holds both against each other. */
public final class Quickstart {
  private Quickstart() {}

  /**
   * Runs it.
   *
   * @param args none
   * @throws InterruptedException if somebody interrupts it
   */
  public static void main(String[] args) throws InterruptedException {
    // README: begin
    try (VirtualCamera camera = VirtualCamera.builder(MfvcamSource.CLASS_ID, "Hello").open();
        SyncEvent event = SyncEvent.autoReset()) {
      camera.start();
      KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
      try (CameraSyncObject signal = camera.createSyncEvent(ping, event)) {
        for (int count = 1; count <= 3; count++) {
          boolean woken = signal.await(Duration.ofSeconds(5)); // sleeps at no cost
          System.out.println(woken ? "woken by the camera: " + count : "timed out");
        }
      }
    }
    // README: end
  }
}
