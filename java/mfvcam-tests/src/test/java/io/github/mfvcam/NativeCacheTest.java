package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Stopwatch;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folders that DLLs are extracted to, with DLLs that nobody loads. */
@SuppressWarnings("try") // What holds files need only be open.
class NativeCacheTest {
  private static final String RESOURCE = "natives/windows_64/some.dll";
  private static final String COMPANION = "natives/windows_64/some.exe";
  private static final byte[] DLL = "the DLL".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER = "another".getBytes(StandardCharsets.US_ASCII);

  private final List<URLClassLoader> loaders = new ArrayList<>();
  private Path work;
  private Path jar;
  private Path root;
  private NativeCache cache;

  @BeforeEach
  void emptyFolders() throws IOException {
    work =
        Files.createDirectories(
            Path.of(System.getProperty("mfvcam.cache.dir"), "native cache " + System.nanoTime())
                .toAbsolutePath());
    jar = work.resolve("jar");
    Files.createDirectories(jar.resolve(RESOURCE).getParent());
    for (String name : ImmutableList.of(RESOURCE, COMPANION)) {
      Files.write(jar.resolve(name), DLL);
      Files.writeString(jar.resolve(name + ".sha256"), Hashing.sha256().hashBytes(DLL) + "\n");
    }
    root = work.resolve("root");
    cache = new NativeCache(root, false, NativeCache.PATIENCE);
  }

  @AfterEach
  void leaveNothing() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
    // Nor a jar that is still open.
    MoreFiles.deleteRecursively(work, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  /** A class of a loader that has what is in a jar, or in a folder. */
  private Class<?> anchor(Path jar) throws IOException {
    URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    loaders.add(loader);
    return Proxy.newProxyInstance(
            loader, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null)
        .getClass();
  }

  private NativeBundle bundle() throws IOException {
    return new NativeBundle(anchor(jar), RESOURCE, ImmutableList.of(COMPANION));
  }

  private Path dll(NativeBundle bundle) {
    return cache.folder(bundle, 1).resolve(bundle.dll());
  }

  private void provideAndLetGo(NativeBundle bundle) throws IOException {
    cache.provide(bundle, 1).close();
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.skip(1).collect(Collectors.toList());
    }
  }

  @Test
  void whatIsHeldCannotBeChanged() throws IOException {
    NativeBundle bundle = bundle();
    Path planted = Files.write(work.resolve("planted"), OTHER);

    // Extracted, then found.
    for (int round = 0; round < 2; round++) {
      try (HeldFiles held = cache.provide(bundle, 1)) {
        for (String name : bundle.hashes().keySet()) {
          Path file = cache.folder(bundle, 1).resolve(name);
          assertArrayEquals(DLL, Files.readAllBytes(file));
          assertThrows(FileSystemException.class, () -> Files.write(file, OTHER));
          assertThrows(FileSystemException.class, () -> Files.delete(file));
          assertThrows(
              FileSystemException.class,
              () -> Files.move(planted, file, StandardCopyOption.ATOMIC_MOVE));
          assertThrows(
              FileSystemException.class, () -> Files.move(file, work.resolve("elsewhere")));
        }
      }
    }
    Files.move(planted, dll(bundle), StandardCopyOption.ATOMIC_MOVE);

    provideAndLetGo(bundle);

    assertArrayEquals(DLL, Files.readAllBytes(dll(bundle)));
  }

  @Test
  void aFileThatSomebodyWritesToIsNotTrusted() throws IOException {
    NativeBundle bundle = bundle();
    provideAndLetGo(bundle);
    Background<HeldFiles> providing;
    try (FileChannel writer = FileChannel.open(dll(bundle), StandardOpenOption.WRITE)) {
      providing = startWaiting(bundle);
    }

    providing.result().close();
  }

  @Test
  void oneExtractsWhileTheOthersWait() throws IOException {
    NativeBundle bundle = bundle();
    Path lock = Files.createDirectories(cache.folder(bundle, 1)).resolve(".lock");
    Background<HeldFiles> providing;
    try (FileChannel other = HeldFiles.lock(lock)) {
      assertThrows(FileSystemException.class, () -> HeldFiles.lock(lock));
      providing = startWaiting(bundle);
      assertFalse(Files.exists(dll(bundle)));
    }

    providing.result().close();

    assertTrue(Files.exists(dll(bundle)));
    assertFalse(Files.exists(lock));
  }

  @Test
  void patienceEnds() throws IOException {
    NativeBundle bundle = bundle();
    Path lock = Files.createDirectories(cache.folder(bundle, 1)).resolve(".lock");
    Duration patience = Duration.ofMillis(100);
    cache = new NativeCache(root, false, patience);
    try (FileChannel other = HeldFiles.lock(lock)) {
      Stopwatch since = Stopwatch.createStarted();
      FileSystemException e =
          assertThrows(FileSystemException.class, () -> cache.provide(bundle, 1));
      assertEquals(lock.toString(), e.getFile());
      assertTrue(since.elapsed().compareTo(patience) > 0);
    }

    provideAndLetGo(bundle);
  }

  @Test
  void aFolderThatAnotherDeletesMeanwhileIsMadeAnew() throws IOException {
    NativeBundle bundle = bundle();
    Path folder = Files.createDirectories(cache.folder(bundle, 1));
    Background<HeldFiles> providing;
    try (FileChannel other = HeldFiles.lock(folder.resolve(".lock"))) {
      providing = startWaiting(bundle);
    }
    // It may be too late, but seldom is.
    boolean ignored = folder.toFile().delete();

    providing.result().close();

    assertTrue(Files.exists(dll(bundle)));
  }

  @Test
  void whatAnotherExtractsIsNotSwept() throws IOException {
    NativeBundle bundle = bundle();
    provideAndLetGo(bundle);
    Path busy = Files.createDirectories(root.resolve("mfvcam-0123456789abcdef"));
    Path staging = Files.createDirectories(busy.resolve(".staging-1-1"));
    FileTime longAgo = FileTime.from(Instant.now().minus(NativeCache.UNUSED).minusSeconds(60));
    try (FileChannel other = HeldFiles.lock(busy.resolve(".lock"))) {
      Files.setLastModifiedTime(busy, longAgo);
      cache.sweep(cache.folder(bundle, 1));
      assertTrue(Files.exists(staging));
    }

    Files.setLastModifiedTime(busy, longAgo);
    cache.sweep(cache.folder(bundle, 1));

    assertFalse(Files.exists(busy));
  }

  @Test
  void anInterruptIsKeptForTheProgram() throws IOException {
    NativeBundle bundle = bundle();
    // Extracted, then found.
    for (int round = 0; round < 2; round++) {
      Thread.currentThread().interrupt();
      HeldFiles held = cache.provide(bundle, 1);
      assertTrue(Thread.interrupted());
      held.close();
    }
    Background<HeldFiles> providing;
    try (FileChannel writer = FileChannel.open(dll(bundle), StandardOpenOption.WRITE)) {
      providing = startWaiting(bundle);
      providing.interrupt();
    }

    providing.result().close();

    assertTrue(providing.interruptedAfterwards());
  }

  /** Returns when it waits for somebody to let go of a file. */
  private Background<HeldFiles> startWaiting(NativeBundle bundle) {
    Background<HeldFiles> providing = Background.start(() -> cache.provide(bundle, 1));
    Eventually.holds(
        () ->
            Thread.getAllStackTraces().values().stream()
                .anyMatch(
                    stack ->
                        stack.length > 0
                            && stack[0].getMethodName().startsWith("sleep")
                            && Arrays.stream(stack)
                                .anyMatch(
                                    call ->
                                        call.getClassName().equals(NativeCache.class.getName()))),
        () -> "nobody waits");
    return providing;
  }

  @Test
  void aPathMayBeAsLongAsWindowsLoadsAndNoLonger() throws IOException {
    NativeBundle bundle = bundle();
    int rest = NativeCache.LONGEST_PATH - dll(bundle).toString().length();
    String longest = Strings.repeat("l", rest - 1);

    cache = new NativeCache(root.resolve(longest), false, NativeCache.PATIENCE);
    assertEquals(NativeCache.LONGEST_PATH, dll(bundle).toString().length());
    provideAndLetGo(bundle);
    assertTrue(Files.exists(dll(bundle)));

    cache = new NativeCache(root.resolve(longest + "l"), false, NativeCache.PATIENCE);
    IOException e = assertThrows(IOException.class, () -> cache.provide(bundle, 1));
    assertTrue(e.getMessage().startsWith("a path of 260 characters"), e.getMessage());
    assertFalse(Files.exists(cache.folder(bundle, 1)));
  }

  @Test
  void aFileThatIsNotWhatItsHashSaysIsNotExtracted() throws IOException {
    NativeBundle bundle = bundle();
    Files.write(jar.resolve(COMPANION), OTHER);

    IOException e = assertThrows(IOException.class, () -> cache.provide(bundle, 1));

    assertTrue(e.getMessage().contains("damaged on its way"), e.getMessage());
    assertFalse(Files.exists(cache.folder(bundle, 1).resolve("some.exe")));
  }

  /** As on a full disk: native-lib-loader leaves the file that it could not write to its end. */
  @Test
  void anExtractionThatFailsHalfWayLeavesNothing() throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    Path broken = work.resolve("broken.jar");
    try (OutputStream file = Files.newOutputStream(broken);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(RESOURCE));
      out.write(content);
      out.putNextEntry(new JarEntry(RESOURCE + ".sha256"));
      out.write(Hashing.sha256().hashBytes(content).toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(broken);
    Arrays.fill(bytes, 50_000, 50_100, (byte) -1);
    Files.write(broken, bytes);
    NativeBundle bundle = new NativeBundle(anchor(broken), RESOURCE, ImmutableList.of());

    assertThrows(IOException.class, () -> cache.provide(bundle, 1));

    assertEquals(ImmutableList.of(), all(root));
  }

  /** Whether that works on Windows itself, this cannot tell: Wine's files have a Unix mode. */
  @Test
  void othersAreShutOutOfTheFolder() throws IOException {
    NativeBundle bundle = bundle();
    Path folder = Files.createDirectories(cache.folder(bundle, 1));
    AclFileAttributeView view = letEveryoneIn(folder);

    provideAndLetGo(bundle);

    UserPrincipal everyone = everyone();
    assertFalse(mayWrite(everyone, view.getAcl()), view.getAcl().toString());
    assertTrue(mayWrite(Files.getOwner(folder), view.getAcl()), view.getAcl().toString());
    assertFalse(mayWrite(everyone, acl(dll(bundle))), acl(dll(bundle)).toString());
  }

  @Test
  void aRootOfOurOwnChoiceIsPrivateToo() throws IOException {
    NativeBundle bundle = bundle();
    AclFileAttributeView view = letEveryoneIn(Files.createDirectories(root));

    provideAndLetGo(bundle);
    assertTrue(mayWrite(everyone(), view.getAcl()), "the user's choice is left as it is");

    cache = new NativeCache(root, true, NativeCache.PATIENCE);
    provideAndLetGo(bundle);
    assertFalse(mayWrite(everyone(), view.getAcl()), view.getAcl().toString());
  }

  @Test
  void aFolderOfSomebodyElseIsRefused() throws IOException {
    Path folder = Files.createDirectories(root);
    Set<UserPrincipal> others = Set.of(everyone());

    IOException e = assertThrows(IOException.class, () -> PrivateFolder.ensure(folder, others));

    assertTrue(e.getMessage().endsWith("not to this user"), e.getMessage());
  }

  @Test
  void aLinkInTheFoldersPlaceIsRefused() throws IOException {
    Configuration withLinksAndAcls =
        Configuration.windows().toBuilder().setAttributeViews("basic", "owner", "acl").build();
    try (FileSystem files = Jimfs.newFileSystem(withLinksAndAcls)) {
      Path elsewhere = Files.createDirectory(files.getPath("C:\\elsewhere"));
      Path folder = Files.createSymbolicLink(files.getPath("C:\\cache"), elsewhere);
      Set<UserPrincipal> trusted = Set.of(Files.getOwner(elsewhere));

      assertThrows(FileAlreadyExistsException.class, () -> PrivateFolder.ensure(folder, trusted));

      PrivateFolder.ensure(elsewhere, trusted);
      Files.delete(folder);
      PrivateFolder.ensure(folder, trusted);
      assertTrue(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /** Under Wine, which lets SYSTEM write everywhere, that is too few for any folder. */
  @Test
  void withoutAHomeTheUserAloneIsTrusted() throws IOException {
    String user = System.getProperty("user.name");
    UserPrincipal himself = Files.getOwner(Files.createDirectories(root));

    for (String noHome : ImmutableList.of(work.resolve("nowhere").toString(), "?", "")) {
      assertEquals(Set.of(himself), PrivateFolder.trusted(noHome, user));
    }
    assertThrows(IOException.class, () -> PrivateFolder.trusted("", "nobody of that name"));
  }

  private static UserPrincipal everyone() throws IOException {
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName("Everyone");
  }

  private static AclFileAttributeView letEveryoneIn(Path folder) throws IOException {
    UserPrincipal everyone = everyone();
    AclFileAttributeView view = Files.getFileAttributeView(folder, AclFileAttributeView.class);
    List<AclEntry> acl = new ArrayList<>(view.getAcl());
    acl.add(
        AclEntry.newBuilder()
            .setType(AclEntryType.ALLOW)
            .setPrincipal(everyone)
            .setPermissions(AclEntryPermission.values())
            .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
            .build());
    view.setAcl(acl);
    assertTrue(mayWrite(everyone, view.getAcl()), view.getAcl().toString());
    return view;
  }

  private static List<AclEntry> acl(Path file) throws IOException {
    return Files.getFileAttributeView(file, AclFileAttributeView.class).getAcl();
  }

  private static boolean mayWrite(UserPrincipal who, List<AclEntry> acl) {
    return acl.stream()
        .anyMatch(
            entry ->
                entry.type() == AclEntryType.ALLOW
                    && entry.principal().equals(who)
                    && entry.permissions().contains(AclEntryPermission.WRITE_DATA));
  }

  @Test
  void everyVersionAndEveryCopyHasAFolderOfItsOwn() throws IOException {
    NativeBundle one = bundle();
    NativeBundle alone = new NativeBundle(anchor(jar), RESOURCE, ImmutableList.of());

    assertEquals(cache.folder(one, 1), cache.folder(bundle(), 1));
    assertNotEquals(cache.folder(one, 1), cache.folder(alone, 1));
    assertEquals(root.resolve("mfvcam-" + one.id()), cache.folder(one, 1));
    assertEquals(root.resolve("mfvcam-" + one.id() + "-2"), cache.folder(one, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"some.dll", "natives/windows_64/some.exe", "/natives/some.dll", ""})
  void aResourceOfAnotherFormIsRefused(String resource) {
    IOException e =
        assertThrows(
            IOException.class, () -> new NativeBundle(anchor(jar), resource, ImmutableList.of()));

    assertTrue(e.getMessage().contains("is not of the form natives/<folder>/<name>.dll"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"natives/some.exe", "natives/windows_64/more/some.exe", "../some.exe"})
  void aCompanionFromElsewhereIsRefused(String companion) {
    IOException e =
        assertThrows(
            IOException.class,
            () -> new NativeBundle(anchor(jar), RESOURCE, ImmutableList.of(companion)));

    assertTrue(e.getMessage().contains("is not in the folder of " + RESOURCE), e.getMessage());
  }

  @Test
  void aMissingOrWrongHashIsTold() throws IOException {
    Files.writeString(jar.resolve(RESOURCE + ".sha256"), "123");
    IOException e = assertThrows(IOException.class, this::bundle);
    assertEquals(RESOURCE + ".sha256 holds no SHA-256", e.getMessage());

    Files.delete(jar.resolve(RESOURCE + ".sha256"));
    e = assertThrows(IOException.class, this::bundle);
    assertTrue(e.getMessage().endsWith("lacks " + RESOURCE + ".sha256"), e.getMessage());
  }
}
