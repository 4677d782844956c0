package io.github.mfvcam;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLConnection;
import org.scijava.nativelib.BaseJniExtractor;

/** native-lib-loader, of which we use the extractor, without its side effects. */
final class NativeLibLoader {
  private static final String SLF4J_PROVIDERS =
      "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  /**
   * What is set meanwhile is the whole JVM's, and so must the lock be: our own classes are each
   * class loader's.
   */
  private static final Object JVM_LOCK = URLConnection.class;

  private NativeLibLoader() {}

  /** Writes the DLL of that resource to the folder, which must exist. */
  static File extract(Class<?> anchor, String resource, File folder) throws IOException {
    synchronized (JVM_LOCK) {
      return extractAlone(anchor, resource, folder);
    }
  }

  private static File extractAlone(Class<?> anchor, String resource, File folder)
      throws IOException {
    int slash = resource.lastIndexOf('/');
    String path = resource.substring(0, slash + 1);
    String name = resource.substring(slash + 1, resource.length() - ".dll".length());
    // Without a logger to give to native-lib-loader, slf4j would print three lines.
    boolean hasLogger = NativeLibLoader.class.getClassLoader().getResource(SLF4J_PROVIDERS) != null;
    String verbosity = hasLogger ? null : setIfUnset("slf4j.internal.verbosity", "ERROR");
    // It would look for folders of other programs in the temporary folder, and delete old ones.
    String age =
        setIfUnset("org.scijava.nativelib.leftoverMinAgeMs", Long.toString(Long.MAX_VALUE));
    // It would leave the jar open, and nobody could replace it until the JVM ends.
    boolean caches = URLConnection.getDefaultUseCaches("jar");
    URLConnection.setDefaultUseCaches("jar", false);
    try {
      File file = new Extractor(anchor, folder).extractJni(path, name);
      if (file == null) {
        throw new FileNotFoundException("the jar of " + anchor.getName() + " lacks " + resource);
      }
      return file;
    } finally {
      URLConnection.setDefaultUseCaches("jar", caches);
      clear(verbosity);
      clear(age);
    }
  }

  /** Returns the key if it was set here, else null. */
  private static String setIfUnset(String key, String value) {
    return System.getProperties().putIfAbsent(key, value) == null ? key : null;
  }

  private static void clear(String key) {
    if (key != null) {
      System.clearProperty(key);
    }
  }

  private static final class Extractor extends BaseJniExtractor {
    private final File folder;

    Extractor(Class<?> anchor, File folder) throws IOException {
      super(anchor);
      this.folder = folder;
    }

    @Override
    public File getNativeDir() {
      return folder;
    }

    @Override
    public File getJniDir() {
      return folder;
    }
  }
}
