package org.candor.itest.fields;

import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashFacts;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Gap;
import org.candor.api.source.FailureReason;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventAction;
import org.candor.core.collect.Snapshot;
import org.candor.core.web.WebEventWay;

/**
 * Random snapshots and crashes: every fact that any bundle knows and others, with texts that want
 * to break a format, and secrets wherever none may leave from.
 */
final class Inventions {

  /** Text, of which the name in the catalogue says that it leaves. */
  private static final Set<String> TEXTS =
      Set.of(
          FactNames.CLUSTER_ID,
          FactNames.PRODUCT_VERSION,
          FactNames.PRODUCT_BUILD,
          FactNames.PRODUCT_VARIANT,
          FactNames.PROVIDER,
          FactNames.PLATFORM,
          FactNames.CUSTOMER_KEY,
          FactNames.LICENSE_ID,
          FactNames.SERVER_NAME,
          FactNames.USER_ID,
          FactNames.CLUSTER_PSEUDONYM,
          FactNames.NODE_PSEUDONYM,
          FactNames.KUBERNETES_DISTRIBUTION,
          FactNames.KUBERNETES_VERSION,
          FactNames.OS_NAME,
          FactNames.OS_ARCH,
          FactNames.RUNTIME_NAME,
          FactNames.RUNTIME_VERSION,
          FactNames.STORAGE_VERSION,
          FactNames.STORAGE_BUILD,
          FactNames.STORAGE_API_VERSION,
          FactNames.STORAGE_RUNTIME_VERSION,
          FactNames.STORAGE_OS,
          FactNames.STORAGE_ARCH,
          FactNames.STORAGE_LICENSE_TYPE,
          FactNames.PACKAGE_NAME,
          FactNames.PACKAGE_VERSION,
          FactNames.FRAMEWORK_NAME);

  /** Their subject leaves too. */
  private static final Set<String> NAMED =
      Set.of(
          FactNames.UNIT_TOTAL,
          FactNames.UNIT_UNHEALTHY,
          FactNames.PACKAGE_NAME,
          FactNames.PACKAGE_VERSION);

  private static final List<String> NASTY =
      List.of(
          "\"",
          "\\",
          "\u0000",
          "\u001b[31m",
          "\n",
          "\r\n{\"type\":\"event\"}\n",
          "\u2028",
          "\ud800",
          "\udc00",
          "😀",
          "é",
          "{\"userId\":\"x\"}",
          "],\"context\":{",
          "%s",
          "${env:HOME}",
          "'",
          "userId",
          "customerKey",
          "properties",
          "messageId",
          "health-unit-x-total",
          "*",
          "[]",
          ".",
          "..",
          "/",
          "<b>",
          "\u202e",
          "\uffff",
          "1e999",
          "null",
          "true",
          " ",
          "\t",
          "a",
          "0",
          "-");

  private static final List<String> KNOWN = known();

  private final Random random;
  private final Secrets secrets;

  Inventions(Random random, Secrets secrets) {
    this.random = random;
    this.secrets = secrets;
  }

  private static List<String> known() {
    return Arrays.stream(FactNames.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(
            field -> {
              try {
                return (String) field.get(null);
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            })
        .sorted()
        .toList();
  }

  /** What sources see on a strange day; it knows of no crash that a channel may report. */
  Snapshot snapshot() {
    List<Fact> facts = new ArrayList<>();
    for (String name : KNOWN) {
      if (!name.matches("(crash|ui)\\..*") && random.nextInt(8) > 0) {
        known(facts, name);
      }
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      facts.add(new Fact(unknownName(), random.nextBoolean() ? "" : subject(), secretValue()));
    }
    facts.add(new Fact(FactNames.NODE_ID, "", new Value.Text(secrets.bare())));
    Collections.shuffle(facts, random);
    List<Gap> gaps = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      gaps.add(new Gap(text(), pick(FailureReason.values())));
    }
    return new Snapshot(
        Instant.ofEpochSecond(random.nextLong(1_700_000_000L, 4_000_000_000L)), facts, gaps);
  }

  /** What people did in a web page, whose own names for them are secrets. */
  List<Fact> uiFacts() {
    List<WebEvent> events = new ArrayList<>();
    Map<String, String> users = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String user = random.nextInt(4) == 0 ? "" : secrets.bare() + i;
      if (!user.isEmpty() && random.nextInt(8) > 0) {
        users.put(user, hex(32));
      }
      WebEventAction action = pick(WebEventAction.values());
      events.add(
          new WebEvent(
              hex(32),
              action,
              Instant.ofEpochSecond(random.nextLong(1_700_000_000L, 4_000_000_000L)),
              words(),
              words(),
              user,
              random.nextBoolean() ? "" : words(),
              action == WebEventAction.PAGE ? words() : ""));
    }
    return WebEventWay.facts(events, users);
  }

  /** As much text as an event may hold. */
  private String words() {
    String text = text();
    return text.substring(0, Math.min(200, text.length()));
  }

  /** Of which no message has room for all. */
  Snapshot hugeSnapshot() {
    Snapshot snapshot = snapshot();
    List<Fact> facts = new ArrayList<>(snapshot.facts());
    for (int i = 0; i < 1500; i++) {
      facts.add(new Fact(FactNames.UNIT_TOTAL, "of-many-" + i, new Value.Count(1)));
    }
    facts.add(new Fact(FactNames.UNIT_TOTAL, "long".repeat(10_000), new Value.Count(1)));
    return new Snapshot(snapshot.at(), facts, snapshot.gaps());
  }

  private void known(List<Fact> facts, String name) {
    if (random.nextInt(10) == 0) {
      // Nobody asks for it with this subject, or of this type.
      facts.add(
          NAMED.contains(name)
              ? new Fact(name, text(), new Value.Text(textOrSecret(name)))
              : new Fact(name, secrets.bare(), value(name)));
    }
    int count = NAMED.contains(name) ? random.nextInt(6) : 1;
    for (int i = 0; i < count; i++) {
      boolean framework = name.equals(FactNames.FRAMEWORK_NAME);
      String subject = NAMED.contains(name) ? text() : framework ? secrets.bare() : "";
      facts.add(new Fact(name, subject, value(name)));
    }
    if (!TEXTS.contains(name) && random.nextInt(10) == 0) {
      facts.add(new Fact(name, "", new Value.Text(secrets.bare())));
    }
  }

  private String textOrSecret(String name) {
    return TEXTS.contains(name) ? text() : secrets.bare();
  }

  private Value value(String name) {
    boolean pseudonym = name.endsWith(".pseudonym");
    if (pseudonym && random.nextInt(4) > 0) {
      return new Value.Text(hex(32));
    }
    if (TEXTS.contains(name)) {
      return random.nextInt(20) == 0 ? number() : new Value.Text(text());
    }
    return number();
  }

  private Value number() {
    return switch (random.nextInt(60)) {
      case 0 -> new Value.Measure(Double.longBitsToDouble(random.nextLong()));
      case 1, 2, 3, 4 -> new Value.Flag(random.nextBoolean());
      case 5, 6, 7, 8 -> new Value.Count(random.nextLong());
      case 9, 10, 11, 12 -> new Value.Measure(random.nextInt(10_000) / 8.0);
      default -> new Value.Count(random.nextInt(100));
    };
  }

  private Value secretValue() {
    return new Value.Text(secrets.bare());
  }

  private String subject() {
    return random.nextBoolean() ? text() : secrets.bare();
  }

  /** A fact that no catalogue names, though its name may look as if. */
  private String unknownName() {
    String near = pick(KNOWN.toArray(String[]::new));
    String name =
        switch (random.nextInt(6)) {
          case 0 -> near + ".x";
          case 1 -> "x." + near;
          case 2 -> near + "-" + random.nextInt(100);
          case 3 -> near.replace('.', '-') + "-x";
          case 4 -> near.substring(0, near.length() - 1) + "0";
          default ->
              pick("env", "host.name", "user.name", "user.email", "mesos", "server.name.raw");
        };
    return KNOWN.contains(name) ? "x." + name : name;
  }

  private String text() {
    int style = random.nextInt(100);
    if (style < 40) {
      return "unit-" + random.nextInt(50) + ".service";
    }
    if (style == 99 && random.nextInt(4) == 0) {
      return pick(NASTY.toArray(String[]::new)).repeat(random.nextInt(40_000));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(NASTY.get(random.nextInt(NASTY.size())));
    }
    return text.toString();
  }

  /** A crash as a source hands it over, with secrets in it. */
  Crash crash() {
    List<Failure> failures = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      failures.add(failure());
    }
    return new Crash(
        hex(32),
        random.nextInt(5) == 0 ? message() : "dataplane-" + random.nextInt(9),
        Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L)),
        pick(CrashLevel.values()),
        message(),
        maybe(new KernelSignal(random.nextInt(70) - 2, pick("SIGSEGV", "SIG" + text()))),
        maybe(random.nextInt(300) - 20),
        maybe(random.nextBoolean()),
        failures);
  }

  /** One of which no event has room for all. */
  Crash hugeCrash() {
    Crash crash = crash();
    String name = "com.acme." + "Long".repeat(100);
    Frame frame = new Frame(name, name, name, Optional.of(1));
    Failure failure = new Failure(name, message(), Collections.nCopies(210, frame));
    return new Crash(
        crash.id(),
        crash.component(),
        crash.at(),
        crash.level(),
        crash.message(),
        crash.signal(),
        crash.exitCode(),
        crash.coreDumped(),
        Collections.nCopies(11, failure));
  }

  private Failure failure() {
    List<Frame> frames = new ArrayList<>();
    int depth = random.nextInt(6);
    for (int i = 0; i < depth; i++) {
      frames.add(
          new Frame(
              codeName("com.acme.Db$1", "java.base@17.0.1/java.lang.Thread", "acme.com/pkg/db"),
              codeName("lambda$open$0", "(*DB).Open", "std::vector<int>::at"),
              path() + pick("Db.java", "main.c", "", "app.js"),
              maybe(random.nextInt())));
    }
    return new Failure(
        codeName("java.lang.IllegalStateException", "panic", "Error"), message(), frames);
  }

  private String codeName(String... usual) {
    return switch (random.nextInt(12)) {
      case 0 -> path() + "libacme.so";
      case 1 -> "file:///" + secrets.account() + "/app.js";
      case 2 -> "main (" + path() + "x.py)";
      case 3 -> text();
      case 4 -> "x@" + secrets.account() + ".example.com";
      default -> pick(usual);
    };
  }

  private String path() {
    return switch (random.nextInt(6)) {
      case 0 -> "/home/" + secrets.account() + "/src/";
      case 1 -> "C:\\Users\\" + secrets.account() + "\\src\\";
      case 2 -> "~/" + secrets.account() + "/";
      case 3 -> "\\\\" + secrets.host() + "\\" + secrets.account() + "\\";
      default -> "/usr/lib/";
    };
  }

  private String message() {
    StringBuilder message = new StringBuilder(pick("cannot open ", "lost ", "\"", "", "at ("));
    int parts = random.nextInt(40) == 0 ? 60 + random.nextInt(90) : random.nextInt(5);
    for (int i = 0; i < parts; i++) {
      message.append(
          switch (random.nextInt(4)) {
            case 0 -> " and then ";
            case 1 -> " " + text().replaceAll("[^ -~]", " ") + " ";
            default -> pick(" ", " (", ", ", "\n", " <", " [") + secrets.inTheWild();
          });
      message.append(pick(" ", " ", "\n", ") ", ", "));
    }
    return message.toString();
  }

  /** The facts of a crash, as they are before or after anybody has looked through them. */
  List<Fact> facts(Crash crash) {
    return CrashFacts.of(crash, random.nextInt(3));
  }

  private <T> Optional<T> maybe(T value) {
    return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
  }

  private String hex(int digits) {
    byte[] bytes = new byte[digits / 2];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @SafeVarargs
  private <T> T pick(T... choice) {
    return choice[random.nextInt(choice.length)];
  }
}
