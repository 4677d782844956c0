package io.github.mfvcam.loading;

import io.github.mfvcam.LoadReport;
import io.github.mfvcam.Mfvcam;
import io.github.mfvcam.VirtualCamera;
import io.github.mfvcam.VirtualCameraException;
import io.github.mfvcam.VirtualCameras;
import java.util.Arrays;

/** What LoaderTest's child JVMs run: a program of any user's, in a package of its own. */
public final class Load {
  private Load() {}

  /** Loads, and prints what a person would see, and what may have been left changed. */
  public static void main(String[] args) throws Exception {
    System.out.println("before: " + Mfvcam.loadReport());
    try {
      VirtualCameras.load();
      System.out.println("loaded: " + VirtualCameras.support());
    } catch (VirtualCameraException e) {
      System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      System.out.println(
          "cause: " + e.getCause() + ", suppressed: " + Arrays.toString(e.getSuppressed()));
    }
    LoadReport report = Mfvcam.loadReport();
    System.out.println("module: " + VirtualCamera.class.getModule());
    System.out.println("library: " + report.library().map(Object::toString).orElse("none"));
    for (String attempt : report.attempts()) {
      System.out.println("attempt: " + attempt);
    }
    report.failure().ifPresent(e -> System.out.println("failure: " + e.getMessage()));
    System.out.println("report: " + report);
    System.out.println(
        "left: "
            + System.getProperty("slf4j.internal.verbosity")
            + " "
            + System.getProperty("org.scijava.nativelib.leftoverMinAgeMs"));
    System.out.println("done");
    if (args.length > 0) {
      // Until the test has looked.
      System.in.read();
    }
  }
}
