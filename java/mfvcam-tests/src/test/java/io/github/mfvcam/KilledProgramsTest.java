package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * Java programs that are killed at any moment harm no other, and nothing of theirs stays. {@code
 * MFVCAM_JVM_KILLS} in the environment has more of them die.
 */
@DisabledIf("inProcess")
class KilledProgramsTest {
  private static final int KILLS =
      Integer.parseInt(System.getenv().getOrDefault("MFVCAM_JVM_KILLS", "3"));

  private static final KsEvent PING = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);

  /** Where a program may be when it dies; each line of its output says the next. */
  private enum Stage {
    CAMERA,
    REGISTERED,
    AT_WORK
  }

  static boolean inProcess() {
    return Cameras.simulatorSays("hosting=in-process");
  }

  /** Opens the camera of the test, has its events signalled and reads its frames until it dies. */
  public static final class Program {
    private Program() {}

    /** Runs in a child JVM. */
    public static void main(String[] args) throws InterruptedException {
      try (VirtualCamera camera = Cameras.started();
          SyncEvent event = SyncEvent.autoReset(args[0])) {
        System.out.println(Stage.CAMERA);
        try (CameraSyncObject sync = camera.createSyncEvent(PING, event)) {
          System.out.println(Stage.REGISTERED);
          try (CameraReader reader = camera.getMediaSource().openReader(PixelFormat.NV12)) {
            System.out.println(Stage.AT_WORK);
            while (sync.await(Cameras.LONG) && reader.read(Cameras.LONG).isPresent()) {
              System.out.println("woken");
            }
          }
        }
      }
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theyHarmNobodyAndNothingOfTheirsStays() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    System.out.println("seed " + seed);
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(PING, event);
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      long host = MfvcamSource.counters(camera).processId();
      for (int kill = 0; kill < KILLS; kill++) {
        String name = "mfvcam killed " + seed + " " + kill;
        Stage stage = Stage.values()[kill % Stage.values().length];

        killAt(stage, random.nextInt(60), name);

        // The event lives as long as anybody has a handle of it, the host among them.
        Eventually.holds(() -> isGone(name), () -> "killed when at " + stage + ": its event stays");
        assertTrue(sync.await(Cameras.LONG));
        assertTrue(reader.read(Cameras.LONG).isPresent());
      }
      assertEquals(host, MfvcamSource.counters(camera).processId(), "another host answers");
    }
  }

  private static void killAt(Stage stage, int millisLater, String name) throws Exception {
    Process program =
        new ChildJvm()
            .property("mfvcam.platform", "simulator")
            .onThisFrameServer()
            .start(Program.class, name);
    try {
      ChildJvm.readUntil(program, stage.name());
      Thread.sleep(millisLater);
    } finally {
      program.destroyForcibly();
    }
    assertTrue(program.waitFor(30, TimeUnit.SECONDS), "not dead after 30 s");
  }

  private static boolean isGone(String name) {
    try (SyncEvent event = SyncEvent.open(name)) {
      event.poll();
      return false;
    } catch (VirtualCameraException e) {
      return e.hresult() == 0x80070002;
    }
  }
}
