package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutures;
import io.github.mfvcam.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.scijava.nativelib.BaseJniExtractor;
import org.slf4j.LoggerFactory;

/**
 * A JVM of the same kind as this one, with what the library needs on its class path and no more.
 */
final class ChildJvm {
  private static final ImmutableList<String> LAUNCHER_OPTIONS =
      ImmutableList.of(
          "-Xbootclasspath/a:",
          "-Djava.security.properties=",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-PrintWarnings",
          "-XX:ErrorFile=");

  private final List<String> classPath = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();

  ChildJvm() {
    for (Class<?> part :
        ImmutableList.of(
            ChildJvm.class,
            VirtualCamera.class,
            Simulator.class,
            Preconditions.class,
            InternalFutures.class,
            BaseJniExtractor.class,
            LoggerFactory.class)) {
      classPath.add(whereabouts(part));
    }
  }

  private static String whereabouts(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  ChildJvm without(Class<?> part) {
    classPath.remove(whereabouts(part));
    return this;
  }

  ChildJvm firstOnClassPath(Path folder) {
    classPath.add(0, folder.toString());
    return this;
  }

  ChildJvm property(String key, Object value) {
    arguments.add("-D" + key + "=" + value);
    return this;
  }

  /** Runs to the end and returns what was printed, both streams together. */
  String run(Class<?> main) {
    return finish(start(main));
  }

  Process start(Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launcherOptions());
    command.addAll(arguments);
    command.add("-cp");
    command.add(String.join(System.getProperty("path.separator"), classPath));
    command.add(main.getName());
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String finish(Process process) {
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the launcher gave this JVM, so that it lives under Wine. */
  private static List<String> launcherOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> LAUNCHER_OPTIONS.stream().anyMatch(option::startsWith))
        .collect(Collectors.toList());
  }
}
