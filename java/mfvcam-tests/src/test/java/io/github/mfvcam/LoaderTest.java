package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.mfvcam.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Loading, each time in a JVM that has not loaded anything yet. */
class LoaderTest {
  private static final String READY = "loaded: supported by simulator";

  private Path work;
  private Path cache;
  private Path temporary;

  /** What the child JVMs run. */
  public static final class Load {
    private Load() {}

    /** Prints what a person would see, and what may have been left changed. */
    public static void main(String[] args) {
      try {
        VirtualCameras.load();
        System.out.println("loaded: " + VirtualCameras.support());
      } catch (VirtualCameraException e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
      System.out.println(
          System.getProperty("slf4j.internal.verbosity")
              + " "
              + System.getProperty("org.scijava.nativelib.leftoverMinAgeMs"));
    }
  }

  @BeforeEach
  void emptyFolders(TestInfo test) throws IOException {
    work =
        Path.of(
            System.getProperty("mfvcam.cache.dir"),
            "loader",
            // A blank is a path's most ordinary trouble.
            test.getTestMethod().orElseThrow().getName() + " " + System.nanoTime());
    cache = work.resolve("cache");
    temporary = Files.createDirectories(work.resolve("temporary"));
  }

  @AfterEach
  void leaveNothing() throws IOException {
    MoreFiles.deleteRecursively(work, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  private ChildJvm child() {
    return new ChildJvm()
        .property("mfvcam.cache.dir", cache)
        .property("java.io.tmpdir", temporary)
        .property("mfvcam.platform", "simulator");
  }

  private static String load(ChildJvm child) {
    return child.run(Load.class);
  }

  private static Set<Path> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(folder::relativize)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Path> folders(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isDirectory)
          .filter(path -> path.getFileName().toString().startsWith("."))
          .collect(Collectors.toSet());
    }
  }

  private Path cached(String name) {
    Path found =
        files(cache).stream()
            .filter(path -> path.getFileName().toString().equals(name))
            .findFirst()
            .orElseThrow();
    return cache.resolve(found);
  }

  @Test
  void theFirstStartExtractsAndTheSecondFindsEverything() throws IOException {
    String first = load(child());

    assertTrue(first.contains(READY), first);
    assertFalse(first.contains("SLF4J"), first);
    assertTrue(first.contains("null null"), first);
    Set<Path> extracted = files(cache);
    assertEquals(
        ImmutableList.of("mfsensorgroup.dll", "mfvcam-frameserver.exe", "mfvcam.dll"),
        extracted.stream()
            .map(path -> path.getFileName().toString())
            .sorted()
            .collect(Collectors.toList()));
    assertEquals(Set.of(), folders(cache));
    assertEquals(Set.of(), files(temporary));
    FileTime time = Files.getLastModifiedTime(cached("mfvcam.dll"));

    String second = load(child());

    assertTrue(second.contains(READY), second);
    assertEquals(extracted, files(cache));
    assertEquals(time, Files.getLastModifiedTime(cached("mfvcam.dll")));
    assertEquals(Set.of(), folders(cache));
    assertEquals(Set.of(), files(temporary));
  }

  @Test
  void aDamagedFileIsReplaced() throws IOException {
    load(child());
    byte[] right = Files.readAllBytes(cached("mfvcam.dll"));
    byte[] wrong = right.clone();
    wrong[wrong.length / 2] ^= 1;
    Files.write(cached("mfvcam.dll"), wrong);
    Files.write(cached("mfsensorgroup.dll"), new byte[0]);
    Files.write(cached("mfvcam-frameserver.exe"), new byte[0]);

    String output = load(child());

    assertTrue(output.contains(READY), output);
    assertEquals(-1, mismatch(right, Files.readAllBytes(cached("mfvcam.dll"))));
    assertTrue(Files.size(cached("mfsensorgroup.dll")) > 0);
    assertTrue(Files.size(cached("mfvcam-frameserver.exe")) > 0);
  }

  @Test
  void whatAKilledExtractionLeftIsSwept() throws IOException {
    load(child());
    Path dll = cached("mfvcam.dll");
    Path version = dll.getParent();
    // No process has that id, since Windows' are divisible by 4; this one's folder is in use.
    Path dead = Files.createDirectories(version.resolve(".staging-4000000003-1-1"));
    Files.writeString(dead.resolve("mfvcam.dll"), "half a D");
    Path alive =
        Files.createDirectories(
            version.resolve(".staging-" + ProcessHandle.current().pid() + "-1-1"));
    Files.delete(dll);

    String output = load(child());

    assertTrue(output.contains(READY), output);
    assertFalse(Files.exists(dead));
    assertTrue(Files.exists(alive));
  }

  private static int mismatch(byte[] one, byte[] other) {
    return Arrays.mismatch(one, other);
  }

  @Test
  void anExplicitLibraryIsFirst() {
    Path dll = Path.of(System.getProperty("mfvcam.root"), "build/windows-x64/bin/mfvcam.dll");

    String output = load(child().property("mfvcam.library.path", dll));

    assertTrue(output.contains(READY), output);
    assertEquals(2, files(cache).size(), "only the simulator was extracted");
  }

  @Test
  void anExplicitLibraryIsFinal() {
    Path missing = work.resolve("nothing.dll");
    Path other =
        Path.of(System.getProperty("mfvcam.root"), "build/windows-x64/bin/mfvcam-source.dll");
    Path noDll = Path.of(System.getProperty("mfvcam.root"), "pom.xml");

    String output = load(child().property("mfvcam.library.path", missing));
    assertTrue(output.contains("load mfvcam.dll: ERROR_MOD_NOT_FOUND (0x8007007E): "), output);
    assertTrue(output.contains(missing + ", named by mfvcam.library.path, is no file"), output);

    output = load(child().property("mfvcam.library.path", other));
    assertTrue(output.contains(other + " cannot be loaded as mfvcam.dll"), output);

    output = load(child().property("mfvcam.library.path", noDll));
    assertTrue(output.contains(noDll + " cannot be loaded as mfvcam.dll"), output);
    assertFalse(Files.exists(cache));
  }

  @Test
  void turkishLettersDoNotMatter() {
    String output = load(child().property("user.language", "tr").property("user.country", "TR"));

    assertTrue(output.contains(READY), output);
  }

  @Test
  void aDllOfAnotherVersionIsRefused() throws IOException {
    Path fake = Files.createDirectories(work.resolve("fake/natives/windows_64"));
    Files.writeString(fake.resolve("build-id.txt"), "0123456789abcdef\n");

    String output = load(child().firstOnClassPath(work.resolve("fake")));

    assertTrue(output.contains("ERROR_REVISION_MISMATCH (0x8007051A)"), output);
    assertTrue(output.contains("this jar wants 0123456789abcdef"), output);
  }

  @Test
  void aDllThatIsNotTheJarsIsNotLoaded() throws IOException {
    Path fake = Files.createDirectories(work.resolve("fake/natives/windows_64"));
    Files.writeString(fake.resolve("mfvcam.dll"), "planted");

    String output = load(child().firstOnClassPath(work.resolve("fake")));

    assertTrue(output.contains("natives/windows_64/mfvcam.dll was damaged on its way"), output);
    assertEquals(Set.of(), files(cache));
    assertEquals(Set.of(), folders(cache));
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(cache, "a file, no folder");

    String output = load(child());

    assertTrue(output.contains("cannot be extracted to " + cache.toAbsolutePath()), output);
    assertTrue(output.contains("mfvcam.cache.dir chooses another folder"), output);
  }

  @Test
  void severalJvmsMayStartAtOnce() throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(child().start(Load.class));
    }
    for (Process process : processes) {
      String output = ChildJvm.finish(process, 0);
      assertTrue(output.contains(READY), output);
    }
    assertEquals(3, files(cache).size());
    assertEquals(Set.of(), folders(cache));
  }

  @Test
  void withoutAPropertyTheCacheIsTheUsers() {
    Path local = work.resolve("local");
    String output =
        new ChildJvm()
            .environment("LOCALAPPDATA", local)
            .property("mfvcam.platform", "simulator")
            .run(Load.class);

    assertTrue(output.contains(READY), output);
    assertEquals(3, files(local.resolve("mfvcam")).size());
  }

  @Test
  void anUnknownPlatformIsNamed() {
    String output = load(child().property("mfvcam.platform", "simulater"));
    assertTrue(
        output.contains(
            "mfvcam.platform is \"simulater\", but the class path has only [simulator]"),
        output);

    output = load(child().without(Simulator.class));
    assertTrue(output.contains("no platform; is mfvcam-simulator on it?"), output);
  }
}
