package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {

  private final Scrubber scrubber = new Scrubber(List.of("db1", "jane"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          cannot open /home/jane/secrets/db.key for reading     | jane, secrets, db.key
          open ~/notes.txt: permission denied                   | notes
          no such file: C:\\Users\\Jane\\Documents\\a.doc       | Jane, Documents
          \\\\files\\acme\\x is gone                            | acme
          mail to jane.doe+x@mail.example.com bounced           | jane.doe, example
          bad login jane@localhost                              | jane
          connect to 10.1.2.3:5432 refused                      | 10.1.2.3
          connect to [2001:db8::17]:443 timed out               | 2001, db8
          peer fe80::1%eth0 vanished                            | fe80
          MAC 00:1a:2b:3c:4d:5e unknown                         | 1a:2b
          GET https://user:pw@api.acme.com/v1?key=abc failed    | user, pw, acme, abc
          jdbc:postgresql://db.acme.internal/prod?password=x9y  | acme, x9y
          UnknownHost: db.acme.internal                         | acme
          cannot reach kafka-7.acme.corp:9092                   | acme, kafka-7
          cannot reach kafka-7:9092                             | kafka-7
          password=hunter2 is wrong                             | hunter2
          password hunter2 is wrong                             | hunter2
          "api_key": "k-12-secret-77"                           | k-12
          DB_PASSWORD='correct horse battery'                   | correct, horse, battery
          Authorization: Bearer abc.def-ghi                     | abc, def
          Proxy-Authorization: Basic dXNlcjpwYXNz               | dXNlcjpwYXNz
          token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.c2ln          | eyJ, c2ln
          aws AKIAIOSFODNN7EXAMPLE denied                       | AKIA
          ghp_16C7e42F292c6912E7710c838347Ae178B4a expired      | ghp_, 16C7
          id 0a1b2c3d-1111-2222-3333-444455556666 is unknown    | 0a1b2c3d
          key 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c  | 9f86
          session_id=88aa77 not found                           | 88aa77
          host db1 is down                                      | db1
          user jane has no rights                               | jane
          """)
  void whatNamesAPersonAMachineOrASecretGoes(String message, String secrets) {
    String scrubbed = scrubber.message(message);
    for (String secret : secrets.split(", ")) {
      assertThat(scrubbed).doesNotContain(secret.strip());
    }
  }

  @Test
  void aKeyInSeveralLinesGoes() {
    assertThat(
            scrubber.message(
                "bad -----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB\nAAKCAQEA\n-----END RSA PRIVATE"
                    + " KEY----- here"))
        .isEqualTo("bad <key> here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dataplane was killed by SIGSEGV",
        "java.lang.IllegalStateException: the queue is full (1024 of 1024)",
        "Cannot invoke \"String.length()\" because \"<local1>\" is null",
        "index 7 out of bounds for length 3",
        "class java.lang.String cannot be cast to class java.lang.Integer",
        "at com.acme.storage.Volume.open(Volume.java:117)",
        "SIGSEGV (0xb) at pc=0x00007f3a2c1b2e3d",
        "ended with status 3 after 12:30 hours",
        "secret-store ended with status 3",
        "the volume is 50% full and/or read-only",
        "version 2.5.0-rc1 is required"
      })
  void whatHelpsToFindTheFaultStays(String message) {
    assertThat(scrubber.message(message)).isEqualTo(message);
  }

  @Test
  void framesKeepClassMethodFileNameAndLine() {
    Failure failure =
        new Failure(
            "com.acme.Broken",
            "at jane's",
            List.of(
                new Frame("com.acme.Db$1", "lambda$open$0", "/src/jane/Db.java", Optional.of(7)),
                new Frame(
                    "/usr/lib/jvm/17/lib/server/libjvm.so", "run", "C:\\x\\vm.cpp", Optional.of(0)),
                new Frame("com.acme.Db$$Lambda/0x0001", "<init>", "", Optional.empty())));
    Crash crash = CrashFixture.segv("a");
    Crash scrubbed =
        scrubber.scrub(
            new Crash(
                crash.id(),
                "volume of jane",
                crash.at(),
                crash.level(),
                crash.message(),
                crash.signal(),
                crash.exitCode(),
                crash.coreDumped(),
                List.of(failure)));
    assertThat(scrubbed.component()).isEqualTo("volume of <name>");
    assertThat(scrubbed.failures().get(0).frames())
        .containsExactly(
            new Frame("com.acme.Db$1", "lambda$open$0", "Db.java", Optional.of(7)),
            new Frame("libjvm.so", "run", "vm.cpp", Optional.empty()),
            new Frame("com.acme.Db$$Lambda/0x0001", "<init>", "", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main (/home/jane/x.py)                   | main (<path>)
          file:///home/jane/app.js                 | <url>
          webpack://acme.com/src/jane              | <url>
          x@mail.acme.com                          | <mail>
          at C:\\Users\\jane\\a.dll               | at <path>
          read ~jane/notes                         | read <path>
          java.base@17.0.1/java.lang.Thread        | java.base@17.0.1/java.lang.Thread
          app//com.acme.Main                       | app//com.acme.Main
          github.com/acme/db.(*Volume).Open        | github.com/acme/db.(*Volume).Open
          memcpy@@GLIBC_2.14                       | memcpy@@GLIBC_2.14
          std::vector<int>::~vector()              | std::vector<int>::~vector()
          com.jane.Db$$Lambda/0x0001               | com.jane.Db$$Lambda/0x0001
          """)
  void aPathHasNoPlaceInANameButItsOwnSlashesHave(String name, String kept) {
    Crash crash = CrashFixture.segv("a");
    Failure failure =
        new Failure(name, "", List.of(new Frame(name, name, "A.java", Optional.empty())));
    Failure scrubbed =
        scrubber
            .scrub(
                new Crash(
                    crash.id(),
                    crash.component(),
                    crash.at(),
                    crash.level(),
                    crash.message(),
                    crash.signal(),
                    crash.exitCode(),
                    crash.coreDumped(),
                    List.of(failure)))
            .failures()
            .get(0);
    assertThat(scrubbed.type()).isEqualTo(kept);
    assertThat(scrubbed.frames().get(0).method()).isEqualTo(kept);
  }

  @Test
  void aNameIsNotCutInTheMiddleBeforeItIsKnownForOne() {
    String paths = ("/" + "p".repeat(98) + " ").repeat(19) + "/" + "p".repeat(88) + " ";
    assertThat(scrubber.message(paths + "willemijn@acme.com")).doesNotContain("wille");
  }

  @Test
  void whatIsLongIsCutAndTakesNoTime() {
    for (String piece : List.of("a", "a.", "a:", "a-", "/", "::", "token ", "@", "1.", "\n")) {
      String huge = piece.repeat(2_000_000 / piece.length());
      long begin = System.nanoTime();
      assertThat(scrubber.message(huge)).hasSizeLessThanOrEqualTo(1000);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/", "~a", "a@", "a@b.", "a-", "a.", "\\\\a", "token_", "a:/", "1.", "::"})
  void aRecordOfLongNamesTakesTimeInProportion(String piece) {
    String name = "/@" + piece.repeat(2_000 / piece.length());
    Frame frame = new Frame("p." + name, "m" + name, "f" + name, Optional.of(1));
    List<Failure> failures =
        java.util.Collections.nCopies(
            10, new Failure("x." + name, name, java.util.Collections.nCopies(40, frame)));
    Crash crash = StackTrimming.with(CrashFixture.segv("a"), failures);
    scrubber.scrub(crash);
    java.lang.management.ThreadMXBean threads =
        java.lang.management.ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    scrubber.scrub(crash);
    // 2.4 MB of names took a minute when each character was a new beginning.
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - began))
        .isLessThan(Duration.ofMillis(600));
  }

  @Test
  void severalAddressesInOneWordAllGo() {
    assertThat(scrubber.message("to x@y.com+z@w.org,q@r.de")).isEqualTo("to <mail><mail>,<mail>");
    assertThat(scrubber.message("key .ab-0123456789abcdef0123456789 x"))
        .isEqualTo("key .ab-<secret> x");
  }
}
