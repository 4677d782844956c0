package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkNotNull;

import io.github.mfvcam.jni.MfVirtualCamera;
import io.github.mfvcam.spi.CameraPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * mfvcam.dll, loaded once into the class loader of {@link MfVirtualCamera}, and the platform behind
 * it.
 */
final class NativeLibrary {
  private static final String LOAD = "load mfvcam.dll";
  private static final String WINDOWS = "Windows";

  private static volatile boolean loaded;
  private static CameraPlatform platform;

  private NativeLibrary() {}

  static void load() {
    if (!loaded) {
      loadOnce();
    }
  }

  private static synchronized void loadOnce() {
    if (loaded) {
      return;
    }
    String folder =
        HostPlatform.folder(System.getProperty("os.name"), System.getProperty("os.arch"));
    String buildId = buildId(folder);
    Path dll = locate(folder);
    checkBuildId(dll, loadDll(dll), buildId);
    String chosen = System.getProperty("mfvcam.platform");
    if (chosen != null && platform == null) {
      use(find(chosen));
    }
    loaded = true;
  }

  /** Returns the DLL's own build id. */
  private static String loadDll(Path dll) {
    try {
      System.load(dll.toString());
      return MfVirtualCamera.buildId();
    } catch (LinkageError e) {
      throw failure(
          HResults.MOD_NOT_FOUND, dll + " cannot be loaded as mfvcam.dll: " + e.getMessage(), e);
    }
  }

  private static String buildId(String folder) {
    try {
      return NativeFiles.text(NativeLibrary.class, "natives/" + folder + "/build-id.txt");
    } catch (IOException e) {
      throw failure(HResults.NOT_FOUND, e.getMessage(), e);
    }
  }

  private static Path cacheFolder() {
    String chosen = System.getProperty("mfvcam.cache.dir");
    if (chosen != null) {
      return pathOf("mfvcam.cache.dir", chosen);
    }
    String local = System.getenv("LOCALAPPDATA");
    return Path.of(local != null ? local : System.getProperty("user.home"), "mfvcam")
        .toAbsolutePath();
  }

  private static Path pathOf(String property, String value) {
    try {
      return Path.of(value).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw failure(HResults.NOT_FOUND, property + " is no path: " + e.getMessage(), e);
    }
  }

  private static Path locate(String folder) {
    String explicit = System.getProperty("mfvcam.library.path");
    if (explicit != null) {
      Path dll = pathOf("mfvcam.library.path", explicit);
      if (!Files.isRegularFile(dll)) {
        throw failure(
            HResults.MOD_NOT_FOUND, dll + ", named by mfvcam.library.path, is no file", null);
      }
      return dll;
    }
    return extract(NativeLibrary.class, "natives/" + folder + "/mfvcam.dll", List.of());
  }

  private static Path extract(Class<?> anchor, String resource, List<String> companions) {
    Path cache = cacheFolder();
    try {
      return new NativeFiles(cache).provide(anchor, resource, companions);
    } catch (IOException e) {
      throw failure(
          HResults.MOD_NOT_FOUND,
          resource
              + " cannot be extracted to "
              + cache
              + " (mfvcam.cache.dir chooses another folder): "
              + e,
          e);
    }
  }

  static void checkBuildId(Path dll, String actual, String expected) {
    if (!actual.equals(expected)) {
      throw failure(
          HResults.REVISION_MISMATCH,
          dll + " has the build id " + actual + ", this jar wants " + expected,
          null);
    }
  }

  private static CameraPlatform find(String name) {
    List<String> found = new ArrayList<>();
    try {
      for (CameraPlatform candidate :
          ServiceLoader.load(CameraPlatform.class, CameraPlatform.class.getClassLoader())) {
        if (candidate.name().equals(name)) {
          return candidate;
        }
        found.add(candidate.name());
      }
    } catch (ServiceConfigurationError e) {
      throw failure(HResults.NOT_FOUND, "a platform on the class path is broken: " + e, e);
    }
    throw failure(
        HResults.NOT_FOUND,
        "mfvcam.platform is \""
            + name
            + "\", but the class path has "
            + (found.isEmpty() ? "no platform; is mfvcam-simulator on it?" : "only " + found),
        null);
  }

  static synchronized void install(CameraPlatform candidate) {
    checkNotNull(candidate, "platform");
    load();
    if (platform == null) {
      use(candidate);
    } else if (!platform.getClass().equals(candidate.getClass())) {
      throw new IllegalStateException(
          "the platform \"" + platform.name() + "\" is installed already; there can be only one");
    }
  }

  private static void use(CameraPlatform candidate) {
    Path dll =
        extract(candidate.getClass(), candidate.libraryResource(), candidate.companionResources());
    HResults.check("mfvcam_use_provider", MfVirtualCamera.useProvider(dll.toString()));
    platform = candidate;
  }

  static synchronized String platformName() {
    return platform == null ? WINDOWS : platform.name();
  }

  private static VirtualCameraException failure(int hresult, String detail, Throwable cause) {
    VirtualCameraException failure = HResults.failure(LOAD, hresult, detail);
    failure.initCause(cause);
    return failure;
  }
}
