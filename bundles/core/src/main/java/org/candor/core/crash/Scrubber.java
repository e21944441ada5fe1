package org.candor.core.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.text.PlainText;

/**
 * Data scrubbing (redaction): takes out of a crash what could name a person, a machine or a secret,
 * and shortens what is long. Rather too much goes than too little: a message is for finding a
 * fault, and what it is about shows without the names in it. Frames keep class, method, file name
 * and line.
 */
final class Scrubber {

  static final int LONGEST_MESSAGE = 1000;
  static final int LONGEST_NAME = 200;
  private static final int MOST_FAILURES = 10;
  private static final int MOST_FRAMES = 200;

  /** A message is cut to this before anything else. */
  private static final int LONGEST_INPUT = 2 * LONGEST_MESSAGE;

  /** A name is cut to this; what goes may be longer than what stands for it. */
  private static final int LONGEST_NAME_INPUT = 3 * LONGEST_NAME;

  private static final Pattern PATH = Pattern.compile("[/~]|[a-zA-Z]:\\\\|\\\\\\\\");
  private static final Pattern UNLIKE_A_NAME = Pattern.compile("[^\\w.$<>+~:#@/ ()*&,-]");

  /*
   * Every pattern takes time in proportion to the text (no catastrophic backtracking): what may
   * repeat without end begins only where the text before it is of another kind, or where the match
   * before ended (\G), so that no character is looked at from many beginnings.
   */
  private static final List<Rule> RULES =
      List.of(
          rule("-----", "-----BEGIN [A-Z ]+-----.*?(-----END [A-Z ]+-----|$)", "<key>"),
          rule("://", "\\b[a-z][a-z0-9+.-]{1,20}://[^\\s\"'<>]+", "<url>"),
          rule("@", "(?:\\G|(?<![\\w.+%-]))[\\w.+%-]++@[\\w.-]+", "<mail>"),
          rule("", "\\b(bearer|basic|negotiate|digest)\\s+[\\w.~+/=-]{4,}", "$1 <secret>"),
          secret(
              "(?:passw(?:or)?d|passwd|passphrase|pwd|secret|token|credentials?|api[_-]?key"
                  + "|access[_-]?key|private[_-]?key|auth(?:orization)?|session(?:[_-]?id)?"
                  + "|cookie)[a-z_-]{0,200}+",
              "\\s*[:=]\\s*|\\s+is\\s+"),
          secret("passw(?:or)?d|passwd|passphrase|pwd|secret|token|api[_-]?key", "\\s+"),
          rule("", "\\beyJ[\\w.-]+", "<secret>"),
          rule("", "\\b(AKIA|ASIA)[A-Z0-9]{12,}", "<secret>"),
          rule(
              "", "\\b(gh[pousr]_|github_pat_|xox[a-z]-|sk-|pk_|sk_|glpat-)[\\w-]{8,}", "<secret>"),
          rule("-", "\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<id>"),
          rule("", "(?<![0-9a-f:])([0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f:])", "<address>"),
          rule(
              ".",
              "(?<![\\d.])(\\d{1,3}\\.){3}\\d{1,3}(?![\\d.]*\\d)(:\\d+)?(/\\d+)?",
              "<address>"),
          rule(
              ":",
              "(?<![\\w:.])\\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%\\w+)?\\]?(:\\d+)?(?![\\w:])",
              "<address>"),
          rule(":\\", "(?<![\\w.])[a-z]:\\\\[^\\s\"'<>|:*?]*", "<path>"),
          rule("\\\\", "\\\\\\\\[^\\s\"'<>|:*?]+", "<path>"),
          rule("/", "(?<![\\w.>~])~?/[^\\s\"'<>,;:()\\[\\]{}|]+", "<path>"),
          rule("~", "~[a-z_][\\w-]*", "<path>"),
          rule(
              ".",
              "(?<![\\w$./-])(?:[a-z0-9-]{1,63}\\.){1,10}"
                  + "(?:com|net|org|edu|gov|io|dev|app|cloud|ai|co|eu|de|fr|uk|us|ch|at|nl|it|es|se"
                  + "|jp|cn|in|au|ca|local|localdomain|lan|home|corp|internal|intranet|intern|svc"
                  + "|cluster|example|invalid|test)\\.?(?![\\w$.-]*\\w)(:\\d+)?",
              "<host>"),
          rule(
              ":",
              "(?<![\\w$.-])(?![\\w.-]*\\.(?:java|kt|scala|groovy|c|cc|cpp|h|go|py|rs|js|ts|rb):)"
                  + "[a-z][a-z0-9.-]*[a-z0-9]:\\d{2,5}(?![\\w.])",
              "<host>"),
          rule(
              "",
              "((?<![\\w.+/-])|(?<=\\.)\\w*+[+/-])"
                  + "(?=[\\w+/-]*\\d)(?=[\\w+/-]*[a-z])[\\w+/-]{24,}+={0,2}",
              "$1<secret>"));

  /**
   * What a class, a method or a module may hold too. Names have slashes and at signs of their own:
   * {@code java.base@17.0.1/java.lang.Thread}, {@code github.com/acme/db.Open}.
   */
  private static final List<Rule> NAME_RULES =
      List.of(
          rule(":/", "\\b[a-z][a-z0-9+.-]{1,20}:/{1,3}[^\\s\"'<>()]+", "<url>"),
          rule(
              "@",
              "(?:\\G|(?<![\\w.+%-]))[\\w.+%-]++@(?:[\\w-]++\\.){1,10}[a-z]{2,}+(?!\\w)",
              "<mail>"),
          rule(":\\", "(?<![\\w.])[a-z]:\\\\[^\\s\"'<>|:*?()]*", "<path>"),
          rule("\\\\", "\\\\\\\\[^\\s\"'<>|:*?()]+", "<path>"),
          rule("/", "(?<![\\w./>~])(?:~[\\w.-]*)?/[^\\s\"'<>,;:()\\[\\]{}|]+", "<path>"));

  private final List<Rule> own = new ArrayList<>();

  /**
   * @param names what this machine and the account are called
   */
  Scrubber(List<String> names) {
    for (String name : names) {
      if (name.length() > 2) {
        own.add(rule("", "(?<![\\w])" + Pattern.quote(name) + "(?![\\w])", "<name>"));
      }
    }
  }

  /**
   * @param needs what stands in each text that the pattern finds something in; most texts have it
   *     not, and to look for it takes no time
   */
  private record Rule(String needs, Pattern pattern, String replacement) {
    String apply(String text) {
      return text.contains(needs) ? pattern.matcher(text).replaceAll(replacement) : text;
    }
  }

  private static Rule rule(String needs, String pattern, String replacement) {
    return new Rule(
        needs, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), replacement);
  }

  /** A word that says that a secret follows, what stands between, and the secret. */
  private static Rule secret(String words, String between) {
    return rule(
        "",
        "(?<![a-z])((?:[a-z]{1,30}[_.-]){0,5}(?:"
            + words
            + ")[\"']?)("
            + between
            + ")(\"[^\"]*\"?|'[^']*'?|(?!(?:for|of|is|in|was|has|at|the|to|and|or)\\b|<)[^\\s,;)]+)",
        "$1$2<secret>");
  }

  Crash scrub(Crash crash) {
    return new Crash(
        crash.id(),
        shorten(message(crash.component()), LONGEST_NAME),
        crash.at(),
        crash.level(),
        message(crash.message()),
        crash.signal(),
        crash.exitCode(),
        crash.coreDumped(),
        crash.failures().stream().limit(MOST_FAILURES).map(this::scrub).toList());
  }

  private Failure scrub(Failure failure) {
    return new Failure(
        name(failure.type()),
        message(failure.message()),
        failure.frames().stream().limit(MOST_FRAMES).map(Scrubber::scrub).toList());
  }

  private static Frame scrub(Frame frame) {
    return new Frame(
        name(frame.type()), name(frame.method()), fileName(frame.file()), line(frame.line()));
  }

  private static Optional<Integer> line(Optional<Integer> line) {
    return line.filter(number -> number > 0);
  }

  private static String fileName(String path) {
    return name(lastPart(path));
  }

  private static String lastPart(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /** The name of a class, a method or a file: a path has no place in it, nor has a sentence. */
  private static String name(String name) {
    String module = PATH.matcher(name).lookingAt() ? lastPart(name) : name;
    String text = PlainText.shown(shorten(module, LONGEST_NAME_INPUT)).strip();
    for (Rule rule : NAME_RULES) {
      text = rule.apply(text);
    }
    boolean isLong = text.length() > LONGEST_NAME;
    String kept = isLong ? text.substring(0, LONGEST_NAME - 1) : text;
    return UNLIKE_A_NAME.matcher(kept).replaceAll("_") + (isLong ? "\u2026" : "");
  }

  String message(String message) {
    String text = PlainText.shown(cut(message)).strip();
    for (Rule rule : RULES) {
      text = rule.apply(text);
    }
    for (Rule rule : own) {
      text = rule.apply(text);
    }
    return shorten(text, LONGEST_MESSAGE);
  }

  /** Half a word may be half of an address, which no rule knows: it goes. */
  private static String cut(String message) {
    if (message.length() <= LONGEST_INPUT) {
      return message;
    }
    String text = message.substring(0, LONGEST_INPUT);
    int end = text.length();
    while (end > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return (end > 0 ? text.substring(0, end) : text) + "\u2026";
  }

  private static String shorten(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
  }
}
