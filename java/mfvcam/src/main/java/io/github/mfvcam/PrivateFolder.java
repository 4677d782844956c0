package io.github.mfvcam;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Folders that only the user may write to: the user, and whoever may write to the user's profile
 * anyway (on Windows the system and administrators), however these are called in this Windows'
 * language.
 */
final class PrivateFolder {
  /** What lets somebody put another file in the place of ours. */
  private static final Set<AclEntryPermission> WRITING =
      Set.of(
          AclEntryPermission.WRITE_DATA,
          AclEntryPermission.APPEND_DATA,
          AclEntryPermission.DELETE_CHILD,
          AclEntryPermission.DELETE,
          AclEntryPermission.WRITE_ACL,
          AclEntryPermission.WRITE_OWNER);

  private PrivateFolder() {}

  /** Makes the folder if it is not there, and shuts others out of it if it can. */
  static void ensure(Path folder) throws IOException {
    ensure(folder, trusted(System.getProperty("user.home"), System.getProperty("user.name")));
  }

  /** Whoever may write to that home; without one, as some services are, the user alone. */
  static Set<UserPrincipal> trusted(String home, String user) throws IOException {
    // From JDK 25 on, the empty path is the current folder.
    if (home.isEmpty() || !new File(home).isDirectory()) {
      return Set.of(
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }
    Path profile = Path.of(home);
    Set<UserPrincipal> trusted = writers(acl(profile).getAcl());
    trusted.add(Files.getOwner(profile));
    return trusted;
  }

  static void ensure(Path folder, Set<UserPrincipal> trusted) throws IOException {
    if (!isFolder(folder)) {
      Files.createDirectories(folder.getParent());
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        if (!isFolder(folder)) {
          throw e;
        }
        // Another process was faster.
      }
    }
    UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    if (!trusted.contains(owner)) {
      throw new IOException(folder + " belongs to " + owner.getName() + ", not to this user");
    }
    AclFileAttributeView view = acl(folder);
    if (!isPrivate(view.getAcl(), trusted)) {
      view.setAcl(without(view.getAcl(), trusted, owner));
      List<AclEntry> now = view.getAcl();
      if (!isPrivate(now, trusted)) {
        throw new IOException("others may write to " + folder + ": " + strangers(now, trusted));
      }
    }
  }

  /** Not one that is elsewhere: a symbolic link or, among what Java calls other, a junction. */
  private static boolean isFolder(Path folder) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isDirectory() && !attributes.isOther();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static AclFileAttributeView acl(Path folder) throws IOException {
    AclFileAttributeView view = Files.getFileAttributeView(folder, AclFileAttributeView.class);
    if (view == null) {
      throw new IOException(folder + " has no access control list");
    }
    return view;
  }

  /** An empty list is not told from a missing one, which lets everybody in. */
  private static boolean isPrivate(List<AclEntry> acl, Set<UserPrincipal> trusted) {
    return !acl.isEmpty() && trusted.containsAll(writers(acl));
  }

  private static Set<UserPrincipal> writers(List<AclEntry> acl) {
    return acl.stream()
        .filter(PrivateFolder::allowsWriting)
        .map(AclEntry::principal)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean allowsWriting(AclEntry entry) {
    return entry.type() == AclEntryType.ALLOW
        && entry.permissions().stream().anyMatch(WRITING::contains);
  }

  private static List<AclEntry> without(
      List<AclEntry> acl, Set<UserPrincipal> trusted, UserPrincipal owner) {
    List<AclEntry> entries = new ArrayList<>();
    for (AclEntry entry : acl) {
      if (!allowsWriting(entry) || trusted.contains(entry.principal())) {
        entries.add(entry);
      }
    }
    entries.add(
        AclEntry.newBuilder()
            .setType(AclEntryType.ALLOW)
            .setPrincipal(owner)
            .setPermissions(AclEntryPermission.values())
            .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
            .build());
    return entries;
  }

  private static String strangers(List<AclEntry> acl, Set<UserPrincipal> trusted) {
    return writers(acl).stream()
        .filter(principal -> !trusted.contains(principal))
        .map(UserPrincipal::getName)
        .collect(Collectors.toCollection(TreeSet::new))
        .toString();
  }
}
