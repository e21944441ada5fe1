package org.candor.format.dns.vendor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.candor.format.dns.QueryName;
import org.candor.format.dns.answer.AnswerText;
import org.candor.format.dns.answer.Percent;
import org.candor.format.dns.answer.Urgency;
import org.candor.format.dns.answer.VendorAnswer;

/**
 * A zone file (RFC 1035, chapter 5) that lets a stock server answer: a wildcard for each version
 * and one for all others, each with a TXT record beside it, so that the names that a resolver asks
 * for on its way exist by themselves. In ASCII; the same for the same releases, key and time.
 *
 * <p>The serial is the time in seconds since 1970, so a later file has a larger one.
 */
public final class ZoneFile {

  // An hour: as short as the shortest validity, so that no cache keeps what has expired for long.
  private static final int TTL_SECONDS = 3600;
  private static final long SERIALS = 1L << 32;
  private static final int LONGEST_STRING = 255;

  private final Releases releases;
  private final SigningKey key;
  private final Instant issuedAt;
  private final StringBuilder lines = new StringBuilder();

  private ZoneFile(Releases releases, SigningKey key, Instant now) {
    this.releases = releases;
    this.key = key;
    this.issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Writes a zone file.
   *
   * @param zone for which
   * @param releases what to say
   * @param key signs it
   * @param now from when on it holds
   * @throws VendorException when an answer would not fit into one packet
   */
  public static String write(Zone zone, Releases releases, SigningKey key, Instant now)
      throws VendorException {
    ZoneFile file = new ZoneFile(releases, key, now);
    file.head(zone);
    file.answers();
    return file.lines.toString();
  }

  private void head(Zone zone) {
    line("; Answers to version checks of " + Percent.encode(releases.product()) + ".");
    line("; Made at " + issuedAt + " by telemetry:zone; clients refuse it from " + expiresAt());
    line("; on: make it anew before then.");
    if (zone.isFirstTry()) {
      line("; localhost as the name server will do for a first try. Name yours with --name-server");
      line("; before the zone is delegated to them: resolvers ask those that stand here.");
    }
    line("$ORIGIN " + zone.name() + ".");
    line("$TTL " + TTL_SECONDS);
    line(
        "@ IN SOA "
            + zone.nameServers().get(0)
            + " hostmaster."
            + zone.name()
            + ". ( "
            + issuedAt.getEpochSecond() % SERIALS
            + " 3600 600 1209600 300 )");
    zone.nameServers().forEach(server -> line("@ IN NS " + server));
  }

  private void answers() throws VendorException {
    line("; every version that is not listed below");
    answer(QueryName.ROOT, Optional.empty(), Urgency.RECOMMENDED);
    for (var release : releases.releases().entrySet()) {
      line("; " + Percent.encode(release.getKey()));
      answer(QueryName.below(release.getKey()), Optional.of(release.getKey()), release.getValue());
    }
  }

  private void answer(String name, Optional<String> version, Urgency urgency)
      throws VendorException {
    VendorAnswer answer =
        new VendorAnswer(
            releases.product(),
            version,
            releases.newest(),
            urgency,
            releases.url(),
            issuedAt,
            expiresAt());
    String text = AnswerText.write(answer, key.sign(AnswerText.signed(answer)));
    if (text.length() > AnswerText.LONGEST) {
      throw new VendorException(
          "The answer for "
              + version.orElse("versions that are not listed")
              + " has "
              + text.length()
              + " characters, and at most "
              + AnswerText.LONGEST
              + " fit into one packet: shorten product, url or the version (each character that is"
              + " not ASCII counts up to twelve).");
    }
    line(name + " IN TXT" + strings(text));
    line("*." + name + " IN TXT" + strings(text));
  }

  // An answer's text has no quotes, backslashes or other characters that a zone file would escape.
  private static String strings(String text) {
    StringBuilder strings = new StringBuilder();
    for (int start = 0; start < text.length(); start += LONGEST_STRING) {
      int end = Math.min(start + LONGEST_STRING, text.length());
      strings.append(" \"").append(text, start, end).append('"');
    }
    return strings.toString();
  }

  private Instant expiresAt() {
    return issuedAt.plus(releases.validFor());
  }

  private void line(String line) {
    lines.append(line).append('\n');
  }
}
