package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.mfvcam.VirtualCamera.ComReference;
import io.github.mfvcam.jni.MfVirtualCamera;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/** Two versions of the jar in one process, each in a class loader of its own. */
class TwoJarsTest {
  private static final String OTHER_BUILD_ID = "0123456789abcdef";
  private static final String DONE = "done";

  /** What is asked of one version, of which {@code java.base} has the type. */
  public static final class Version implements BiFunction<String, Long, Object> {
    private VirtualCamera camera;

    /** For reflection. */
    public Version() {}

    @Override
    public Object apply(String request, Long number) {
      switch (request) {
        case "build id":
          VirtualCameras.load();
          return MfVirtualCamera.buildId();
        case "open":
          camera = Cameras.started();
          return DONE;
        case "adopt":
          camera = VirtualCamera.fromNative(number, ComReference.TAKE_OVER);
          return DONE;
        case "com pointer":
          return camera.comPointer();
        case "ping":
          ping();
          return DONE;
        case "new queue":
          long[] out = new long[1];
          HResults.check(request, MfVirtualCamera.createQueue(out));
          return out[0];
        case "release":
          return MfVirtualCamera.release(number);
        case "close":
          camera.close();
          return DONE;
        case "cameras":
          return VirtualCameras.ledger().cameras();
        default:
          throw new IllegalArgumentException(request);
      }
    }

    private void ping() {
      KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
      try (SyncEvent event = SyncEvent.autoReset();
          CameraSyncObject sync = camera.createSyncEvent(ping, event)) {
        assertTrue(sync.await(Cameras.LONG));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** What the child JVM runs: the folder with the other version's files is its argument. */
  public static final class Both {
    private static final int QUEUES = 100;

    private Both() {}

    private static BiFunction<String, Long, Object> version(String... first) throws Exception {
      List<URL> urls = new ArrayList<>();
      for (String each : first) {
        urls.add(url(each));
      }
      for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(url(each));
      }
      ClassLoader loader =
          new URLClassLoader(urls.toArray(new URL[0]), Both.class.getClassLoader().getParent());
      @SuppressWarnings("unchecked")
      BiFunction<String, Long, Object> version =
          (BiFunction<String, Long, Object>)
              loader.loadClass(Version.class.getName()).getDeclaredConstructor().newInstance();
      return version;
    }

    private static URL url(String path) throws MalformedURLException {
      return Path.of(path).toUri().toURL();
    }

    private static void ask(BiFunction<String, Long, Object> version, String request, Long number) {
      assertEquals(DONE, version.apply(request, number), request);
    }

    /** Works on one camera from both versions. */
    public static void main(String[] args) throws Exception {
      BiFunction<String, Long, Object> one = version();
      BiFunction<String, Long, Object> other = version(args[0]);
      assertNotSame(one.getClass(), other.getClass());
      assertEquals(OTHER_BUILD_ID, other.apply("build id", 0L));
      assertNotEquals(OTHER_BUILD_ID, one.apply("build id", 0L));

      // Each has cameras of its own, refuses its own twins only, and counts its own.
      ask(one, "open", 0L);
      ask(other, "open", 0L);
      ask(other, "ping", 0L);
      ask(other, "close", 0L);
      assertEquals(1L, one.apply("cameras", 0L));
      assertEquals(0L, other.apply("cameras", 0L));

      // One camera in both.
      ask(other, "adopt", (Long) one.apply("com pointer", 0L));
      ask(one, "ping", 0L);
      ask(other, "ping", 0L);
      ask(other, "close", 0L);
      ask(one, "close", 0L);
      assertEquals(0L, one.apply("cameras", 0L));
      assertEquals(0L, other.apply("cameras", 0L));

      // Handles of one are stale in the other.
      for (int i = 0; i < QUEUES; i++) {
        Long queue = (Long) one.apply("new queue", 0L);
        assertEquals(HResults.E_HANDLE, other.apply("release", queue));
        Long otherQueue = (Long) other.apply("new queue", 0L);
        assertEquals(HResults.E_HANDLE, one.apply("release", otherQueue));
        assertEquals(HResults.S_OK, one.apply("release", queue));
        assertEquals(HResults.S_OK, other.apply("release", otherQueue));
      }
      System.out.println("both versions");
    }
  }

  /** This jar's files with another build id: a version of its own, to all that looks at it. */
  private static void makeOtherVersion(Path folder) throws IOException {
    Path natives = Files.createDirectories(folder.resolve("natives/windows_64"));
    Path bin = Path.of(System.getProperty("mfvcam.root"), "build/windows-x64/bin");
    String buildId = Files.readString(bin.resolve("build-id.txt")).trim();
    String dll = Files.readString(bin.resolve("mfvcam.dll"), StandardCharsets.ISO_8859_1);
    assertTrue(dll.contains(buildId));
    byte[] other = dll.replace(buildId, OTHER_BUILD_ID).getBytes(StandardCharsets.ISO_8859_1);
    Files.write(natives.resolve("mfvcam.dll"), other);
    Files.writeString(
        natives.resolve("mfvcam.dll.sha256"), Hashing.sha256().hashBytes(other).toString());
    Files.writeString(natives.resolve("build-id.txt"), OTHER_BUILD_ID);
  }

  @Test
  void twoVersionsLiveSideBySide() throws IOException {
    Path work = Path.of(System.getProperty("mfvcam.cache.dir"), "two jars " + System.nanoTime());
    makeOtherVersion(work.resolve("other"));

    Process process =
        new ChildJvm()
            .with(Assertions.class)
            .with(AssertionFailedError.class)
            .with(JUnitException.class)
            .property("mfvcam.cache.dir", work.resolve("cache"))
            .property("mfvcam.platform", "simulator")
            .start(Both.class, work.resolve("other"));
    String output = ChildJvm.finish(process, 0);

    assertTrue(output.contains("both versions"), output);
    // The Frame Server, whose program lies there, stays a second longer than the child.
    Eventually.holds(() -> isDeleted(work), () -> work + " cannot be deleted");
  }

  private static boolean isDeleted(Path folder) {
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
