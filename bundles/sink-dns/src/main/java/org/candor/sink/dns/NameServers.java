package org.candor.sink.dns;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.candor.api.Deadline;
import org.candor.api.sink.Receipt;
import org.candor.sink.dns.NoAnswerException.Kind;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.io.IoClientFactory;

/**
 * Asks name servers in turn until one answers: over UDP, and over TCP where the answer is cut
 * short. Those that stayed silent are asked once more, with more patience; one that said no is not.
 */
final class NameServers {

  /** How long to wait for one answer, in the first and in the second round. */
  static final List<Duration> PATIENCE = List.of(Duration.ofSeconds(3), Duration.ofSeconds(6));

  /** How many are asked. */
  static final int MOST = 8;

  /** The size of answers over UDP that pass every network whole: DNS flag day 2020. */
  static final int UDP_SIZE = 1232;

  private final List<Duration> patience;
  private final Function<Deadline, IoClientFactory> carrier;

  NameServers(List<Duration> patience) {
    this(patience, Wire::new);
  }

  /**
   * @param carrier of queries and answers, until the deadline
   */
  NameServers(List<Duration> patience, Function<Deadline, IoClientFactory> carrier) {
    this.patience = List.copyOf(patience);
    this.carrier = carrier;
  }

  /**
   * @throws NoAnswerException when none answered, or the deadline was cancelled
   */
  Receipt ask(Question question, List<InetSocketAddress> servers, Deadline deadline)
      throws NoAnswerException {
    Map<InetSocketAddress, NoAnswerException> failures = new LinkedHashMap<>();
    List<InetSocketAddress> toAsk = servers.stream().distinct().limit(MOST).toList();
    for (Duration time : patience) {
      for (InetSocketAddress server : toAsk) {
        if (deadline.remaining().isZero()) {
          throw together(failures);
        }
        try {
          return ResponseReader.receipt(
              question, ask(question, server, time, deadline), place(server));
        } catch (NoAnswerException e) {
          failures.put(server, e);
        }
      }
      toAsk = toAsk.stream().filter(server -> failures.get(server).kind() == Kind.SILENT).toList();
    }
    throw together(failures);
  }

  private Message ask(Question question, InetSocketAddress server, Duration time, Deadline deadline)
      throws NoAnswerException {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setIoClientFactory(carrier.apply(deadline));
    resolver.setEDNS(0, UDP_SIZE, 0, List.of());
    resolver.setTimeout(time);
    CompletableFuture<Message> answer =
        resolver.sendAsync(question.query(), Runnable::run).toCompletableFuture();
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw noAnswer(place(server), time, e.getCause());
    }
  }

  private static NoAnswerException noAnswer(String from, Duration time, Throwable why) {
    String said = why.getMessage() == null ? "" : why.getMessage();
    if (why instanceof SocketTimeoutException) {
      return new NoAnswerException(
          Kind.SILENT, from + " does not answer within " + seconds(time) + said);
    }
    if (why instanceof PortUnreachableException) {
      return new NoAnswerException(Kind.UNREACHABLE, "nothing listens at " + from);
    }
    if (why instanceof ConnectException) {
      return new NoAnswerException(
          Kind.DECLINED, from + " truncates its answer, and does not accept TCP (" + said + ")");
    }
    if (why instanceof EOFException || said.contains("reset") || said.contains("pipe")) {
      return new NoAnswerException(
          Kind.DECLINED, from + " closes the connection in the middle of its answer");
    }
    if (why instanceof SocketException) {
      return new NoAnswerException(Kind.UNREACHABLE, from + " cannot be reached (" + said + ")");
    }
    return new NoAnswerException(Kind.DECLINED, unreadable(from, why));
  }

  /** How to say that an answer makes no sense. */
  static String unreadable(String from, Throwable why) {
    String said = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    return from + " answers with something that cannot be read (" + said + ")";
  }

  private static NoAnswerException together(Map<InetSocketAddress, NoAnswerException> failures) {
    return new NoAnswerException(
        failures.values().stream()
            .map(NoAnswerException::kind)
            .max(Comparator.naturalOrder())
            .orElse(Kind.UNREACHABLE),
        failures.isEmpty()
            ? "There was no time to ask"
            : failures.values().stream()
                .map(NoAnswerException::getMessage)
                .collect(Collectors.joining("; ")));
  }

  private static String seconds(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Address and port, as sentences name them. */
  private static String place(InetSocketAddress server) {
    String address = server.getAddress().getHostAddress();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + server.getPort();
  }
}
