package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many threads do to a few shared objects whatever they like, in every order there is. Nothing may
 * fail but as documented, and nothing may be left. {@code -Dmfvcam.storm.rounds} has more rounds
 * than {@value #LEAST_ROUNDS} of them.
 */
@Tag("storm")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StormTest {
  private static final int THREADS = 16;
  private static final int LEAST_ROUNDS = 100_000;
  private static final int ROUNDS = Integer.getInteger("mfvcam.storm.rounds", LEAST_ROUNDS);
  private static final int PLACES = 24;
  private static final Duration NAP = Duration.ofMillis(1);

  /** MFVCAM_SIMULATOR_PROPERTY_PROCESS_HANDLES. */
  private static final KsProperty PROCESS_HANDLES =
      KsProperty.of(UUID.fromString("5b1d5c56-3c3b-4d0b-9c3e-5b1a4e0e4c68"), 2);

  /** A leak once in so many rounds is seen; the JVM has a few more of its own from time to time. */
  private static final int ROUNDS_PER_LEAK = 1000;

  private final AtomicReferenceArray<Shared> places = new AtomicReferenceArray<>(PLACES);
  private final AtomicLong woken = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  /** A sync object, what it signals, and the camera if it has one of its own. */
  private static final class Shared {
    final VirtualCamera camera;
    final SyncEvent event = SyncEvent.autoReset();
    final CameraSyncObject sync;
    volatile Registration registration;

    Shared(VirtualCamera camera) {
      this.camera = camera;
      boolean made = false;
      try {
        sync = camera.createSyncEvent(Cameras.QUIET, event);
        made = true;
      } finally {
        if (!made) {
          event.close();
        }
      }
    }

    void close() {
      sync.close();
      event.close();
      if (registration != null) {
        registration.close();
      }
    }
  }

  /** One thing that a thread does. */
  private interface Step {
    void run() throws InterruptedException;
  }

  private void await(Shared shared) throws InterruptedException {
    if (shared != null && shared.sync.await(NAP)) {
      woken.incrementAndGet();
    }
  }

  private static void set(Shared shared) {
    if (shared != null) {
      shared.event.set();
    }
  }

  private Shared any() {
    return places.get(ThreadLocalRandom.current().nextInt(PLACES));
  }

  /** Puts another object in some place, and returns what was there. */
  private Shared replace(Supplier<Shared> another) {
    return places.getAndSet(ThreadLocalRandom.current().nextInt(PLACES), another.get());
  }

  /** Rounds of steps taken at random. A step that comes more often is there more often. */
  private void storm(Step... steps) {
    blow(ROUNDS / 10, steps);
    int threadsBefore = threads();
    int handlesBefore = processHandles();
    assertTrue(handlesBefore > 0, "the system does not tell");
    blow(ROUNDS, steps);
    Eventually.holds(() -> threads() <= threadsBefore, () -> threads() + " threads are left");
    Eventually.holdsAfterCollection(
        () -> processHandles() < handlesBefore + ROUNDS / ROUNDS_PER_LEAK,
        () -> handlesBefore + " handles have become " + processHandles());
  }

  private static int processHandles() {
    try (VirtualCamera camera = Cameras.open()) {
      return ByteBuffer.wrap(camera.getProperty(PROCESS_HANDLES))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getInt();
    }
  }

  private void blow(int enough, Step... steps) {
    AtomicInteger rounds = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          new Thread(
              () -> {
                while (rounds.getAndIncrement() < enough && failure.get() == null) {
                  try {
                    steps[ThreadLocalRandom.current().nextInt(steps.length)].run();
                  } catch (IllegalStateException
                      | CameraShutDownException
                      | CameraLostException
                      | InterruptedException e) {
                    // Somebody closed it, shut it down, removed the camera, or woke this thread.
                    ended.incrementAndGet();
                  } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                  }
                }
              }));
    }
    interrupted = all;
    all.forEach(Thread::start);
    for (Thread thread : all) {
      joinUninterruptibly(thread);
    }
    if (failure.get() != null) {
      throw new AssertionError("not as documented", failure.get());
    }
    closeAll();
    assertTrue(rounds.get() >= enough);
  }

  private volatile List<Thread> interrupted = new ArrayList<>();

  private void interruptAny() {
    interrupted.get(ThreadLocalRandom.current().nextInt(THREADS)).interrupt();
  }

  private static void joinUninterruptibly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.isDaemon() || thread.getName().startsWith("mfvcam"))
            .count();
  }

  @AfterEach
  void closeAll() {
    for (int i = 0; i < PLACES; i++) {
      Shared shared = places.getAndSet(i, null);
      if (shared != null) {
        shared.close();
        shared.camera.close();
      }
    }
  }

  private static void close(Shared shared) {
    if (shared != null) {
      shared.close();
    }
  }

  @Test
  void closedWhileWaiting() {
    try (VirtualCamera camera = Cameras.started()) {
      storm(
          () -> close(replace(() -> new Shared(camera))),
          () -> await(any()),
          () -> await(any()),
          () -> set(any()));
    }
    assertTrue(woken.get() > 0 && ended.get() > 0, () -> woken + " woken, " + ended + " ended");
  }

  @Test
  void theCameraClosedWhileItsChildrenWait() {
    AtomicInteger names = new AtomicInteger();
    storm(
        () -> {
          Shared before = replace(() -> new Shared(startedAs("storm " + names.getAndIncrement())));
          if (before != null) {
            before.camera.close();
            before.close();
          }
        },
        () -> await(any()),
        () -> await(any()),
        () -> await(any()),
        () -> set(any()),
        () -> set(any()));
    assertTrue(woken.get() > 0 && ended.get() > 0, () -> woken + " woken, " + ended + " ended");
  }

  private static VirtualCamera startedAs(String name) {
    VirtualCamera camera = VirtualCamera.builder(MfvcamSource.CLASS_ID, name).open();
    camera.start();
    return camera;
  }

  @Test
  void interruptedWhileSignalled() {
    try (VirtualCamera camera = Cameras.started()) {
      storm(
          () -> close(replace(() -> new Shared(camera))),
          () -> await(any()),
          () -> await(any()),
          () -> set(any()),
          () -> set(any()),
          this::interruptAny);
    }
    assertTrue(woken.get() > 0 && ended.get() > 0, () -> woken + " woken, " + ended + " ended");
  }

  @Test
  void toldWhileClosing() {
    try (VirtualCamera camera = Cameras.started()) {
      storm(
          () ->
              close(
                  replace(
                      () -> {
                        Shared shared = new Shared(camera);
                        shared.registration =
                            shared.sync.onSignal(time -> woken.incrementAndGet(), Runnable::run);
                        return shared;
                      })),
          () -> set(any()),
          () -> set(any()),
          () -> {
            Shared shared = any();
            if (shared != null) {
              shared.registration.close();
            }
          });
    }
    assertTrue(woken.get() > 0);
  }

  @Test
  void theCleanerAgainstClose() {
    AtomicInteger steps = new AtomicInteger();
    try (VirtualCamera camera = Cameras.started()) {
      storm(
          // Forgotten: nobody closes what was there before.
          () -> replace(() -> new Shared(camera)),
          () -> close(any()),
          () -> await(any()),
          () -> {
            if (steps.incrementAndGet() % 500 == 0) {
              System.gc();
            }
          });
      // All but the camera, if that.
      Eventually.holdsAfterCollection(
          () -> Ownership.liveObjects() <= 1 && VirtualCameras.ledger().syncObjects() == 0,
          () -> Ownership.liveObjects() + " in Java; " + VirtualCameras.ledger());
    }
  }

  @Test
  void closedByManyAtOnce() {
    try (VirtualCamera camera = Cameras.started()) {
      storm(
          () -> close(replace(() -> new Shared(camera))),
          () -> close(any()),
          () -> close(any()),
          () -> await(any()));
    }
    assertTrue(ended.get() > 0);
    assertEquals(0, VirtualCameras.ledger().syncObjects());
  }

  @Test
  void theCameraLostWhileOthersWait() {
    try (VirtualCamera camera = Cameras.started()) {
      AtomicInteger steps = new AtomicInteger();
      storm(
          () -> {
            try {
              close(replace(() -> new Shared(camera)));
            } catch (VirtualCameraException e) {
              // Removed, and not started again yet.
              ended.incrementAndGet();
            }
          },
          () -> {
            if (steps.incrementAndGet() % 50 == 0) {
              try {
                camera.remove();
              } catch (VirtualCameraException e) {
                // Another thread did, and has not started it again yet.
                ended.incrementAndGet();
              }
              camera.start();
            }
          },
          () -> await(any()),
          () -> await(any()),
          () -> set(any()));
    }
    assertTrue(woken.get() > 0 && ended.get() > 0, () -> woken + " woken, " + ended + " ended");
  }
}
