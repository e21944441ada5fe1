package org.candor.sink.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * A million packets that somebody changed, from where a socket would hand them over (UDP, TCP, the
 * body of HTTPS) through dnsjava and all of the sink to the formatter's reader: what comes out is
 * small, harmless and never an exception.
 */
@Tag("long")
class PacketFuzzTest {

  private static final int PACKETS = 1_000_000;
  private static final List<Long> SEEDS = List.of(4L, 5L);

  /** Each byte of a text as six characters at the most, and some air for brackets. */
  private static final int LARGEST_REPLY = 6 * Reply.MOST_BYTES + 1000;

  /** What one packet of 64 KB may cost, twenty times the usual. */
  private static final long MOST_MEMORY = 64L << 20;

  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  /** For all of them, on a machine that has much else to do. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  @Test
  void aMillionPacketsAreReadOrDeclined() throws Exception {
    // Threads of their own, since exceptions cost more the deeper the stack is.
    ExecutorService threads = Executors.newFixedThreadPool(SEEDS.size(), PacketFuzzTest::daemon);
    List<Run> runs = SEEDS.stream().map(Run::new).toList();
    Map<String, Integer> ends = new TreeMap<>();
    try {
      List<Future<Map<String, Integer>>> results =
          threads.invokeAll(runs, LONGEST.toSeconds(), TimeUnit.SECONDS);
      for (int i = 0; i < runs.size(); i++) {
        assertThat(results.get(i).isCancelled()).as("hangs at %s", runs.get(i)).isFalse();
        results.get(i).get().forEach((end, count) -> ends.merge(end, count, Integer::sum));
      }
    } finally {
      threads.shutdownNow();
    }

    // Otherwise the packets are not what this test is for.
    assertThat(ends)
        .containsOnlyKeys(
            "news",
            "no news",
            "refused",
            "advice",
            "cannot be read",
            "strange packets",
            "another question",
            "says")
        .allSatisfy((end, count) -> assertThat(count).isGreaterThan(PACKETS / 100));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "test-fuzz");
    thread.setDaemon(true);
    return thread;
  }

  /** A part of the packets, from a seed of its own. */
  private static final class Run implements Callable<Map<String, Integer>> {
    private final long seed;
    private final Packets packets;
    private final Map<String, Integer> ends = new TreeMap<>();
    private final com.sun.management.ThreadMXBean thread =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final org.candor.format.dns.answer.UpgradeAnswerReader reader =
        new org.candor.format.dns.answer.UpgradeAnswerReader(Optional.empty(), Clock.systemUTC());
    private volatile byte[] last = {};
    private volatile int made;

    private Run(long seed) {
      this.seed = seed;
      this.packets =
          new Packets(
              new Question(DomainName.parse("n.c.v1.zone.example")).query().toWire(),
              new Random(seed));
    }

    @Override
    public Map<String, Integer> call() {
      DnsSink overUdp = sink("127.0.0.1");
      DnsSink overHttps = sink("https://dns.example/");
      Payload question = overUdp.encode(List.of(Sinks.message("n.c.v1")));
      Deadline deadline = Deadline.after(Duration.ofHours(1), Clock.systemUTC());
      while (made < PACKETS / SEEDS.size()) {
        long memory = thread.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        try {
          Receipt receipt = (made % 8 == 0 ? overHttps : overUdp).send(question, deadline);
          check(receipt);
          ends.merge(
              receipt.reply().map(this::read).orElseGet(() -> end(receipt)), 1, Integer::sum);
        } catch (Exception | Error e) {
          throw new AssertionError(toString(), e);
        }
        if (thread.getCurrentThreadAllocatedBytes() - memory > MOST_MEMORY
            || System.nanoTime() - start > MOST_TIME.toNanos()) {
          throw new AssertionError("costs too much: " + this);
        }
      }
      return ends;
    }

    @Override
    public String toString() {
      return "seed %d, packet %d: %s".formatted(seed, made, HexFormat.of().formatHex(last));
    }

    private static void check(Receipt receipt) {
      require(
          receipt.outcome() == Outcome.DELIVERED || receipt.outcome() == Outcome.RETRY, "outcome");
      require(isHarmless(receipt.answer()) && !receipt.answer().isEmpty(), "answer");
      require(isHarmless(receipt.advice()), "advice");
      require(receipt.reply().map(Bytes::size).orElse(0) <= LARGEST_REPLY, "size of the reply");
      boolean delivered = receipt.outcome() == Outcome.DELIVERED;
      require(
          delivered == (receipt.reply().isPresent() != !receipt.advice().isEmpty()),
          "neither reply nor advice");
      require(delivered || receipt.rest().isPresent(), "rest");
    }

    private static boolean isHarmless(String text) {
      return text.length() <= 500 && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean condition, String what) {
      if (!condition) {
        throw new AssertionError(what);
      }
    }

    private static String end(Receipt receipt) {
      if (!receipt.advice().isEmpty()) {
        return "advice";
      }
      return Stream.of("cannot be read", "strange packets", "another question", "says")
          .filter(receipt.answer()::contains)
          .findFirst()
          .orElse("else");
    }

    private String read(Bytes reply) {
      try {
        return reader.read("n.c.v1", "2.4.0", reply).isPresent() ? "news" : "no news";
      } catch (RefusedAnswerException e) {
        return "refused";
      }
    }

    private DnsSink sink(String resolver) {
      return new DnsSink(
          new InMemoryHttp(),
          List::of,
          new Addresses(InetAddress::getAllByName),
          new NameServers(List.of(Duration.ofSeconds(1)), deadline -> new InMemoryWire()),
          new Keys("zone.example", resolver),
          Clock.systemUTC());
    }

    private byte[] next(byte[] query) {
      made = made + 1;
      last = packets.next(query);
      return last;
    }

    /** What {@link Wire} is, without sockets. */
    private final class InMemoryWire implements IoClientFactory, UdpIoClient, TcpIoClient {
      @Override
      public UdpIoClient createOrGetUdpClient() {
        return this;
      }

      @Override
      public TcpIoClient createOrGetTcpClient() {
        return this;
      }

      @Override
      public CompletableFuture<byte[]> sendAndReceiveUdp(
          InetSocketAddress local,
          InetSocketAddress remote,
          org.xbill.DNS.Message query,
          byte[] data,
          int max,
          Duration timeout) {
        byte[] said = next(data);
        return Echo.answers(data, said)
            ? CompletableFuture.completedFuture(said)
            : CompletableFuture.failedFuture(new SocketTimeoutException(" (strange packets)"));
      }

      @Override
      public CompletableFuture<byte[]> sendAndReceiveTcp(
          InetSocketAddress local,
          InetSocketAddress remote,
          org.xbill.DNS.Message query,
          byte[] data,
          Duration timeout) {
        return CompletableFuture.completedFuture(next(data));
      }
    }

    private final class InMemoryHttp implements HttpTransport {
      @Override
      public HttpAnswer exchange(HttpCall call, Deadline deadline) {
        byte[] said = next(call.body().orElseThrow().toArray());
        return new HttpAnswer(
            200, Map.of("content-type", List.of("application/dns-message")), Bytes.copyOf(said));
      }

      @Override
      public <T> T stream(HttpCall call, Deadline deadline, BodyReader<T> reader) {
        throw new AssertionError("not used");
      }
    }
  }
}
