package org.candor.sink.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each message, whatever its media type, as a file of its own: {@code TIME-ID.EXTENSION},
 * see {@link FileName}. A file is complete and on disk when it appears under its name. A message
 * whose file is there already counts as delivered, so that one that is sent again leaves one file.
 */
@Component(
    service = {TransportSink.class, ConfigurationProblems.class},
    configurationPid = FileSink.PID)
@SinkName("file")
@Designate(ocd = Config.class)
public final class FileSink implements TransportSink, ConfigurationProblems {

  static final String PID = "org.candor.sink.file";

  private static final String FILE = "etc/" + PID + ".cfg";

  private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

  private static final Setting<Path> DIRECTORY =
      new Setting<>("directory", "an absolute path", FileSink::absolute);

  private final ReentrantLock writing = new ReentrantLock();
  private final Clock clock;
  private Settings settings = settings();
  private volatile Optional<Path> directory;

  @Activate
  public FileSink(Config config) {
    this(config, Clock.systemUTC());
  }

  FileSink(Config config, Clock clock) {
    this.clock = clock;
    this.directory = read(config);
  }

  @Modified
  void modified(Config config) {
    directory = read(config);
  }

  @Override
  public synchronized List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  // Whoever empties the key takes the directory back: no later mistake may bring it into use again.
  private synchronized Optional<Path> read(Config config) {
    if (config.directory().isBlank()) {
      settings = settings();
      return Optional.empty();
    }
    return settings.read(DIRECTORY, config.directory());
  }

  private static Settings settings() {
    return new Settings(FILE, LOG::error);
  }

  private static Path absolute(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text, e);
    }
    throw new IllegalArgumentException(text);
  }

  @Override
  public boolean accepts(String mediaType) {
    return true;
  }

  @Override
  public SinkState state() {
    return directory
        .map(path -> SinkState.ready("file:" + path))
        .orElseGet(() -> SinkState.unconfigured("", advice()));
  }

  private String advice() {
    return "Set directory in "
        + FILE
        + " to the absolute path of the directory that messages are to be written to.";
  }

  @Override
  public Payload encode(List<Message> batch) {
    if (batch.size() != 1) {
      throw new IllegalArgumentException("one message at a time, not " + batch.size());
    }
    Message message = batch.get(0);
    return new Payload(message.id(), message.mediaType(), message.body());
  }

  @Override
  public Receipt send(Payload payload, Deadline deadline) throws IOException {
    Optional<Path> target = directory;
    if (target.isEmpty()) {
      return Receipt.retry(advice());
    }
    // Looking for the file and writing it must not overlap, or one message could leave two files.
    if (!locked(deadline)) {
      return Receipt.retry("Earlier files are still being written to " + target.get() + ".");
    }
    try {
      return write(new Folder(target.get(), clock), payload, deadline);
    } finally {
      writing.unlock();
    }
  }

  private boolean locked(Deadline deadline) throws IOException {
    try {
      return writing.tryLock(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting to write", e);
    }
  }

  private Receipt write(Folder folder, Payload payload, Deadline deadline) {
    try {
      return folder
          .write(payload, deadline)
          .map(file -> Receipt.delivered("file:" + file))
          .orElseGet(() -> Receipt.retry("There was no time left to write it."));
    } catch (IOException e) {
      return Receipt.retry(
          "Could not write to %s: %s. Make room and see that this user may write there, or set directory in %s to another place."
              .formatted(folder.path(), reason(e), FILE));
    }
  }

  private static String reason(IOException e) {
    String kind = e.getClass().getSimpleName();
    if (e instanceof FileSystemException file) {
      return file.getFile() + ": " + Optional.ofNullable(file.getReason()).orElse(kind);
    }
    return Optional.ofNullable(e.getMessage()).orElse(kind);
  }
}
