package org.candor.source.dcos.signal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.candor.http.json.Json;
import org.candor.http.json.JsonFormatException;
import org.candor.http.json.JsonLimits;

/**
 * One of DC/OS's files, read again and again. A file that was there counts as lost, and not as
 * absent, for as long as this object lives. For one thread.
 */
final class ConfigFile {

  /** Far more than DC/OS writes. */
  private static final int LIMIT = 1 << 20;

  private static final JsonLimits LIMITS = JsonLimits.ofDocument(LIMIT, 64);

  private final Path path;
  private final Json.Document<Document> reader;
  private byte[] content = {};
  private FileSnapshot last;

  ConfigFile(Path path, Json.Document<Document> reader) {
    this.path = path;
    this.reader = reader;
    this.last = new FileSnapshot(path.toString(), FileSnapshot.State.ABSENT, Document.NOTHING, "");
  }

  /** Reads it. Its time is not asked for: two writes may have the same. */
  FileSnapshot look() {
    try {
      byte[] now = read();
      if (last.state() != FileSnapshot.State.READ || !Arrays.equals(content, now)) {
        last = new FileSnapshot(path.toString(), FileSnapshot.State.READ, parse(now), "");
        content = now;
      }
    } catch (NoSuchFileException e) {
      if (last.state() != FileSnapshot.State.ABSENT) {
        last = lost("no longer exists");
      }
    } catch (JsonFormatException e) {
      last = lost("is not the expected JSON (" + e.getMessage() + ")");
    } catch (AccessDeniedException e) {
      last = lost("may not be read by this user");
    } catch (IOException e) {
      last = lost("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    return last;
  }

  private FileSnapshot lost(String why) {
    return new FileSnapshot(path.toString(), FileSnapshot.State.LOST, last.document(), why);
  }

  private byte[] read() throws IOException {
    // Whoever opens a pipe waits until somebody writes to it.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new JsonFormatException("it is not a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(LIMIT + 1);
    }
  }

  private Document parse(byte[] bytes) throws IOException {
    return Json.read(new ByteArrayInputStream(bytes), LIMITS, reader);
  }
}
