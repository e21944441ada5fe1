package org.candor.http.client;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import org.candor.api.Deadline;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;

/** The real transport without a container around it; closing it deactivates it. */
public final class LocalTransport implements HttpTransport, AutoCloseable {

  private final ClassicTransport transport;

  private LocalTransport(ClassicTransport transport) {
    this.transport = transport;
  }

  /** Configured as by an empty file. */
  public static LocalTransport open() {
    return open(Keys.of("", "10s", "30s"), InetAddress::getAllByName);
  }

  static LocalTransport open(Keys keys, Names.Resolver resolver) {
    return new LocalTransport(new ClassicTransport(keys, resolver));
  }

  static LocalTransport open(Keys keys) {
    return open(keys, InetAddress::getAllByName);
  }

  void modify(Keys keys) {
    transport.modified(keys);
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
  record Keys(String caFile, String connectTimeout, String requestTimeout) implements Config {

    static Keys of(String caFile, String connectTimeout, String requestTimeout) {
      return new Keys(caFile, connectTimeout, requestTimeout);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Config.class;
    }
  }
}
