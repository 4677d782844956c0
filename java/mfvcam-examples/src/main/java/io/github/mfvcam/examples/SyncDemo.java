package io.github.mfvcam.examples;

import io.github.mfvcam.CameraReader;
import io.github.mfvcam.CameraSupport;
import io.github.mfvcam.CameraSyncObject;
import io.github.mfvcam.KsEvent;
import io.github.mfvcam.Ledger;
import io.github.mfvcam.MediaSource;
import io.github.mfvcam.MfvcamSource;
import io.github.mfvcam.MfvcamSource.Event;
import io.github.mfvcam.PixelFormat;
import io.github.mfvcam.SyncEvent;
import io.github.mfvcam.VideoFrame;
import io.github.mfvcam.VirtualCamera;
import io.github.mfvcam.VirtualCameras;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * The main job: this thread sleeps on a camera's event, and the camera wakes it.
 *
 * <p>A consumer thread reads frames from the camera. Each frame that the camera delivers wakes the
 * main thread, which only then lets the consumer ask for the next.
 */
public final class SyncDemo {
  private final PrintStream out;
  private final Duration patience;
  private VideoFrame lastFrame;

  /**
   * A demo.
   *
   * @param out where it tells what happens
   * @param patience how long it waits for a wake-up or a frame before it gives up
   */
  SyncDemo(PrintStream out, Duration patience) {
    this.out = out;
    this.patience = patience;
  }

  /**
   * Runs the demo. Ends with status 0 if the thread woke as often as it was to, and as often as the
   * camera says that it signalled, a frame came and nothing is left alive; else with 1.
   *
   * @param args how many wake-ups, 120 unless given; the folder of the picture, build/demo unless
   *     given
   * @throws Exception whatever went wrong
   */
  public static void main(String[] args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    int wakeUps = args.length > 0 ? Integer.parseInt(args[0]) : 120;
    Path folder = Path.of(args.length > 1 ? args[1] : "build/demo");
    SyncDemo demo = new SyncDemo(System.out, Duration.ofSeconds(10));
    System.exit(demo.run(wakeUps, folder) ? 0 : 1);
  }

  boolean run(int wakeUps, Path folder)
      throws InterruptedException, ExecutionException, IOException {
    CameraSupport support = VirtualCameras.support();
    if (!support.isSupported()) {
      out.println(support);
      return false;
    }
    out.println(
        support.platform().equals("Windows")
            ? "Virtual cameras of Windows itself."
            : "Not Windows' own virtual cameras: those of the platform \""
                + support.platform()
                + "\".");

    boolean held = sleepAndWake(wakeUps);
    boolean shown = showLastFrame(folder);
    return closedEverything() && held && shown;
  }

  private boolean sleepAndWake(int wakeUps) throws InterruptedException, ExecutionException {
    ExecutorService consumer = Executors.newSingleThreadExecutor();
    out.println("opening and starting a camera ...");
    try (VirtualCamera camera =
        VirtualCamera.builder(MfvcamSource.CLASS_ID, "mfvcam demo").open()) {
      camera.start();
      try (MediaSource source = camera.getMediaSource();
          CameraReader reader = source.openReader(PixelFormat.NV12);
          SyncEvent event = SyncEvent.autoReset();
          CameraSyncObject frames =
              camera.createSyncEvent(Event.FRAME_DELIVERED.ksEvent(KsEvent.Mode.ENABLE), event)) {
        out.println("reading " + reader.format());
        out.println(
            "this is process "
                + ProcessHandle.current().pid()
                + ", the media source lives in process "
                + MfvcamSource.counters(camera).processId());
        long start = System.nanoTime();
        long signalsBefore = signals(camera);

        int woken = 0;
        while (woken < wakeUps) {
          Future<Optional<VideoFrame>> reading = consumer.submit(() -> reader.read(patience));
          if (!frames.await(patience)) {
            out.println("no signal within " + patience.toMillis() + " ms");
            break;
          }
          woken++;
          printWakeUp(woken, start, VirtualCameras.systemTime(), MfvcamSource.counters(camera));
          lastFrame = reading.get().orElse(lastFrame);
        }
        return asItShouldBe(wakeUps, woken, signals(camera) - signalsBefore);
      }
    } finally {
      consumer.shutdown();
      // The camera is closed, which ends a read under way: it is not to be found alive below.
      if (!consumer.awaitTermination(10, TimeUnit.SECONDS)) {
        out.println("FAILED: the consumer does not end");
      }
    }
  }

  private static long signals(VirtualCamera camera) {
    return MfvcamSource.counters(camera).signals(Event.FRAME_DELIVERED);
  }

  /** Tells and returns whether the thread woke as often as asked for, and for each signal once. */
  boolean asItShouldBe(int asked, int woken, long signals) {
    boolean held = woken > 0 && woken == asked && woken == signals;
    out.printf(
        Locale.ROOT,
        "%s: %d wake-ups of %d asked for, %d signals by the camera's own count%n",
        held ? "equal" : "FAILED",
        woken,
        asked,
        signals);
    return held;
  }

  private void printWakeUp(int count, long start, Duration woken, MfvcamSource.Counters counters) {
    Duration signalled = counters.lastSignalTime(Event.FRAME_DELIVERED).orElseThrow();
    out.printf(
        Locale.ROOT,
        "%s %4d  at %8.1f ms, from process %d to %d: %6d us after the signal%n",
        Event.FRAME_DELIVERED,
        count,
        (System.nanoTime() - start) / 1e6,
        counters.processId(),
        ProcessHandle.current().pid(),
        woken.minus(signalled).toNanos() / 1000);
  }

  private boolean showLastFrame(Path folder) throws IOException {
    Path file = folder.resolve("frame.png").toAbsolutePath();
    Files.createDirectories(folder);
    Files.deleteIfExists(file);
    if (lastFrame == null || !ImageIO.write(Pictures.toImage(lastFrame), "png", file.toFile())) {
      out.println("FAILED: no frame to show");
      return false;
    }
    out.println("last frame read: " + shown(file));
    return true;
  }

  private boolean closedEverything() {
    Ledger left = VirtualCameras.ledger();
    out.println(left.isEmpty() ? "closed, nothing is left alive" : "FAILED: left alive: " + left);
    return left.isEmpty();
  }

  /** Wine's drive Z: is the Unix root: people outside want the path without it. */
  private static String shown(Path file) {
    boolean unix = System.getenv("WINEPREFIX") != null && file.startsWith("Z:\\");
    return unix ? file.toString().substring(2).replace('\\', '/') : file.toString();
  }
}
