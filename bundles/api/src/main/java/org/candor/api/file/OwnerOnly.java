package org.candor.api.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Restrictive file permissions: makes files of mode 0600 and folders of mode 0700, whatever the
 * umask is, where the file system has modes. A file has its mode from the moment when it is there.
 * Thread-safe.
 */
public final class OwnerOnly {

  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private OwnerOnly() {}

  /**
   * Makes a folder and those above it that are missing; one that is there stays as its owner made
   * it.
   */
  public static void createDirectories(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, FOLDER));
  }

  /**
   * Makes an empty file.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, attributes(file, FILE));
  }

  /**
   * Makes an empty file where there is none. One that is there and that an earlier version made
   * under a wider umask is closed to others; that its group may read it is left as it is.
   */
  public static void ensureFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        createFile(file);
      } catch (FileAlreadyExistsException e) {
        // Somebody else was faster.
      }
      return;
    }
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      Set<PosixFilePermission> now = EnumSet.noneOf(PosixFilePermission.class);
      now.addAll(view.readAttributes().permissions());
      if (now.removeAll(OF_OTHERS)) {
        try {
          view.setPermissions(now);
        } catch (IOException e) {
          // It belongs to somebody else, who may have wanted this.
        }
      }
    }
  }

  /** Replaces a file's content, and makes the file where there is none. */
  public static void write(Path file, byte[] content) throws IOException {
    ensureFile(file);
    Files.write(file, content, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Makes a file and opens it to be written.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        attributes(file, FILE));
  }

  private static FileAttribute<?>[] attributes(Path path, FileAttribute<?> mode) {
    boolean hasModes = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return hasModes ? new FileAttribute<?>[] {mode} : new FileAttribute<?>[0];
  }
}
