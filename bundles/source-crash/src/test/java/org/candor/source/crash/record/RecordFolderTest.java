package org.candor.source.crash.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.api.text.PlainText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RecordFolderTest {

  @TempDir Path directory;

  private final List<Crash> taken = new ArrayList<>();
  private RecordFolder folder;

  @BeforeEach
  void open() {
    folder = new RecordFolder(directory, Clock.systemUTC());
  }

  @Test
  void everyKeyCounts() throws Exception {
    drop(
        "a.json",
        """
        {"component":"dataplane","at":"2026-11-21T13:00:00.5+01:00","signal":"SIGSEGV",
         "exitCode":139,"coreDumped":true,"level":"error","message":"it broke","more":[{"a":[1]}],
         "exceptions":[{"type":"x.Y","message":"m","frames":[
           {"class":"a.B","method":"c","file":"/home/bob/B.java","line":7},{"method":"main"}]}],
         "id":"0123456789abcdef0123456789abcdef"}
        """);

    assertThat(workOff()).isEqualTo(RecordFolder.Round.DONE);

    assertThat(taken)
        .containsExactly(
            new Crash(
                "0123456789abcdef0123456789abcdef",
                "dataplane",
                Instant.parse("2026-11-21T12:00:00.5Z"),
                CrashLevel.ERROR,
                "it broke",
                Optional.of(new KernelSignal(11, "SIGSEGV")),
                Optional.of(139),
                Optional.of(true),
                List.of(
                    new Failure(
                        "x.Y",
                        "m",
                        List.of(
                            new Frame("a.B", "c", "B.java", Optional.of(7)),
                            new Frame("", "main", "", Optional.empty()))))));
    assertThat(files()).isEmpty();
  }

  @Test
  void theComponentIsEnough() throws Exception {
    Path file = drop("a.json", "{\"component\":\"c\"}");
    Instant written = Files.getLastModifiedTime(file).toInstant();

    workOff();

    Crash crash = taken.get(0);
    assertThat(crash.at()).isEqualTo(written);
    assertThat(crash.level()).isEqualTo(CrashLevel.FATAL);
    assertThat(crash.message()).isEqualTo("c crashed");
    assertThat(crash.signal()).isEmpty();
    assertThat(crash.exitCode()).isEmpty();
    assertThat(crash.coreDumped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "9, 9, SIGKILL, c was killed by SIGKILL",
    "'\"abrt\"', 6, SIGABRT, c was killed by SIGABRT",
    "40, 40, SIG40, c was killed by SIG40",
    "'\"SIGRTMIN+1\",\"exitCode\":163', 35, SIGRTMIN+1, c was killed by SIGRTMIN+1"
  })
  void aSignalHasANumberAndAName(String json, int number, String name, String message)
      throws Exception {
    drop("a.json", "{\"component\":\"c\",\"signal\":" + json + "}");
    workOff();
    assertThat(taken.get(0).signal()).contains(new KernelSignal(number, name));
    assertThat(taken.get(0).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | it is not JSON",
        "'' | it is not JSON",
        "{\"component\":\"c\" | it is not JSON",
        "{'component':'c'} | it is not JSON",
        "{\"component\":\"c\"} {} | it is not JSON",
        "[1] | the whole is not an object",
        "{} | component is missing",
        "{\"component\":7} | component is not a text",
        "{\"component\":\"c\",\"at\":\"noon\"} | at is not a time",
        "{\"component\":\"c\",\"signal\":0} | signal is neither 1 to 64 nor a name",
        "{\"component\":\"c\",\"signal\":\"SIGNONE\"} | signal is neither 1 to 64 nor a name",
        "{\"component\":\"c\",\"exitCode\":\"3\"} | exitCode is not a whole number",
        "{\"component\":\"c\",\"exitCode\":3.5} | exitCode is not a whole number",
        "{\"component\":\"c\",\"coreDumped\":1} | coreDumped is not true or false",
        "{\"component\":\"c\",\"level\":\"bad\"} | level is neither fatal nor error",
        "{\"component\":\"c\",\"message\":null} | message is not a text",
        "{\"component\":\"c\",\"exceptions\":{}} | exceptions is not an array",
        "{\"component\":\"c\",\"exceptions\":[{}]} | exceptions.type is missing",
        "{\"component\":\"c\",\"exceptions\":[{\"type\":\"t\",\"frames\":[1]}]} | exceptions.frames"
            + " is not an array of objects",
        "{\"component\":\"c\",\"id\":\"X\"} | id is not 32 lower-case hexadecimal digits"
      })
  void whatIsBadIsPutAsideWithOneLine(String text, String why) throws Exception {
    old(drop("a.json", text));
    drop("b.json", "{\"component\":\"c\"}");

    String log = logOf(this::workOff);

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("a.json is not a crash record", why);
    assertThat(files()).containsExactly("a.json.rejected");
    assertThat(taken).hasSize(1);
    assertThat(logOf(this::workOff)).isEmpty();
  }

  @Test
  void whatIsStillBeingCopiedHereGetsTime() throws Exception {
    Path file = drop("a.json", "{\"component\":");
    assertThat(workOff()).isEqualTo(RecordFolder.Round.AGAIN);
    assertThat(files()).containsExactly("a.json");

    Files.writeString(file, "{\"component\":\"c\"}");
    assertThat(workOff()).isEqualTo(RecordFolder.Round.DONE);
    assertThat(taken).hasSize(1);
  }

  @Test
  void aFileOfMoreThanOneMebibyteIsNotRead() throws Exception {
    String pad = "x".repeat(RecordFolder.MOST_BYTES);
    old(drop("a.json", "{\"component\":\"c\",\"message\":\"" + pad + "\"}"));
    assertThat(logOf(this::workOff)).contains("larger than 1 MiB");
    assertThat(files()).containsExactly("a.json.rejected");
  }

  @Test
  void onlyTheLatestHundredBadFilesAreKept() throws Exception {
    for (int i = 0; i < 130; i++) {
      old(drop(String.format("%03d.json", i), "bad"));
      if (i == 60) {
        logOf(this::workOff);
        open();
      }
    }
    logOf(this::workOff);
    assertThat(files()).hasSize(100).allMatch(name -> name.endsWith(".json.rejected"));
  }

  @Test
  void onlyRegularFilesAreOpened() throws Exception {
    Path elsewhere = Files.createTempFile("secret", ".txt");
    Files.writeString(elsewhere, "{\"component\":\"c\"}");
    Files.createSymbolicLink(directory.resolve("link.json"), elsewhere);
    Files.createDirectory(directory.resolve("folder.json"));
    assertThat(new ProcessBuilder("mkfifo", directory + "/fifo.json").start().waitFor()).isZero();
    drop("not-yet.tmp", "{\"component\":\"c\"}");

    String log = logOf(this::workOff);

    assertThat(taken).isEmpty();
    assertThat(log.lines()).hasSize(3).allMatch(line -> line.contains("it is not a regular file"));
    assertThat(files()).containsExactly("fifo.json", "folder.json", "link.json", "not-yet.tmp");
    assertThat(logOf(this::workOff)).isEmpty();
    Files.delete(elsewhere);
  }

  @Test
  void whatWasNotTakenStaysAndKeepsItsId() throws Exception {
    drop("a.json", "{\"component\":\"c\"}");
    List<Crash> offered = new ArrayList<>();
    assertThat(folder.workOff(crash -> !offered.add(crash), file -> false))
        .isEqualTo(RecordFolder.Round.AGAIN);
    assertThat(files()).containsExactly("a.json");

    open();
    workOff();

    assertThat(taken).isEqualTo(offered);
    assertThat(files()).isEmpty();
  }

  @Test
  void thoseAlikeAreSeveralCrashes() throws Exception {
    drop("a.json", "{\"component\":\"c\"}");
    drop("b.json", "{\"component\":\"c\"}");
    workOff();
    Files.setLastModifiedTime(
        drop("a.json", "{\"component\":\"c\"}"),
        FileTime.from(Instant.parse("2026-11-21T12:00:00Z")));
    workOff();
    assertThat(taken.stream().map(Crash::id).distinct()).hasSize(3);
  }

  @Test
  void whatCannotBeDeletedIsOfferedOnce() throws Exception {
    folder =
        new RecordFolder(
            directory,
            Clock.systemUTC(),
            file -> {
              throw new FileSystemException(file.toString(), "", "Read-only file system");
            });
    drop("a.json", "{\"component\":\"c\"}");

    String log = logOf(this::workOff) + logOf(this::workOff) + logOf(this::workOff);

    assertThat(taken).hasSize(1);
    assertThat(log.lines()).singleElement().asString().contains("cannot be deleted");
  }

  @Test
  void whoeverNamesAFileDoesNotWriteIntoTheLog() throws Exception {
    old(drop("a\n2026 ERROR forged \u001b[2J.json", "bad"));
    Files.createDirectory(directory.resolve("b\r\u001b]0;x\u0007.json"));

    String log = logOf(this::workOff);

    assertThat(log.lines()).hasSize(2);
    assertThat(log.replace("\n", "")).matches(PlainText::showsAll);
    assertThat(files()).contains("a\n2026 ERROR forged \u001b[2J.json.rejected");
  }

  @Test
  void aFloodIsWorkedOff() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      drop(i + ".json", "{\"component\":\"c\"}");
    }
    workOff();
    assertThat(taken).hasSize(10_000);
    assertThat(files()).isEmpty();
  }

  @Test
  void aMissingFolderIsEmpty() {
    folder = new RecordFolder(directory.resolve("none"), Clock.systemUTC());
    assertThat(workOff()).isEqualTo(RecordFolder.Round.DONE);
  }

  private RecordFolder.Round workOff() {
    return folder.workOff(taken::add, file -> false);
  }

  private Path drop(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static void old(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(10)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String logOf(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
