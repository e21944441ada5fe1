package org.candor.source.crash.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.file.OwnerOnly;

/** Starts a command under its watcher. */
final class Launch {

  private final RunFiles files;

  Launch(RunFiles files) {
    this.files = files;
  }

  /**
   * Starts it, and notes that it runs before it does.
   *
   * @throws IOException when it cannot be started
   */
  Run begin(CommandSettings settings, Instant now) throws IOException {
    RunNote note = RunNote.of(settings, offset(settings.output()), now);
    files.begin(note);
    return Run.started(note, files, builder(settings, note).start());
  }

  private static long offset(Optional<Path> output) throws IOException {
    if (output.isEmpty()) {
      return 0;
    }
    Path file = output.get();
    OwnerOnly.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(file)) {
      OwnerOnly.createFile(file);
    }
    return Files.size(file);
  }

  private ProcessBuilder builder(CommandSettings settings, RunNote note) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                files.script().toString(),
                "--component",
                settings.component(),
                "--records",
                files.records().toString(),
                "--id",
                note.id(),
                "--pid-file",
                files.pidFile().toString(),
                "--"));
    line.addAll(settings.words());
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(settings.workingDirectory().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    ProcessBuilder.Redirect output =
        settings
            .output()
            .map(file -> ProcessBuilder.Redirect.appendTo(file.toFile()))
            .orElse(ProcessBuilder.Redirect.DISCARD);
    return builder.redirectOutput(output).redirectError(output);
  }
}
