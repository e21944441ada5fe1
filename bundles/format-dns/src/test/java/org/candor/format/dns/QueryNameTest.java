package org.candor.format.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNameTest {

  private static final String CLUSTER = "00112233445566778899aabbccddeeff";
  private static final String NODE = "ffffffffffffffffffffffffffffffff";

  private static final QueryName SAMPLE =
      new QueryName(CLUSTER, NODE, "2.4.0", "v1.29.4", "openshift");

  private static final String SAMPLE_NAME =
      "vvvvvvvvvvvvvvvvvvvvvvvvvs"
          + ".008i4cq4alj7f24platspnfevs"
          + ".keooischp5oq0"
          + ".ddto6arjjd1kmct0"
          + ".p68n38bhg"
          + ".v1";

  @Test
  void isWhatItsSpecificationSays() {
    assertThat(SAMPLE.encode()).isEqualTo(SAMPLE_NAME);
    assertThat(new QueryName(CLUSTER, NODE, "2.4.0", "v1.29.4", "").encode())
        .isEqualTo("vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.p68n38bhg.v1");
    assertThat(new QueryName(CLUSTER, NODE, "", "", "eks").encode())
        .isEqualTo("vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.dclln6.p.v1");
    assertThat(QueryName.below("2.4.0")).isEqualTo("p68n38bhg.v1");
    assertThat(QueryName.ANY.encode()).isEqualTo("any.v1");
  }

  static Stream<String> spellings() {
    return Stream.of(
        SAMPLE_NAME,
        SAMPLE_NAME + ".",
        SAMPLE_NAME + ".upgrade.example.com",
        SAMPLE_NAME + ".upgrade.example.com.",
        SAMPLE_NAME + ".v1.example.com.",
        SAMPLE_NAME.toUpperCase(Locale.ROOT) + ".EXAMPLE.com.",
        randomCase(SAMPLE_NAME + ".Upgrade.Example.COM"),
        "22-Nov-2026 00:21:20.123 client @0x7f0c 127.0.0.1#53211 ("
            + SAMPLE_NAME
            + ".e.com): query: "
            + SAMPLE_NAME
            + ".e.com IN TXT -E(0)DC (127.0.0.1)",
        "[1700000000] unbound[12:0] info: 127.0.0.1 " + SAMPLE_NAME + ".e.com. TXT IN",
        "Remote 127.0.0.1 wants '" + SAMPLE_NAME + ".e.com|TXT', do = 0",
        "{\"qname\":\"" + SAMPLE_NAME + ".e.com.\",\"qtype\":\"TXT\"}");
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void isReadInAnyCaseWithAndWithoutZoneAndFromALog(String text) {
    assertThat(QueryName.decode(text)).contains(SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"any.v1", "ANY.V1.example.com.", "client (any.v1.e.com): query: any.v1"})
  void everybodysQuestionIsReadToo(String text) {
    assertThat(QueryName.decode(text)).contains(QueryName.ANY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "example.com",
        "many.v1",
        "any.v11",
        "any.v1x.example.com",
        // What a resolver that minimises names asks for on its way.
        "p68n38bhg.v1.example.com",
        "008i4cq4alj7f24platspnfevs.p68n38bhg.v1.example.com",
        // A version of Kubernetes without a distribution, and labels in another order.
        "vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.keooischp5oq0.p68n38bhg.v1",
        "vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.dclln6.kclln6.p68n38bhg.v1",
        // Bits that are left over, no base32hex, no UTF-8, a hash that is none.
        "vvvvvvvvvvvvvvvvvvvvvvvvvv.008i4cq4alj7f24platspnfevs.p68n38bhg.v1",
        "vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.p68n38bh.v1",
        "vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.p68n38bhz.v1",
        "vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.pvs.v1",
        "vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.p68-1234567.v1",
        "vvvvvvvvvvvvvvvvvvvvvvvvvs.008i4cq4alj7f24platspnfevs.p68-1234-678.v1",
      })
  void whatIsNoneIsNotRead(String text) {
    assertThat(QueryName.decode(text)).isEmpty();
  }

  @Test
  void aBadNameInALineDoesNotHideAGoodOne() {
    String bad = SAMPLE_NAME.replace("p68n38bhg", "pvs");

    assertThat(QueryName.decode(bad + " " + SAMPLE_NAME)).contains(SAMPLE);
  }

  @Test
  void whateverFitsComesBackAndNothingIsEverTooLong() {
    Random random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      QueryName name = new QueryName(CLUSTER, NODE, text(random), text(random), text(random));
      String encoded = name.encode();
      QueryName decoded = QueryName.decode(encoded + ".example.com.").orElseThrow();

      assertThat(encoded).hasSizeLessThanOrEqualTo(QueryName.LONGEST).matches("[0-9a-v.-]+");
      assertThat(encoded.split("\\.")).allMatch(label -> label.length() <= 63);
      if (encoded.contains("-")) {
        assertThat(decoded.toString()).contains("…");
        assertThat(decoded.clusterId()).isEqualTo(CLUSTER);
      } else {
        assertThat(decoded).isEqualTo(name);
      }
    }
  }

  @Test
  void fillsTheRoomThatThereIs() {
    String longest = "x".repeat(200);

    // Two digits at most are too few for a byte more.
    assertThat(new QueryName(CLUSTER, NODE, longest, longest, longest).encode())
        .hasSizeBetween(QueryName.LONGEST - 2, QueryName.LONGEST);
    assertThat(new QueryName(CLUSTER, NODE, longest, "", longest).encode())
        .hasSizeBetween(QueryName.LONGEST - 2, QueryName.LONGEST);
    assertThat(QueryName.LONGEST + 1 + QueryName.LONGEST_ZONE).isEqualTo(253);
  }

  @Test
  void aVersionOf38BytesIsKeptWholeAndALongerOneKeepsItsBeginningAndAHash() {
    String whole = "1.0.0-" + "x".repeat(32);
    String longer = whole + "y";

    assertThat(decodedVersion(whole)).isEqualTo(whole);
    assertThat(decodedVersion(longer)).matches("1\\.0\\.0-x{27}…[0-9a-v]{8}");
    assertThat(QueryName.below(longer)).isNotEqualTo(QueryName.below(longer + "z"));
  }

  @Test
  void noCharacterIsCutInHalf() {
    IntStream.range(0, 4)
        .mapToObj(shift -> "x".repeat(shift) + "🚀".repeat(20))
        .forEach(version -> assertThat(decodedVersion(version)).matches("x*(🚀)+…[0-9a-v]{8}"));
  }

  @Test
  void aLongVersionOfKubernetesLeavesTheDistributionWhole() {
    QueryName name = new QueryName(CLUSTER, NODE, "2.4.0", "v".repeat(100), "openshift");

    QueryName decoded = QueryName.decode(name.encode()).orElseThrow();

    assertThat(decoded.kubernetesDistro()).isEqualTo("openshift");
    assertThat(decoded.kubernetesVersion()).matches("v{20,}…[0-9a-v]{8}");
  }

  @Test
  void whatIsNoPseudonymIsNotTaken() {
    for (String id : List.of("", "host.example.com", NODE.toUpperCase(Locale.ROOT), NODE + "0")) {
      assertThatThrownBy(() -> new QueryName(CLUSTER, id, "1", "", ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new QueryName(id, NODE, "1", "", ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aLongLineIsReadInNoTime() {
    String line = "vvvvvvvvvvvvvvvvvvvvvvvvvs.".repeat(20_000);

    assertThat(QueryName.decode(line)).isEmpty();
    assertThat(QueryName.decode(line + " " + SAMPLE_NAME)).contains(SAMPLE);
  }

  private static String decodedVersion(String version) {
    Optional<QueryName> decoded =
        QueryName.decode(new QueryName(CLUSTER, NODE, version, "", "").encode());
    return decoded.orElseThrow().version();
  }

  private static String text(Random random) {
    int[] characters =
        random
            .ints(random.nextInt(random.nextBoolean() ? 10 : 80))
            .map(i -> character(i, random))
            .toArray();
    return new String(characters, 0, characters.length);
  }

  private static int character(int i, Random random) {
    int character = Math.floorMod(i, random.nextInt(4) == 0 ? Character.MAX_CODE_POINT : 128);
    return character >= 0xd800 && character <= 0xdfff ? '.' : character;
  }

  private static String randomCase(String text) {
    Random random = new Random(20);
    return Arrays.stream(text.split(""))
        .map(letter -> random.nextBoolean() ? letter.toUpperCase(Locale.ROOT) : letter)
        .reduce("", String::concat);
  }
}
