package org.candor.rest.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.candor.api.web.WebEventAction;
import org.candor.rest.response.RefusedRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ID = "3f2b8c1e-0000-4000-8000-00000000000A";
  private static final String VISITOR = "9c5b94b1-35ad-49bb-b118-8e8fc24abf80";

  private final EventReader reader = new EventReader(Clock.fixed(NOW, ZoneOffset.UTC));

  private SentEvents read(String json) throws RefusedRequestException {
    return reader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private SentEvent one(String json) throws RefusedRequestException {
    return read(json).events().get(0);
  }

  @Test
  void oneEventIsReadWithAllItsParts() throws Exception {
    SentEvents sent =
        read(
            """
            {"type":"login","id":"%s","at":"2026-03-01T13:30:00.5+01:00","user":"Käthe \\ud83d\\ude00",
             "visitor":"%s","version":null,"path":"/a?b","key":"k","new":{"in":[1,{}]}}
            """
                .formatted(ID, VISITOR));
    assertThat(sent.key()).isEqualTo("k");
    assertThat(sent.events())
        .containsExactly(
            new SentEvent(
                ID.toLowerCase(java.util.Locale.ROOT),
                WebEventAction.LOGIN,
                Instant.parse("2026-03-01T12:30:00.500Z"),
                "Käthe \ud83d\ude00",
                VISITOR,
                "/a?b",
                ""));
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, true",
    "2.4.0-rc_1+build.7, true",
    "jo@shop.test, false",
    "1.2 of Jo, false",
    "1.2.3\u00e4, false",
    "https://shop.test/jo, false",
  })
  void aVersionThatIsNotWrittenLikeOneCountsAsNone(String version, boolean kept) throws Exception {
    assertThat(one("{\"type\":\"page\",\"version\":\"" + version + "\"}").version())
        .isEqualTo(kept ? version : "");
  }

  @ParameterizedTest
  @CsvSource({
    "9c5b94b1-35ad-49bb-b118-8e8fc24abf80, true",
    "jo@shop.test, false",
    "Jo +49 170 1234567, false",
    "9c5b94b1-35ad-49bb-b118-8e8fc24abf8o, false",
  })
  void aVisitorThatIsNoRandomIdCountsAsNone(String visitor, boolean kept) throws Exception {
    assertThat(one("{\"type\":\"page\",\"visitor\":\"" + visitor + "\"}").visitor())
        .isEqualTo(kept ? visitor : "");
  }

  @Test
  void aVersionThatIsTooLongCountsAsNone() throws Exception {
    for (int length : new int[] {64, 65, 200}) {
      assertThat(one("{\"type\":\"page\",\"version\":\"" + "1".repeat(length) + "\"}").version())
          .hasSize(length > 64 ? 0 : length);
    }
  }

  @Test
  void whatIsLeftOutIsMadeUp() throws Exception {
    SentEvent page = one("{\"type\":\"page\"}");
    assertThat(page.id()).hasSize(36);
    assertThat(page.at()).isEqualTo(NOW);
    assertThat(page.of("p", new WordPaths()).path()).isEqualTo("/unknown");
    assertThat(one("{\"type\":\"logout\",\"path\":\"/a\"}").of("p", new WordPaths()).path())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-28T12:00:00Z, 2026-02-28T12:00:00Z",
    "2026-03-02T12:00:00Z, 2026-03-02T12:00:00Z",
    "2026-02-28T11:59:59Z, 2026-03-01T12:00:00Z",
    "1970-01-01T00:00:00Z, 2026-03-01T12:00:00Z",
    "+999999999-01-01T00:00:00Z, 2026-03-01T12:00:00Z",
  })
  void aClockThatIsADayOffIsNotBelieved(String told, Instant taken) throws Exception {
    assertThat(one("{\"type\":\"page\",\"at\":\"" + told + "\"}").at()).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                         | The body is not JSON
          nonsense                                   | The body is not JSON
          []                                         | The body is not a JSON object
          {"type":"page"} {}                         | The body is
          {}                                         | type is missing
          {"type":"click"}                           | type = click is refused; allowed is login, logout or page
          {"type":7}                                 | type is refused; allowed is a text
          {"type":"login"}                           | user is missing
          {"type":"page","user":7}                   | user is refused; allowed is a text of at most 200
          {"type":"page","user":"a\\u0007"}          | user is refused
          {"type":"page","user":"a\\u0085"}          | user is refused
          {"type":"page","user":"a\\ud83d"}          | The body is not JSON
          {"type":"page","visitor":{}}               | visitor is refused
          {"type":"page","version":[1]}              | version is refused
          {"type":"page","path":true}                | path is refused
          {"type":"page","at":"yesterday"}           | at is refused; allowed is a moment
          {"type":"page","at":"2026-03-01"}          | at is refused
          {"type":"page","id":"7"}                   | id is refused; allowed is a UUID
          {"type":"page","id":"３f2b8c1e-0000-4000-8000-000000000000"} | id is refused
          {"events":[]}                              | events is empty
          {"events":{}}                              | events is refused; allowed is a list
          {"events":[7]}                             | events[0] is not a JSON object
          {"events":[{"type":"page"},{"type":"x"}]}  | events[1].type = x is refused
          {"type":"page","type":"logout"}            | type is given twice
          {"type":"page","new":1,"n\\u0065w":{}}     | new is given twice
          {"type":"page","key":"a","key":"a"}        | key is given twice
          {"events":[{"type":"page"}],"events":[{"type":"page"}]} | events is given twice
          {"events":[{"type":"page","user":null,"user":"jo"}]}    | events[0].user is given twice
          """)
  void whatIsNotUnderstoodIsRefusedAsAWhole(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(RefusedRequestException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith(". None was taken.");
  }

  @Test
  void lengthsAreBounded() throws Exception {
    assertThat(one("{\"type\":\"page\",\"user\":\"" + "u".repeat(200) + "\"}").user()).hasSize(200);
    assertThatThrownBy(() -> one("{\"type\":\"page\",\"user\":\"" + "u".repeat(201) + "\"}"))
        .hasMessageStartingWith("user is refused");
    assertThat(read(batch(1000)).events()).hasSize(1000);
    assertThatThrownBy(() -> read(batch(1001))).hasMessageContaining("more than 1000 events");
    assertThatThrownBy(() -> reader.read(new byte[] {'"', (byte) 0xff, '"'}))
        .hasMessageStartingWith("The body is not UTF-8");
    assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(100_000)))
        .hasMessageStartingWith("The body is not JSON");
  }

  private static String batch(int events) {
    return IntStream.range(0, events)
        .mapToObj(
            i ->
                """
                {"type":"page","id":"%08x-0000-4000-8000-000000000000",\
                "at":"2026-03-01T11:59:58.123Z","user":"somebody","visitor":"%08x",\
                "path":"/services/detail/%d?tab=1","version":"1.2.3"}"""
                    .formatted(i, i, i))
        .collect(Collectors.joining(",", "{\"key\":\"k\",\"events\":[", "]}"));
  }

  @Test
  void aThousandEventsAreReadAndTemplatedFast() throws Exception {
    byte[] batch = batch(1000).getBytes(StandardCharsets.UTF_8);
    PagePaths paths = RoutePaths.of(java.util.List.of("/", "/nodes", "/services/detail/[id]"));
    ThreadMXBean processor = ManagementFactory.getThreadMXBean();
    double best = 0;
    for (int round = 0; round < 200; round++) {
      long begin = processor.getCurrentThreadCpuTime();
      int length = 0;
      for (SentEvent event : reader.read(batch).events()) {
        length += event.of("shop", paths).path().length();
      }
      assertThat(length).isEqualTo(21_000);
      best = Math.max(best, 1000 * 1e9 / (processor.getCurrentThreadCpuTime() - begin));
    }
    System.out.printf(
        "%d bytes of 1,000 events: %,.0f events/s and processor%n", batch.length, best);
    assertThat(best).isGreaterThan(100_000);
  }
}
