package org.candor.sink.dns;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * The question for a newer version, from a message to a receipt by Candor, and the same name by
 * dnsjava's {@code Lookup} without a cache; both over UDP, of the same server on loopback.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DnsQuestionBenchmark {

  private static final String RELATIVE = "00112233445566778899aabbccddeeff.ffee.2-4-0.v1";
  private static final String ZONE = "updates.example.com";

  private Server server;
  private DnsSink sink;
  private SimpleResolver resolver;
  private Name name;

  @Setup
  public void begin() throws IOException {
    server = Server.start();
    sink = new DnsSink(new NoHttp(), new Settings(ZONE, "127.0.0.1:" + server.port()));
    resolver = new SimpleResolver(server.address());
    name = Name.fromString(RELATIVE + "." + ZONE + ".");
    if (candorAsks().outcome() != Outcome.DELIVERED || dnsjavaLooksUp().length != 1) {
      throw new IllegalStateException("no answer");
    }
  }

  @TearDown
  public void end() {
    sink.deactivate();
    server.close();
  }

  @Benchmark
  public Receipt candorAsks() throws IOException {
    return sink.send(
        sink.encode(
            List.of(
                new org.candor.api.report.Message(
                    "1", "version-check", DnsSink.QUESTION, Bytes.utf8(RELATIVE)))),
        Deadline.after(Duration.ofSeconds(10), Clock.systemUTC()));
  }

  @Benchmark
  public Record[] dnsjavaLooksUp() {
    Lookup lookup = new Lookup(name, Type.TXT, DClass.IN);
    lookup.setResolver(resolver);
    lookup.setCache(null);
    return lookup.run();
  }

  /** Answers every question with one TXT record as long as a signed answer. */
  private record Server(DatagramSocket socket, Thread thread) implements AutoCloseable {

    static Server start() throws IOException {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(() -> serve(socket), "server");
      thread.setDaemon(true);
      thread.start();
      return new Server(socket, thread);
    }

    int port() {
      return socket.getLocalPort();
    }

    InetSocketAddress address() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static void serve(DatagramSocket socket) {
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      while (!socket.isClosed()) {
        try {
          packet.setLength(4096);
          socket.receive(packet);
          byte[] said = answer(packet).toWire();
          socket.send(new DatagramPacket(said, said.length, packet.getSocketAddress()));
        } catch (IOException e) {
          // Closed, or who asked is gone.
        }
      }
    }

    private static Message answer(DatagramPacket packet) throws IOException {
      Message query = new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
      Message answer = new Message(query.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      Record question = query.getQuestion();
      answer.addRecord(question, Section.QUESTION);
      answer.addRecord(
          new TXTRecord(
              question.getName(), DClass.IN, 0, List.of("x".repeat(255), "y".repeat(100))),
          Section.ANSWER);
      return answer;
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** Questions over UDP need none. */
  private static final class NoHttp implements HttpTransport {

    @Override
    public HttpAnswer exchange(HttpCall call, Deadline deadline) throws IOException {
      throw new IOException("no HTTP here");
    }

    @Override
    public <T> T stream(HttpCall call, Deadline deadline, BodyReader<T> reader) throws IOException {
      throw new IOException("no HTTP here");
    }
  }

  /** The configuration file. */
  private record Settings(String zone, String resolver) implements Config {

    @Override
    public String publicKey() {
      return "";
    }

    @Override
    public String identity() {
      return "anonymous";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Config.class;
    }
  }
}
