package io.github.mfvcam.loading;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Runs {@link Load} in three class loaders of one JVM, as a web server's applications would. */
public final class LoadThrice {
  private LoadThrice() {}

  /** The path of all that is loaded so, entry by entry. */
  public static void main(String[] path) throws Exception {
    URL[] urls = new URL[path.length];
    for (int i = 0; i < path.length; i++) {
      urls[i] = Path.of(path[i]).toUri().toURL();
    }
    for (int i = 0; i < 3; i++) {
      // Open until the JVM ends: what is loaded is not to be unloaded.
      ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
      loader
          .loadClass(Load.class.getName())
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }
}
