package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Preconditions;
import com.google.common.util.concurrent.internal.InternalFutures;
import io.github.mfvcam.VirtualCamera.ComReference;
import io.github.mfvcam.jni.MfVirtualCamera;
import io.github.mfvcam.simulator.Simulator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;
import org.scijava.nativelib.BaseJniExtractor;
import org.slf4j.LoggerFactory;

/**
 * An old-style JNI DLL ({@code native/examples/legacy_jni}), each time in a JVM that has loaded
 * nothing yet: by itself, on the jar's mfvcam.dll, and beside it on one of its own.
 */
class LegacyJniTest {
  private static final Path BUILD =
      Path.of(System.getProperty("mfvcam.root"), "build/windows-x64").toAbsolutePath();
  private static final Path CLASSES = BUILD.resolve("examples/classes");

  private static ChildJvm child() {
    return new ChildJvm()
        .with(Assertions.class)
        .with(AssertionFailedError.class)
        .with(JUnitException.class)
        .property("mfvcam.root", System.getProperty("mfvcam.root"))
        .property("mfvcam.cache.dir", System.getProperty("mfvcam.cache.dir"))
        .property("mfvcam.platform", "simulator")
        .property("legacy.library", BUILD.resolve("examples/legacy_camera.dll"));
  }

  /** The example's class, by reflection: a JVM without it runs the other tests of this module. */
  private static final class LegacyCamera {
    private final Class<?> type;

    LegacyCamera(ClassLoader loader) throws ClassNotFoundException {
      type = Class.forName("legacy.LegacyCamera", true, loader);
    }

    Object call(String name, Object... arguments) {
      Method method =
          Arrays.stream(type.getMethods())
              .filter(each -> each.getName().equals(name))
              .findFirst()
              .orElseThrow();
      try {
        return method.invoke(null, arguments);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new LinkageError(name, e);
      }
    }

    /** Calls a function that gives a result through {@code out}. */
    long result(String name, Object... arguments) {
      long[] out = new long[1];
      Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
      all[arguments.length] = out;
      assertEquals(HResults.S_OK, call(name, all), name);
      return out[0];
    }

    long open() {
      long high = MfvcamSource.CLASS_ID.getMostSignificantBits();
      long low = MfvcamSource.CLASS_ID.getLeastSignificantBits();
      return result("open", 0, 0, 0, "Both", high, low, null, 0);
    }

    void awaitPings(long camera, int count) {
      long high = MfvcamSource.EVENT_SET.getMostSignificantBits();
      long low = MfvcamSource.EVENT_SET.getLeastSignificantBits();
      Object event = call("newEvent");
      long sync = result("subscribe", camera, high, low, MfvcamSource.Event.PING.id, 1, event);
      assertEquals(HResults.S_OK, call("awaitSignals", sync, count, 20_000));
      assertEquals(HResults.S_OK, call("free", sync));
      call("closeEvent", event);
    }
  }

  private static void awaitPing(VirtualCamera camera) throws InterruptedException {
    KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
    try (SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(ping, event)) {
      assertTrue(sync.await(Cameras.LONG));
    }
  }

  // ---- By itself ----

  /** Runs the example's own main, with nothing of mfvcam's on the class path. */
  public static final class Alone {
    private Alone() {}

    /** Passes its arguments on. */
    public static void main(String[] args) throws ClassNotFoundException {
      assertAbsent("io.github.mfvcam.VirtualCamera");
      new LegacyCamera(Alone.class.getClassLoader()).call("main", (Object) args);
    }

    private static void assertAbsent(String name) {
      try {
        Class.forName(name);
      } catch (ClassNotFoundException e) {
        return;
      }
      throw new AssertionError(name + " is there");
    }
  }

  @Test
  void itNeedsNoneOfOurClasses() {
    ChildJvm child = child();
    for (Class<?> part :
        new Class<?>[] {
          VirtualCamera.class,
          Simulator.class,
          Preconditions.class,
          InternalFutures.class,
          BaseJniExtractor.class,
          LoggerFactory.class
        }) {
      child = child.without(part);
    }
    Process process =
        child
            .firstOnClassPath(CLASSES)
            .property("legacy.mfvcam", BUILD.resolve("bin/mfvcam.dll"))
            .start(Alone.class, BUILD.resolve("bin/simulator/mfsensorgroup.dll"));

    String output = ChildJvm.finish(process, 0);

    assertTrue(output.contains("3 signals"), output);
    assertTrue(output.contains("left alive: 0"), output);
  }

  // ---- On the jar's mfvcam.dll ----

  /** One module: handles are the same in both worlds. */
  public static final class OneModule {
    private OneModule() {}

    /** Works on one camera from both sides. */
    public static void main(String[] args) throws Exception {
      VirtualCameras.load();
      LegacyCamera legacy = new LegacyCamera(OneModule.class.getClassLoader());
      long handle = legacy.open();
      // The flat API takes the handle as it is.
      assertEquals(HResults.S_OK, MfVirtualCamera.start(handle));
      // The typed one has a handle of its own to the same camera, and counts its own reference.
      long pointer = legacy.result("comPointer", handle);
      try (VirtualCamera camera = VirtualCamera.fromNative(pointer, ComReference.TAKE_OVER)) {
        assertEquals(2, legacy.call("liveObjects"));
        legacy.awaitPings(handle, 2);
        awaitPing(camera);
        assertEquals(HResults.S_OK, legacy.call("free", handle));
        // Closing either end shuts the camera down, for both.
        assertThrows(CameraShutDownException.class, () -> awaitPing(camera));
      }
      assertEquals(HResults.E_HANDLE, MfVirtualCamera.start(handle));
      assertEquals(0, legacy.call("liveObjects"));
      System.out.println("one module");
    }
  }

  @Test
  void loadedAfterTheJarItIsOnTheJarsModule() {
    String output = child().firstOnClassPath(CLASSES).run(OneModule.class);

    assertTrue(output.contains("one module"), output);
  }

  // ---- Beside the jar, on an mfvcam.dll of its own ----

  /** Two modules: handles of one are stale in the other, and cameras are shared by COM pointers. */
  public static final class TwoModules {
    private TwoModules() {}

    private static URL url(Path folder) throws MalformedURLException {
      return folder.toUri().toURL();
    }

    /** Works on one camera from both sides. */
    public static void main(String[] args) throws Exception {
      ClassLoader loader =
          new URLClassLoader(
              new URL[] {url(CLASSES)}, TwoModules.class.getClassLoader().getParent());
      LegacyCamera legacy = new LegacyCamera(loader);
      assertEquals(HResults.S_OK, legacy.call("useProvider", args[0]));
      long handle = legacy.open();
      assertEquals(HResults.S_OK, legacy.call("startCamera", handle));

      VirtualCameras.load();
      // Each looks after its own cameras only: this one has equal parameters.
      try (VirtualCamera twin = VirtualCamera.builder(MfvcamSource.CLASS_ID, "Both").open()) {
        assertEquals(1, VirtualCameras.ledger().cameras());
        assertEquals(1, legacy.call("liveObjects"));
        twin.start();
      }
      assertEquals(HResults.E_HANDLE, MfVirtualCamera.start(handle));
      assertEquals(HResults.E_HANDLE, MfVirtualCamera.release(handle));
      try (VirtualCamera camera =
          VirtualCamera.fromNative(legacy.result("comPointer", handle), ComReference.TAKE_OVER)) {
        awaitPing(camera);
        legacy.awaitPings(handle, 2);
      }
      assertEquals(HResults.S_OK, legacy.call("free", handle));
      assertEquals(0, legacy.call("liveObjects"));
      assertEquals(0, VirtualCameras.ledger().cameras());
      System.out.println("two modules");
    }
  }

  @Test
  void loadedBeforeTheJarItHasAModuleOfItsOwn() {
    Process process =
        child()
            .property("legacy.mfvcam", BUILD.resolve("bin/mfvcam.dll"))
            .start(TwoModules.class, BUILD.resolve("bin/simulator/mfsensorgroup.dll"));

    String output = ChildJvm.finish(process, 0);

    assertTrue(output.contains("two modules"), output);
  }
}
