package org.candor.format.dns;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that a version check asks DNS for, without the vendor's zone. This is its specification.
 *
 * <pre>
 * NODE.CLUSTER[[.kVERSION].dDISTRIBUTION].pVERSION.v1     an installation's question
 * any.v1                                                 everybody's question
 * </pre>
 *
 * <table>
 * <caption>Labels, from the right</caption>
 * <tr><th>label</th><th>holds</th></tr>
 * <tr><td>{@code v1}</td><td>this specification; another one has another label</td></tr>
 * <tr><td>{@code p…}</td><td>the product's version; {@code p} alone when it is not known</td></tr>
 * <tr><td>{@code d…}</td><td>the distribution of Kubernetes; absent when the owner named none
 * </td></tr>
 * <tr><td>{@code k…}</td><td>the version of Kubernetes; absent when it is not known, or the
 * distribution is absent</td></tr>
 * <tr><td>26 digits</td><td>the cluster's pseudonym, 128 bits</td></tr>
 * <tr><td>26 digits</td><td>the node's pseudonym, 128 bits</td></tr>
 * </table>
 *
 * <p>Pseudonyms and texts (their UTF-8) are base32hex of RFC 4648 in lower case without padding.
 * Names are read in any case, since a resolver may change the case of letters (0x20).
 *
 * <p>Lengths: a label has 63 characters at most, a name {@value #LONGEST}, which leaves a zone 99:
 * together with the dot between them that is the 253 of RFC 1035. The product's version may fill
 * its label: 38 bytes of UTF-8. The two labels of Kubernetes share what is left, 31 characters at
 * least and 86 beside a version like {@code 2.4.0}: each gets what it needs if both fit; otherwise
 * none is cut below half of that room to make place for the other. A text that does not fit is cut
 * between two characters and marked: after its letter stand the beginning, a hyphen and the first
 * 40 bits of the SHA-256 of the whole (8 digits). Whoever knows the texts that there are recognises
 * the one that was cut; it is read back as its beginning, {@code …} and the eight digits.
 *
 * <p>The broadest label is rightmost, so that a stock server answers with one wildcard for each
 * version ({@code *.pVERSION.v1}) and one for all others ({@code *.v1}): a wildcard stands for any
 * number of labels. A resolver that minimises names (RFC 9156) asks for the intermediate ones
 * first. They must exist, or it may stop there (RFC 8020): those to the left of {@code pVERSION}
 * exist by the wildcard, the others because something stands below them; the zone file of {@code
 * telemetry:zone} gives these a record as well, for servers that know no empty non-terminals.
 *
 * <p>{@code any.v1} tells nothing about who asks, and is the same for all, so that the caches of
 * resolvers answer it.
 *
 * @param clusterId the cluster's pseudonym, 32 lower-case hexadecimal digits; empty for everybody's
 *     question, whose other parts are empty too
 * @param nodeId the node's pseudonym, likewise
 * @param version the product's version; empty when it is not known
 * @param kubernetesVersion empty when it is not known or nobody named a distribution
 * @param kubernetesDistro empty when nobody named one
 */
public record QueryName(
    String clusterId,
    String nodeId,
    String version,
    String kubernetesVersion,
    String kubernetesDistro) {

  /** Everybody's question, which names nobody. */
  public static final QueryName ANY = new QueryName("", "", "", "", "");

  /** The name below which all questions are. */
  public static final String ROOT = "v1";

  /** The longest name without a zone. */
  public static final int LONGEST = 153;

  /** The longest zone, without a dot at its end. */
  public static final int LONGEST_ZONE = 253 - 1 - LONGEST;

  private static final String ANY_NAME = "any." + ROOT;

  // No letter, digit, hyphen or dot may touch the name on its left, nor make its last label longer.
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![0-9a-z_.-])(?:any"
              + "|(?<node>[0-9a-v]{26})\\.(?<cluster>[0-9a-v]{26})"
              + "(?:(?:\\.k(?<kubernetes>[0-9a-v-]{1,62}))?\\.d(?<distro>[0-9a-v-]{1,62}))?"
              + "\\.p(?<version>[0-9a-v-]{0,62})"
              + ")\\.v1(?![0-9a-z_-])");

  /**
   * Drops a version of Kubernetes that nobody named a distribution for.
   *
   * @throws IllegalArgumentException when an id is no pseudonym, or only one of them is empty
   */
  public QueryName {
    if (clusterId.isEmpty() ? !(nodeId + version + kubernetesDistro).isEmpty() : !isId(clusterId)) {
      throw new IllegalArgumentException("not a cluster's pseudonym: " + clusterId);
    }
    if (!clusterId.isEmpty() && !isId(nodeId)) {
      throw new IllegalArgumentException("not a node's pseudonym: " + nodeId);
    }
    if (kubernetesDistro.isEmpty()) {
      kubernetesVersion = "";
    }
  }

  /** Whether the text is a pseudonym: 32 lower-case hexadecimal digits. */
  static boolean isId(String text) {
    if (text.length() != 32) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The name below which all questions of a version are, such as {@code p68n2s.v1}. */
  public static String below(String version) {
    return TextLabel.encode('p', version, TextLabel.LONGEST) + "." + ROOT;
  }

  /** The name without a zone and without a dot at its end. */
  public String encode() {
    if (clusterId.isEmpty()) {
      return ANY_NAME;
    }
    StringBuilder name = new StringBuilder(LONGEST);
    pseudonym(nodeId, name);
    pseudonym(clusterId, name);
    String below = below(version);
    if (!kubernetesDistro.isEmpty()) {
      kubernetes(LONGEST - name.length() - below.length(), name);
    }
    return name.append(below).toString();
  }

  private static void pseudonym(String id, StringBuilder name) {
    byte[] bytes = HexFormat.of().parseHex(id);
    Base32Hex.encode(bytes, bytes.length, name);
    name.append('.');
  }

  /** Appends two labels, or one when the version is not known, each with the dot behind it. */
  private void kubernetes(int roomWithDots, StringBuilder name) {
    if (kubernetesVersion.isEmpty()) {
      name.append(label('d', kubernetesDistro, roomWithDots - 1)).append('.');
      return;
    }
    int room = roomWithDots - 2;
    int left = room - TextLabel.length(kubernetesVersion);
    String distro = label('d', kubernetesDistro, Math.max(left, room / 2));
    String version = label('k', kubernetesVersion, room - distro.length());
    name.append(version).append('.').append(distro).append('.');
  }

  private static String label(char kind, String text, int room) {
    return TextLabel.encode(kind, text, Math.min(room, TextLabel.LONGEST));
  }

  /**
   * Finds a query name in a text: the name alone, with or without a zone and a dot at its end, in
   * any case, or a line of a server's log.
   *
   * @return empty when there is none
   */
  public static Optional<QueryName> decode(String text) {
    Matcher matcher = NAME.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      Optional<QueryName> name = read(matcher);
      if (name.isPresent()) {
        return name;
      }
    }
    return Optional.empty();
  }

  private static Optional<QueryName> read(Matcher matcher) {
    if (matcher.group("node") == null) {
      return Optional.of(ANY);
    }
    Optional<String> cluster = id(matcher.group("cluster"));
    Optional<String> node = id(matcher.group("node"));
    Optional<String> version = TextLabel.decode(matcher.group("version"));
    Optional<String> kubernetes = optional(matcher.group("kubernetes"));
    Optional<String> distro = optional(matcher.group("distro"));
    if (cluster.isEmpty()
        || node.isEmpty()
        || version.isEmpty()
        || kubernetes.isEmpty()
        || distro.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new QueryName(cluster.get(), node.get(), version.get(), kubernetes.get(), distro.get()));
  }

  private static Optional<String> id(String digits) {
    return Base32Hex.decode(digits).map(HexFormat.of()::formatHex);
  }

  private static Optional<String> optional(String digits) {
    return digits == null ? Optional.of("") : TextLabel.decode(digits);
  }
}
