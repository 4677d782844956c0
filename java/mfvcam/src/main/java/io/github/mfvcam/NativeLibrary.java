package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

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
import java.util.function.Consumer;

/**
 * mfvcam.dll, loaded once into the class loader of {@link MfVirtualCamera}, and the platform behind
 * it.
 */
final class NativeLibrary {
  private static final String LOAD = "load mfvcam.dll";
  private static final String WINDOWS = "Windows";

  private static volatile boolean loaded;
  private static volatile LoadReport report = new LoadReport(null, List.of(), null);

  /** The file that is loaded, as soon as it is. */
  private static Path library;

  /** What was tried until it was. */
  private static List<String> libraryAttempts = List.of();

  private static CameraPlatform platform;

  private NativeLibrary() {}

  static void load() {
    if (!loaded) {
      loadOnce();
    }
  }

  static LoadReport report() {
    return report;
  }

  private static synchronized void loadOnce() {
    if (loaded) {
      return;
    }
    reporting(
        attempts -> {
          if (library == null) {
            library = loadLibrary(attempts);
            libraryAttempts = List.copyOf(attempts);
          }
          String chosen = System.getProperty("mfvcam.platform");
          if (chosen != null && platform == null) {
            use(find(chosen), attempts);
          }
          loaded = true;
        });
  }

  /** Makes the report, whatever comes of it; the work adds its attempts. */
  private static void reporting(Consumer<List<String>> work) {
    List<String> attempts = new ArrayList<>(libraryAttempts);
    try {
      work.accept(attempts);
      report = new LoadReport(library, attempts, null);
    } catch (RuntimeException e) {
      report = new LoadReport(library, attempts, e);
      throw e;
    }
  }

  private static Path loadLibrary(List<String> attempts) {
    String folder = HostPlatform.folder();
    String buildId;
    try {
      buildId = NativeBundle.text(NativeLibrary.class, folder + "/build-id.txt");
    } catch (IOException e) {
      throw failure(HResults.NOT_FOUND, e.getMessage(), e);
    }
    String explicit = System.getProperty("mfvcam.library.path");
    Path dll =
        explicit != null
            ? loadExplicit(explicit, attempts)
            : provide(
                bundle(NativeLibrary.class, folder + "/mfvcam.dll", List.of()),
                NativeLibrary::loadIfFree,
                attempts);
    checkBuildId(dll, MfVirtualCamera.buildId(), buildId);
    return dll;
  }

  private static Path loadExplicit(String explicit, List<String> attempts) {
    try {
      Path dll = Path.of(explicit).toAbsolutePath();
      if (!Files.isRegularFile(dll)) {
        attempts.add(dll + ": no file");
        throw failure(
            HResults.MOD_NOT_FOUND, dll + ", named by mfvcam.library.path, is no file", null);
      }
      System.load(dll.toString());
      // What is no mfvcam.dll has not registered it.
      MfVirtualCamera.buildId();
      attempts.add(dll + ": loaded");
      return dll;
    } catch (InvalidPathException e) {
      throw failure(HResults.NOT_FOUND, "mfvcam.library.path is no path: " + e.getMessage(), e);
    } catch (UnsatisfiedLinkError e) {
      attempts.add(explicit + ": " + e);
      throw failure(
          HResults.MOD_NOT_FOUND,
          explicit + " cannot be loaded as mfvcam.dll: " + e.getMessage(),
          e);
    }
  }

  /** Returns false if another class loader of this JVM has loaded the same file. */
  private static boolean loadIfFree(Path dll) {
    try {
      System.load(dll.toString());
      return true;
    } catch (UnsatisfiedLinkError e) {
      if (String.valueOf(e.getMessage()).contains("already loaded in another classloader")) {
        return false;
      }
      throw e;
    }
  }

  private static NativeBundle bundle(Class<?> anchor, String resource, List<String> companions) {
    try {
      return new NativeBundle(anchor, resource, companions);
    } catch (IOException e) {
      throw failure(HResults.NOT_FOUND, e.getMessage(), e);
    }
  }

  /** What makes use of a DLL; returns false if it needs another copy of it. */
  private interface Use {
    boolean of(Path dll);
  }

  /** Extracts a bundle into the first folder from which it can be used. */
  @SuppressWarnings("try") // The files need only be held.
  private static Path provide(NativeBundle bundle, Use use, List<String> attempts) {
    // Where the program happens to have been started from.
    if ("".equals(CacheFolders.chosen())) {
      throw failure(
          HResults.NOT_FOUND,
          "mfvcam.cache.dir is empty: name a folder, or leave it out for the user's own",
          null);
    }
    List<Throwable> causes = new ArrayList<>();
    for (String root : CacheFolders.all()) {
      try {
        NativeCache cache =
            new NativeCache(
                Path.of(root).toAbsolutePath(), CacheFolders.areOurs(), NativeCache.PATIENCE);
        for (int slot = 1; ; slot++) {
          Path dll = cache.folder(bundle, slot).resolve(bundle.dll());
          try (HeldFiles held = cache.provide(bundle, slot)) {
            if (use.of(dll)) {
              attempts.add(dll + ": loaded");
              cache.sweep(dll.getParent());
              return dll;
            }
          }
          attempts.add(dll + ": another class loader has it");
        }
      } catch (IOException
          | InvalidPathException
          | UnsatisfiedLinkError
          | VirtualCameraException e) {
        attempts.add(root + ": " + bundle + ": " + e);
        causes.add(e);
      }
    }
    VirtualCameraException failure =
        failure(
            HResults.MOD_NOT_FOUND,
            bundle
                + " cannot be extracted and used (mfvcam.cache.dir chooses another folder); tried,"
                + " in order: "
                + String.join("; ", attempts),
            causes.get(0));
    causes.stream().skip(1).forEach(failure::addSuppressed);
    throw failure;
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
    requireNonNull(candidate, "platform");
    load();
    if (platform == null) {
      reporting(attempts -> use(candidate, attempts));
    } else if (!platform.getClass().equals(candidate.getClass())) {
      throw new IllegalStateException(
          "the platform \"" + platform.name() + "\" is installed already; there can be only one");
    }
  }

  private static void use(CameraPlatform candidate, List<String> attempts) {
    String resource;
    try {
      resource = candidate.libraryResource();
    } catch (UnsupportedOperationException e) {
      throw failure(HResults.NOT_SUPPORTED, e.getMessage(), e);
    }
    provide(
        bundle(candidate.getClass(), resource, candidate.companionResources()),
        dll -> {
          // MFVCAM_E_PROVIDER_IN_USE, an IllegalStateException, would be the same for any file.
          HResults.check("mfvcam_use_provider", MfVirtualCamera.useProvider(dll.toString()));
          return true;
        },
        attempts);
    platform = candidate;
  }

  static synchronized String platformName() {
    return platform == null ? WINDOWS : platform.name();
  }

  /** The media source that this machine's camera services can load. */
  static Path mediaSource() {
    load();
    String folder = HostPlatform.folder(MfVirtualCamera.nativeMachine());
    return provide(
        bundle(NativeLibrary.class, folder + "/mfvcam-source.dll", List.of()),
        dll -> true,
        new ArrayList<>());
  }

  private static VirtualCameraException failure(int hresult, String detail, Throwable cause) {
    VirtualCameraException failure = HResults.failure(LOAD, hresult, detail);
    failure.initCause(cause);
    return failure;
  }
}
