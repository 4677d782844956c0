package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM ends at once and with its own status, whatever is going on natively. */
class JvmEndTest {
  private static final int WAITS = 100;
  private static final int STATUS = 42;

  /** The ways a JVM ends, and what it then tells the world. */
  enum End {
    SYSTEM_EXIT(STATUS) {
      @Override
      void now() {
        System.exit(STATUS);
      }
    },
    HALT(STATUS) {
      @Override
      void now() {
        Runtime.getRuntime().halt(STATUS);
      }
    },
    MAIN_RETURNS(0) {
      @Override
      void now() {}
    },
    MAIN_THROWS(1) {
      @Override
      void now() {
        throw new IllegalStateException("as meant");
      }
    };

    final int status;

    End(int status) {
      this.status = status;
    }

    abstract void now();
  }

  /** Waits 100 times on a started camera, half by each way, and ends. */
  public static final class InTheMiddle {
    private InTheMiddle() {}

    /** Runs in a child JVM. */
    public static void main(String[] args) throws IOException {
      VirtualCamera camera = Cameras.started();
      for (int i = 0; i < WAITS; i++) {
        boolean onHandle = i % 2 == 0;
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, SyncEvent.autoReset());
        Thread wait =
            new Thread(
                () -> {
                  try {
                    if (onHandle) {
                      sync.await(Duration.ofHours(1));
                    } else {
                      sync.waitOnSignal(Duration.ofHours(1));
                    }
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
        wait.setDaemon(true);
        wait.start();
      }
      // Those by WaitOnSignal are out of the DLL for a moment between two slices.
      Eventually.holds(
          () -> VirtualCameras.ledger().calls() >= WAITS / 2 + WAITS / 4,
          () -> VirtualCameras.ledger().toString());
      System.out.println("waiting");
      System.in.read();
      End.valueOf(args[0]).now();
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void itEndsWithinTwoSeconds(End end) throws Exception {
    Process child =
        new ChildJvm().property("mfvcam.platform", "simulator").start(InTheMiddle.class, end);
    ChildJvm.readUntil(child, "waiting");

    long began = System.nanoTime();
    child.getOutputStream().close();
    assertTrue(child.waitFor(30, TimeUnit.SECONDS), "still there after 30 s");
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertEquals(end.status, child.exitValue());
    assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, () -> "took " + took);
  }
}
