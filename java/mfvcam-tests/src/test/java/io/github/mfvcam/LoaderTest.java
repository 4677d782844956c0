package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteStreams;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.mfvcam.loading.Install;
import io.github.mfvcam.loading.Load;
import io.github.mfvcam.loading.LoadThrice;
import io.github.mfvcam.loading.LoadWithoutRandom;
import io.github.mfvcam.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Loading, each time in a JVM that has not loaded anything yet. */
class LoaderTest {
  private static final String READY = "loaded: supported by simulator";
  private static final Path BIN =
      Path.of(System.getProperty("mfvcam.root"), "build", "windows-x64", "bin").toAbsolutePath();

  private Path work;
  private Path cache;
  private Path temporary;

  @BeforeEach
  void emptyFolders(TestInfo test) throws IOException {
    work =
        Path.of(
                System.getProperty("mfvcam.cache.dir"),
                "loader",
                // A blank is a path's most ordinary trouble.
                test.getTestMethod().orElseThrow().getName() + " " + System.nanoTime())
            .toAbsolutePath();
    cache = work.resolve("cache");
    temporary = Files.createDirectories(work.resolve("temporary"));
  }

  @AfterEach
  void leaveNothing() throws IOException {
    MoreFiles.deleteRecursively(work, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  /** Nothing chosen: the folders are those of a user whose home and temporary folder are here. */
  private ChildJvm user() {
    return userOfNoPlatform().property("mfvcam.platform", "simulator");
  }

  private ChildJvm userOfNoPlatform() {
    return new ChildJvm()
        .environment("LOCALAPPDATA", work.resolve("local"))
        .property("user.home", home())
        .property("java.io.tmpdir", temporary);
  }

  private Path home() {
    try {
      return Files.createDirectories(work.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildJvm child() {
    return user().property("mfvcam.cache.dir", cache);
  }

  private static String load(ChildJvm child) {
    return child.run(Load.class);
  }

  /** The lines of an output that begin so, without that. */
  private static List<String> lines(String output, String beginning) {
    return output
        .lines()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .collect(Collectors.toList());
  }

  private static Path library(String output) {
    return Path.of(lines(output, "library: ").get(0));
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

  private static List<String> names(Path folder) {
    return files(folder).stream()
        .map(path -> path.getFileName().toString())
        .sorted()
        .collect(Collectors.toList());
  }

  private static final ImmutableList<String> EXTRACTED =
      ImmutableList.of("mfsensorgroup.dll", "mfvcam-frameserver.exe", "mfvcam.dll");

  private Path cached(String name) {
    Path found =
        files(cache).stream()
            .filter(path -> path.getFileName().toString().equals(name))
            .findFirst()
            .orElseThrow();
    return cache.resolve(found);
  }

  /** A jar's folder with another mfvcam.dll than ours, and its true hash. */
  private Path jarWith(byte[] dll) throws IOException {
    Path jar = work.resolve("jar");
    Path natives = Files.createDirectories(jar.resolve("natives/windows_64"));
    Files.write(natives.resolve("mfvcam.dll"), dll);
    Files.writeString(natives.resolve("mfvcam.dll.sha256"), Hashing.sha256().hashBytes(dll) + "\n");
    return jar;
  }

  /** Our DLL with bytes behind it that nobody looks at: what another version would be. */
  private static byte[] otherVersion() throws IOException {
    byte[] dll = Files.readAllBytes(BIN.resolve("mfvcam.dll"));
    return Arrays.copyOf(dll, dll.length + 512);
  }

  /** Our DLL, but it says of itself that it is another. */
  private static byte[] otherBuild() throws IOException {
    byte[] dll = Files.readAllBytes(BIN.resolve("mfvcam.dll"));
    String text = new String(dll, StandardCharsets.ISO_8859_1);
    String id = Files.readString(BIN.resolve("build-id.txt")).trim();
    assertTrue(text.contains(id));
    return text.replace(id, Strings.repeat("0", id.length())).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void theFirstStartExtractsAndTheSecondFindsEverything() throws IOException {
    String first = load(child());

    assertTrue(first.contains(READY), first);
    assertFalse(first.contains("SLF4J"), first);
    assertTrue(first.contains("left: null null"), first);
    assertTrue(first.contains("before: not loaded yet"), first);
    assertTrue(first.contains("module: unnamed module"), first);
    assertTrue(first.contains("report: loaded: " + cached("mfvcam.dll")), first);
    assertEquals(
        ImmutableList.of(
            cached("mfvcam.dll") + ": loaded", cached("mfsensorgroup.dll") + ": loaded"),
        lines(first, "attempt: "));
    Set<Path> extracted = files(work);
    assertEquals(EXTRACTED, names(work));
    assertTrue(files(cache).stream().allMatch(path -> path.getNameCount() == 2));
    FileTime time = Files.getLastModifiedTime(cached("mfvcam.dll"));

    String second = load(child());

    assertTrue(second.contains(READY), second);
    assertEquals(extracted, files(work));
    assertEquals(time, Files.getLastModifiedTime(cached("mfvcam.dll")));
  }

  @Test
  void aDamagedFileIsReplacedAndWhatAKilledExtractionLeftIsSwept() throws IOException {
    load(child());
    byte[] right = Files.readAllBytes(cached("mfvcam.dll"));
    byte[] wrong = right.clone();
    wrong[wrong.length / 2] ^= 1;
    Files.write(cached("mfvcam.dll"), wrong);
    Files.write(cached("mfsensorgroup.dll"), Arrays.copyOf(right, 1000));
    Files.delete(cached("mfvcam-frameserver.exe"));
    Path dead =
        Files.createDirectories(cached("mfvcam.dll").resolveSibling(".staging-4000000003-1"));
    Files.writeString(dead.resolve("mfvcam.dll"), "half a D");
    // Of a process that has died: nobody has it open.
    Files.writeString(dead.resolveSibling(".lock"), "");

    String output = load(child());

    assertTrue(output.contains(READY), output);
    assertEquals(-1, Arrays.mismatch(right, Files.readAllBytes(cached("mfvcam.dll"))));
    assertTrue(Files.size(cached("mfsensorgroup.dll")) > 1000);
    assertFalse(Files.exists(dead));
    assertEquals(EXTRACTED, names(cache));
  }

  @Test
  void anExplicitLibraryIsFirst() {
    Path dll = BIN.resolve("mfvcam.dll");

    String output = load(child().property("mfvcam.library.path", dll));

    assertTrue(output.contains(READY), output);
    assertEquals(dll, library(output));
    assertEquals(2, files(cache).size(), "only the simulator was extracted");
  }

  @Test
  void anExplicitLibraryIsFinal() {
    Path missing = work.resolve("nothing.dll");
    Path other = BIN.resolve("mfvcam-source.dll");
    Path noDll = Path.of(System.getProperty("mfvcam.root"), "pom.xml");

    String output = load(child().property("mfvcam.library.path", missing));
    assertTrue(output.contains("load mfvcam.dll: ERROR_MOD_NOT_FOUND (0x8007007E): "), output);
    assertTrue(output.contains(missing + ", named by mfvcam.library.path, is no file"), output);
    assertTrue(output.contains("report: not loaded: load mfvcam.dll: ERROR_MOD"), output);
    assertEquals(ImmutableList.of(missing + ": no file"), lines(output, "attempt: "));

    output = load(child().property("mfvcam.library.path", other));
    assertTrue(output.contains(other + " cannot be loaded as mfvcam.dll"), output);

    output = load(child().property("mfvcam.library.path", noDll));
    assertTrue(output.contains(noDll + " cannot be loaded as mfvcam.dll"), output);
    assertFalse(Files.exists(cache));
  }

  @Test
  void aFolderOfAnyLettersWillDoAndTurkishOnesDoNotMatter() {
    Path local = work.resolve("J\u00fcrgen \u0130brahim \u5c71\u7530");

    String output =
        load(
            user()
                .environment("LOCALAPPDATA", local)
                .property("user.language", "tr")
                .property("user.country", "TR"));

    assertTrue(output.contains(READY), output);
    // A JVM that cannot load from there says so, and the next folder was used.
    assertTrue(
        lines(output, "attempt: ").get(0).startsWith(local.resolve("mfvcam").toString())
            || lines(output, "attempt: ").get(0).contains("UnsatisfiedLinkError"),
        output);
  }

  @Test
  void aDllThatIsNotTheJarsIsNotLoaded() throws IOException {
    Path fake = Files.createDirectories(work.resolve("fake/natives/windows_64"));
    Files.writeString(fake.resolve("mfvcam.dll"), "planted");

    String output = load(child().firstOnClassPath(work.resolve("fake")));

    assertTrue(output.contains("natives/windows_64/mfvcam.dll was damaged on its way"), output);
    try (Stream<Path> left = Files.list(cache)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aChosenCacheThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(cache, "a file, no folder");

    String output = load(child());

    assertTrue(output.contains("tried, in order: " + cache), output);
    assertTrue(output.contains("mfvcam.cache.dir chooses another folder"), output);
    assertEquals(1, lines(output, "attempt: ").size(), output);
    assertTrue(output.contains("cause: java.nio.file.FileAlreadyExistsException"), output);
  }

  @Test
  void anEmptyPathIsNoFolder() {
    String output = load(user().property("mfvcam.cache.dir", ""));
    assertTrue(output.contains("(0x80070490): mfvcam.cache.dir is empty: name a folder"), output);
    assertEquals(ImmutableList.of(), names(work));

    output = load(user().environment("LOCALAPPDATA", ""));
    assertTrue(output.contains(READY), output);
    assertEquals(2, lines(output, "attempt: ").size(), output);
    assertTrue(library(output).startsWith(home().resolve(".mfvcam")), output);

    // Whoever has no home trusts nobody else, which Wine's folders may not satisfy.
    output = load(user().environment("LOCALAPPDATA", "").property("user.home", ""));
    assertTrue(
        lines(output, "attempt: ").get(0).startsWith(temporary.resolve("mfvcam_").toString()),
        output);
  }

  @Test
  void aPathTooLongForWindowsFallsToTheNext() {
    Path local = work.resolve(Strings.repeat("too long", 15)).resolve(Strings.repeat("longer", 25));

    String output = load(user().environment("LOCALAPPDATA", local));

    assertTrue(output.contains(READY), output);
    assertTrue(lines(output, "attempt: ").get(0).contains("characters is too long"), output);
    assertTrue(library(output).startsWith(work.resolve("home/.mfvcam")), output);
    assertFalse(Files.exists(local));
    assertEquals(EXTRACTED, names(work));
  }

  @Test
  void anUnusableFolderFallsToTheNextAndTheLast() throws IOException {
    Files.writeString(work.resolve("local"), "a file, no folder");
    Files.writeString(Files.createDirectories(home()).resolve(".mfvcam"), "another");

    String output = load(user());

    assertTrue(output.contains(READY), output);
    assertTrue(
        library(output).startsWith(temporary.resolve("mfvcam_" + System.getProperty("user.name"))),
        output);
    List<String> attempts = lines(output, "attempt: ");
    assertTrue(attempts.get(0).startsWith(work.resolve("local") + "\\mfvcam: "), output);
    assertTrue(attempts.get(1).startsWith(work.resolve("home") + "\\.mfvcam: "), output);
    assertTrue(attempts.get(2).endsWith("mfvcam.dll: loaded"), output);
  }

  @Test
  void aFullDiskIsToldAndFallsToTheNext() throws IOException {
    String fullDisk = System.getenv("MFVCAM_FULL_DISK");
    assumeTrue(fullDisk != null, "scripts/test mounts it, where it may");
    Path full = Path.of(fullDisk, "full " + System.nanoTime()).toAbsolutePath();

    String output = load(child().property("mfvcam.cache.dir", full));
    assertTrue(
        lines(output, "attempt: ")
            .get(0)
            .startsWith(full + ": natives/windows_64/mfvcam.dll: java.io.IOException: "),
        output);
    assertTrue(output.contains("failure: load mfvcam.dll: ERROR_MOD_NOT_FOUND"), output);
    assertEquals(Set.of(), files(full));

    output = load(user().environment("LOCALAPPDATA", full));
    assertTrue(output.contains(READY), output);
    assertTrue(lines(output, "attempt: ").get(0).startsWith(full + "\\mfvcam: "), output);
    assertTrue(library(output).startsWith(work.resolve("home/.mfvcam")), output);
    assertEquals(Set.of(), files(full));
    MoreFiles.deleteRecursively(full, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  @Test
  void aVerifiedFileCountsOnlyOnceItIsLoaded() throws IOException {
    Path jar = jarWith("no DLL, but the jar's".getBytes(StandardCharsets.US_ASCII));

    String output = load(user().firstOnClassPath(jar));

    List<String> attempts = lines(output, "attempt: ");
    assertEquals(3, attempts.size(), output);
    for (String attempt : attempts) {
      assertTrue(attempt.contains("UnsatisfiedLinkError"), output);
    }
    assertTrue(output.contains("cause: java.lang.UnsatisfiedLinkError"), output);
    assertTrue(output.contains("tried, in order: " + String.join("; ", attempts)), output);
    assertTrue(output.contains("failure: load mfvcam.dll: ERROR_MOD_NOT_FOUND"), output);
  }

  @Test
  void thePlatformIsReportedAsTheLibraryIs() {
    String output = userOfNoPlatform().run(Install.class);

    assertEquals(ImmutableList.of("true", "true"), lines(output, "same: "), output);
    assertEquals(ImmutableList.of("false", "false", "true"), lines(output, "is loaded: "), output);
    List<String> failures = lines(output, "not loaded: load mfvcam.dll: ");
    assertTrue(failures.get(0).contains("ERROR_NOT_SUPPORTED"), output);
    assertTrue(failures.get(0).contains("x64 JVMs only, and this JVM's os.arch is"), output);
    assertTrue(failures.get(1).contains("ERROR_MOD_NOT_FOUND"), output);
    List<String> attempts = lines(output, "  ");
    assertEquals(3, attempts.stream().filter(a -> a.contains("mfvcam-source.dll: ")).count());
    assertEquals(3, attempts.stream().filter(a -> a.endsWith("mfvcam.dll: loaded")).count());
    assertTrue(attempts.get(attempts.size() - 1).endsWith("mfsensorgroup.dll: loaded"), output);
  }

  @Test
  @Timeout(200)
  void twentyJvmsMayStartAtOnce() throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      processes.add(child().livingFor(Duration.ofMinutes(3)).start(Load.class));
    }
    for (Process process : processes) {
      String output = ChildJvm.finish(process, 0);
      assertTrue(output.contains(READY), output);
    }
    assertEquals(EXTRACTED, names(work));
  }

  @Test
  void everyClassLoaderHasItsOwnCopy() {
    ChildJvm child = child();

    String output = ChildJvm.finish(child.start(LoadThrice.class, child.classPath().toArray()), 0);

    assertEquals(3, lines(output, READY).size(), output);
    Set<String> copies = new HashSet<>(lines(output, "library: "));
    assertEquals(3, copies.size(), output);
    assertEquals(5, files(cache).size(), "three DLLs and one simulator");
    String again = ChildJvm.finish(child().start(LoadThrice.class, child.classPath().toArray()), 0);
    assertEquals(copies, new HashSet<>(lines(again, "library: ")), "the same, once more");
  }

  @Test
  void twoVersionsRunAtOnceAndOldOnesAreSwept() throws IOException {
    Path jar = jarWith(otherVersion());
    Process other = child().firstOnClassPath(jar).start(Load.class, "and wait");
    String first = ChildJvm.readUntil(other, "done");
    assertTrue(first.contains(READY), first);
    Path running = library(first).getParent();
    Path old = Files.createDirectories(cache.resolve("mfvcam-0123456789abcdef"));
    Files.writeString(old.resolve("mfvcam.dll"), "old");
    Files.createDirectories(old.resolve(".staging-1-1"));
    Path recent = Files.createDirectories(cache.resolve("mfvcam-0123456789abcdee"));
    Path foreign = Files.createDirectories(cache.resolve("mfvcam-of-somebody-else"));
    FileTime longAgo = FileTime.from(Instant.now().minus(NativeCache.UNUSED).minusSeconds(60));
    for (Path folder : ImmutableList.of(running, old, foreign)) {
      Files.setLastModifiedTime(folder, longAgo);
    }

    String second = load(child());

    assertTrue(second.contains(READY), second);
    assertFalse(running.equals(library(second).getParent()), second);
    assertFalse(Files.exists(old), "old, and nobody's");
    assertTrue(Files.exists(recent), "used not long ago");
    assertTrue(Files.exists(foreign), "not ours");
    assertTrue(Files.exists(running.resolve("mfvcam.dll")), "loaded");
    ChildJvm.finish(other, 0);
    Files.setLastModifiedTime(running, longAgo);
    load(child());
    assertFalse(Files.exists(running), "not loaded any more");
  }

  @Test
  void aPlantedDllIsNeverLoaded() throws IOException {
    load(child());
    Path right = cached("mfvcam.dll");
    byte[] planted = otherBuild();
    // It would be loaded, if it were found.
    Path bait = Files.write(work.resolve("bait.dll"), planted);
    String caught = load(child().property("mfvcam.library.path", bait));
    assertTrue(caught.contains("ERROR_REVISION_MISMATCH (0x8007051A)"), caught);
    String id = Files.readString(BIN.resolve("build-id.txt")).trim();
    assertTrue(
        caught.contains(bait + " has the build id 0000000000000000, this jar wants " + id), caught);
    Path current = Files.createDirectories(work.resolve("current"));
    for (String name : ImmutableList.of("mfvcam.dll", "mfsensorgroup.dll", "mfvcam-source.dll")) {
      Files.write(current.resolve(name), planted);
    }
    Files.write(right, planted);
    Files.write(
        Files.createDirectories(current.resolve("natives/windows_64")).resolve("mfvcam.dll"),
        planted);

    String output =
        load(
            child()
                .in(current)
                .environment("PATH", current)
                .property("java.library.path", current));

    assertTrue(output.contains(READY), output);
    assertEquals(right, library(output));
    assertTrue(Arrays.mismatch(planted, Files.readAllBytes(right)) >= 0);
  }

  /** All that is in some jars, in one, as the shade plugin makes it; the first of a name counts. */
  private Path shaded(List<String> jars) throws IOException {
    Path all = work.resolve("shaded.jar");
    Set<String> names = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(all);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String jar : jars) {
        try (JarFile in = new JarFile(jar)) {
          for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
            if (!entry.getName().endsWith("module-info.class") && names.add(entry.getName())) {
              out.putNextEntry(new JarEntry(entry.getName()));
              try (InputStream content = in.getInputStream(entry)) {
                ByteStreams.copy(content, out);
              }
            }
          }
        }
      }
    }
    return all;
  }

  @Test
  void aShadedJarWillDo() throws IOException {
    List<String> classPath = new ChildJvm().classPath();
    Path all = shaded(classPath.subList(1, classPath.size()));

    String output = load(child().onlyWith(all));

    assertTrue(output.contains(READY), output);
    assertEquals(EXTRACTED, names(cache));
  }

  @Test
  void modulesWillDo() {
    // All that the README has jlink put into a runtime.
    String output =
        load(
            child()
                .modular()
                .option("--limit-modules")
                .option(
                    "java.base,java.logging,jdk.unsupported,io.github.mfvcam,io.github.mfvcam.simulator"));

    assertTrue(output.contains(READY), output);
    assertTrue(output.contains("module: module io.github.mfvcam"), output);
    assertEquals(EXTRACTED, names(cache));
  }

  @Test
  void aRuntimeThatLacksAModuleIsTold() {
    String output = load(child().option("--limit-modules").option("java.base,java.logging"));

    assertTrue(output.contains("VirtualCameraException: load mfvcam.dll: ERROR_MOD_NOT"), output);
    assertTrue(
        lines(output, "attempt: ").get(0).endsWith("runtime lacks the module jdk.unsupported"),
        output);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void withNativeAccessTheJvmHasNothingToWarnOf() {
    String warned = load(child().modular());
    assertTrue(warned.contains("--enable-native-access=io.github.mfvcam"), warned);

    String output = load(child().modular().option("--enable-native-access=io.github.mfvcam"));
    assertTrue(output.contains(READY), output);
    assertFalse(output.contains("WARNING"), output);

    output = load(child().option("--enable-native-access=ALL-UNNAMED"));
    assertTrue(output.contains(READY), output);
    assertFalse(output.contains("WARNING"), output);
  }

  @Test
  void nobodyAsksForARandomNumber() {
    // Under Wine, JVMs from 21 on die of the first.
    String output = child().withoutRandom().run(LoadWithoutRandom.class);
    assertTrue(output.contains(READY), output);
    assertTrue(
        output.contains("as it should be: java.lang.AssertionError: a SecureRandom was made"),
        output);
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
