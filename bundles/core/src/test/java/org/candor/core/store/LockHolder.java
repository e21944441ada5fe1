package org.candor.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that holds a file until its input ends. */
final class LockHolder implements AutoCloseable {

  private final Process process;

  LockHolder(Path file) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != '+') {
      throw new IOException(file + " could not be locked");
    }
  }

  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      System.out.print(lock.isValid() ? '+' : '-');
      System.out.flush();
      System.in.transferTo(System.out);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
