package org.candor.http.client;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.candor.api.Deadline;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;

/** The real transport without a container around it; closing it deactivates it. */
public final class LocalTransport implements HttpTransport, AutoCloseable {

  private final ClassicTransport transport;

  private LocalTransport(ClassicTransport transport) {
    this.transport = transport;
  }

  /** Configured as by an empty file, in an environment that names no proxy. */
  public static LocalTransport open() {
    return open(Keys.of("", "10s", "30s"), InetAddress::getAllByName);
  }

  /** Configured as by an empty file, in an environment with these variables. */
  public static LocalTransport in(Map<String, String> environment) {
    return open(Keys.of("", "10s", "30s"), environment, InetAddress::getAllByName);
  }

  /**
   * Configured by a file with these two keys, in an environment that names no proxy.
   *
   * <p>A target on this machine is never proxied, unless it is named by {@link
   * org.candor.http.testing.SocketServer#proxied}.
   */
  public static LocalTransport through(String proxy, String caFile) {
    return open(Keys.of(caFile, "10s", "30s").through(proxy));
  }

  static LocalTransport open(Keys keys, HostResolver.Resolver resolver) {
    return open(keys, Map.of(), resolver);
  }

  static LocalTransport open(
      Keys keys, Map<String, String> environment, HostResolver.Resolver resolver) {
    return new LocalTransport(new ClassicTransport(keys, environment, resolver));
  }

  static LocalTransport open(Keys keys) {
    return open(keys, InetAddress::getAllByName);
  }

  void modify(Keys keys) {
    transport.modified(keys);
  }

  List<ConfigurationProblem> problems() {
    return transport.problems();
  }

  @Override
  public HttpAnswer exchange(HttpCall call, Deadline deadline) throws IOException {
    return transport.exchange(call, deadline);
  }

  @Override
  public <T> T stream(HttpCall call, Deadline deadline, BodyReader<T> reader) throws IOException {
    return transport.stream(call, deadline, reader);
  }

  @Override
  public void close() {
    transport.deactivate();
  }

  /** What stands in the configuration file. */
  record Keys(
      String caFile,
      String proxy,
      String proxyPasswordFile,
      String connectTimeout,
      String requestTimeout)
      implements Config {

    static Keys of(String caFile, String connectTimeout, String requestTimeout) {
      return new Keys(caFile, "", "", connectTimeout, requestTimeout);
    }

    Keys through(String server) {
      return new Keys(caFile, server, proxyPasswordFile, connectTimeout, requestTimeout);
    }

    Keys withPasswordFile(String file) {
      return new Keys(caFile, proxy, file, connectTimeout, requestTimeout);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Config.class;
    }
  }
}
