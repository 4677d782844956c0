package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.hash.Hashing;
import io.github.mfvcam.MfvcamSource.Counters;
import io.github.mfvcam.MfvcamSource.Event;
import io.github.mfvcam.jni.MfVirtualCamera;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What our media source signals and counts, seen from Java. */
class MfvcamSourceTest {
  @Test
  void countersEqualWhatAConsumerSaw() throws InterruptedException {
    int frames = 30;
    try (VirtualCamera camera = Cameras.started();
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12);
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject delivered = camera.createSyncEvent(Cameras.DELIVERED, event)) {
      Counters before = MfvcamSource.counters(camera);
      assertEquals(Optional.empty(), before.lastSignalTime(Event.FRAME_DELIVERED));
      Duration last = VirtualCameras.systemTime();

      for (int frame = 0; frame < frames; frame++) {
        Background<Optional<VideoFrame>> reading =
            Background.start(() -> reader.read(Cameras.LONG));
        assertTrue(delivered.await(Cameras.LONG));
        Duration woken = VirtualCameras.systemTime();
        Duration signalled =
            MfvcamSource.counters(camera).lastSignalTime(Event.FRAME_DELIVERED).orElseThrow();
        assertTrue(last.compareTo(signalled) <= 0, last + " then " + signalled);
        assertTrue(signalled.compareTo(woken) <= 0, signalled + " then " + woken);
        last = woken;
        assertTrue(reading.result().isPresent());
      }

      assertFalse(delivered.await(Duration.ZERO));
      Counters after = MfvcamSource.counters(camera);
      assertEquals(frames, after.requests() - before.requests());
      assertEquals(frames, after.deliveries() - before.deliveries());
      assertEquals(frames, after.signals(Event.FRAME_DELIVERED));
      assertEquals(0, after.signals(Event.PING));
    }
  }

  @Test
  void oneshotSignalsOnceAndIsSpent() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12);
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject once =
            camera.createSyncEvent(Event.FRAME_DELIVERED.ksEvent(KsEvent.Mode.ONESHOT), event)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      assertTrue(once.await(Cameras.LONG));

      assertTrue(reader.read(Cameras.LONG).isPresent());
      assertTrue(reader.read(Cameras.LONG).isPresent());

      assertThrows(IllegalStateException.class, () -> once.await(Duration.ZERO));
      assertFalse(event.poll());
      assertEquals(1, MfvcamSource.counters(camera).signals(Event.FRAME_DELIVERED));
    }
  }

  @Test
  void enabledPingGoesOnUntilItsSyncObjectEnds() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject ping =
            camera.createSyncEvent(Event.PING.ksEvent(KsEvent.Mode.ENABLE), event)) {
      assertTrue(ping.await(Cameras.LONG));
      assertTrue(ping.await(Cameras.LONG));
      long seen = MfvcamSource.counters(camera).signals(Event.PING);
      ping.shutdown();
      long signals = MfvcamSource.counters(camera).signals(Event.PING);

      assertTrue(seen >= 2, seen + " signals");
      // Over a second: the next would have come.
      try (CameraSyncObject quiet = camera.createSyncEvent(Cameras.QUIET, event)) {
        assertFalse(quiet.await(Duration.ofMillis(1_200)));
      }
      assertEquals(signals, MfvcamSource.counters(camera).signals(Event.PING));
    }
  }

  @Test
  void startAndStopOfAStreamAreSignalled() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent start = SyncEvent.autoReset();
        SyncEvent stop = SyncEvent.autoReset();
        CameraSyncObject started =
            camera.createSyncEvent(Event.STREAM_STARTED.ksEvent(KsEvent.Mode.ENABLE), start);
        CameraSyncObject stopped =
            camera.createSyncEvent(Event.STREAM_STOPPED.ksEvent(KsEvent.Mode.ENABLE), stop);
        MediaSource source = camera.getMediaSource()) {
      CameraReader reader = source.openReader(PixelFormat.NV12);
      assertTrue(reader.read(Cameras.LONG).isPresent());
      assertTrue(started.await(Cameras.LONG));
      assertFalse(stopped.await(Duration.ZERO));
      reader.close();
      assertTrue(stopped.await(Cameras.LONG));
    }
  }

  @Test
  void itsFileIsTheJarsAndForThisMachine() throws IOException {
    Path file = MfvcamSource.library();

    assertEquals("mfvcam-source.dll", file.getFileName().toString());
    assertEquals(file, MfvcamSource.library());
    byte[] dll = Files.readAllBytes(file);
    String folder = HostPlatform.folder(MfVirtualCamera.nativeMachine());
    assertEquals(
        NativeBundle.text(MfvcamSource.class, folder + "/mfvcam-source.dll.sha256"),
        Hashing.sha256().hashBytes(dll).toString());
    assertEquals(MfVirtualCamera.nativeMachine(), HostPlatformTest.machineOf(dll));
  }

  @Test
  void countersOfAnotherVersionAreRefused() {
    byte[] right = new byte[128];
    ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 128).putInt(4, 6);
    assertEquals(0, new Counters(right).deliveries());

    byte[] moreEvents = right.clone();
    moreEvents[4] = 7;
    for (byte[] wrong : new byte[][] {new byte[0], new byte[127], new byte[128], moreEvents}) {
      VirtualCameraException e =
          assertThrows(VirtualCameraException.class, () -> new Counters(wrong));
      assertTrue(e.getMessage().contains("another version"), e.getMessage());
    }
  }
}
