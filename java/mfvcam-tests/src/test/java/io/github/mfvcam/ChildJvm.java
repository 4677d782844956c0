package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutures;
import io.github.mfvcam.simulator.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scijava.nativelib.BaseJniExtractor;
import org.slf4j.LoggerFactory;

/**
 * A JVM of the same kind as this one, with what the library needs on its class path and no more. If
 * this one runs with -Xcheck:jni, so does the child, and what that finds there fails the test.
 */
public final class ChildJvm {
  private static final Pattern JNI_MISTAKE =
      Pattern.compile(
          "(?:WARNING in native method|WARNING: JNI|FATAL ERROR in native method|JNI call made)"
              // Not ours: seeding SecureRandom, the JDK takes more local references than it asked
              // for.
              + "[^\\n]*\\n(?!\\s+at java\\.net\\.NetworkInterface\\.)");

  /** Less than a test may take, so that none leaves a child behind that hangs. */
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(50);

  /** The random numbers that the launcher gives to JVMs that find none under Wine. */
  private static final ImmutableList<String> RANDOM_OPTIONS =
      ImmutableList.of("-Xbootclasspath/a:", "-Djava.security.properties=");

  private static final ImmutableList<String> LAUNCHER_OPTIONS =
      ImmutableList.of(
          "-XX:+UnlockDiagnosticVMOptions", "-XX:-PrintWarnings", "-XX:ErrorFile=", "-Xcheck:jni");

  private static final AtomicInteger STARTED = new AtomicInteger();

  private final List<String> classPath = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private boolean ownFrameServer = true;
  private boolean modular;
  private boolean withoutRandom;
  private Path directory;
  private Duration longestLife = LONGEST_LIFE;

  /** A JVM yet to be started. */
  public ChildJvm() {
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

  /** With what that class comes from on its class path, too. */
  public ChildJvm with(Class<?> part) {
    classPath.add(whereabouts(part));
    return this;
  }

  ChildJvm without(Class<?> part) {
    classPath.remove(whereabouts(part));
    return this;
  }

  ChildJvm firstOnClassPath(Path folder) {
    classPath.add(0, folder.toString());
    return this;
  }

  /** Nothing else but the tests' own classes and these. */
  ChildJvm onlyWith(Path... jars) {
    classPath.clear();
    classPath.add(whereabouts(ChildJvm.class));
    Arrays.stream(jars).map(Path::toString).forEach(classPath::add);
    return this;
  }

  /** All jars as modules; the program itself, the first on the class path, is none. */
  ChildJvm modular() {
    modular = true;
    return this;
  }

  /** Without what the launcher gives to JVMs that find no random numbers under Wine. */
  ChildJvm withoutRandom() {
    withoutRandom = true;
    return this;
  }

  /** For a test that may take longer than most. */
  ChildJvm livingFor(Duration life) {
    longestLife = life;
    return this;
  }

  /** In that current folder. */
  ChildJvm in(Path folder) {
    directory = folder;
    return this;
  }

  /** With that option of the JVM. */
  ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  /** What is on its class path. */
  List<String> classPath() {
    return classPath;
  }

  /** With that system property. */
  public ChildJvm property(String key, Object value) {
    options.add("-D" + key + "=" + value);
    return this;
  }

  ChildJvm environment(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  /** The child's cameras and switches are those of this JVM, too. */
  ChildJvm onThisFrameServer() {
    ownFrameServer = false;
    return this;
  }

  /** Runs to a good end and returns what was printed, both streams together. */
  String run(Class<?> main) {
    return finish(start(main), 0);
  }

  /** Starts it; it is ended if it does not end by itself. */
  public Process start(Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launcherOptions());
    command.addAll(options);
    String separator = System.getProperty("path.separator");
    if (modular) {
      command.add("-cp");
      command.add(classPath.get(0));
      command.add("-p");
      command.add(String.join(separator, classPath.subList(1, classPath.size())));
      command.add("--add-modules");
      command.add("io.github.mfvcam");
    } else {
      command.add("-cp");
      command.add(String.join(separator, classPath));
    }
    command.add(main.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    if (ownFrameServer) {
      giveOwnFrameServer(builder);
    }
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      CompletableFuture.delayedExecutor(longestLife.toMillis(), TimeUnit.MILLISECONDS)
          .execute(process::destroyForcibly);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The child's cameras and switches are its own, unless a test says otherwise. */
  static void giveOwnFrameServer(ProcessBuilder builder) {
    builder
        .environment()
        .put(
            "MFVCAM_SIMULATOR_SERVER",
            "child" + ProcessHandle.current().pid() + "x" + STARTED.incrementAndGet());
  }

  /** Waits for its end with that status and returns what was printed. */
  public static String finish(Process process, int status) {
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(status, process.waitFor(), output);
      assertFalse(JNI_MISTAKE.matcher(output).find(), output);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for that line and returns what was printed up to it. */
  static String readUntil(Process process, String last) {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder output = new StringBuilder();
    String line;
    do {
      try {
        line = reader.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      assertNotNull(line, () -> "the child ended before it said \"" + last + "\": " + output);
      output.append(line).append('\n');
    } while (!line.equals(last));
    return output.toString();
  }

  /** What the launcher gave this JVM, so that it lives under Wine. */
  private List<String> launcherOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                LAUNCHER_OPTIONS.stream().anyMatch(option::startsWith)
                    || (!withoutRandom && RANDOM_OPTIONS.stream().anyMatch(option::startsWith)))
        .collect(Collectors.toList());
  }
}
