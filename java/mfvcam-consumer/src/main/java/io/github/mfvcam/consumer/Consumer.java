package io.github.mfvcam.consumer;

import io.github.mfvcam.CameraSyncObject;
import io.github.mfvcam.KsEvent;
import io.github.mfvcam.MfvcamSource;
import io.github.mfvcam.SyncEvent;
import io.github.mfvcam.VirtualCamera;
import java.time.Duration;

/** A program that knows mfvcam from its released jars alone. */
public final class Consumer {
  public static void main(String[] args) throws InterruptedException {
    System.out.println("module " + VirtualCamera.class.getModule().getName());
    try (VirtualCamera camera = VirtualCamera.builder(MfvcamSource.CLASS_ID, "Consumer").open();
        SyncEvent event = SyncEvent.autoReset()) {
      camera.start();
      KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
      try (CameraSyncObject signal = camera.createSyncEvent(ping, event)) {
        for (int count = 1; count <= 3; count++) {
          System.out.println("signal " + count + ": " + signal.await(Duration.ofSeconds(20)));
        }
      }
    }
  }
}
