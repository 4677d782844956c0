package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;

/** Programs with a user interface call from its thread. */
class SwingThreadTest {
  @Test
  void everythingWorksThere() throws Exception {
    StringBuilder told = new StringBuilder();
    SwingUtilities.invokeAndWait(
        () -> {
          assertTrue(EventQueue.isDispatchThread());
          try (VirtualCamera camera = Cameras.started();
              SyncEvent event = SyncEvent.autoReset();
              CameraSyncObject ping =
                  camera.createSyncEvent(
                      MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE), event);
              MediaSource source = camera.getMediaSource();
              CameraReader reader = source.openReader(PixelFormat.NV12)) {
            told.append(ping.await(Cameras.LONG)).append(' ');
            told.append(reader.read(Cameras.LONG).isPresent());
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    assertEquals("true true", told.toString());
  }
}
