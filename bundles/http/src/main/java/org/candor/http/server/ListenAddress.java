package org.candor.http.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where to listen.
 *
 * @param host an IP address or {@code localhost}: nothing that DNS would be asked for
 * @param port 0 is any that is free
 */
public record ListenAddress(String host, int port) {

  InetSocketAddress resolve() throws IOException {
    return new InetSocketAddress(
        host.equalsIgnoreCase("localhost")
            ? InetAddress.getByName("127.0.0.1")
            : InetAddress.getByName(host),
        port);
  }

  /** Whether nobody on another machine can reach it; false too when it is no address. */
  public boolean isLoopback() {
    try {
      return resolve().getAddress().isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  // JDK 17 keeps the record class whose generated equals was linked last, and so its class loader:
  // java.lang.runtime.ObjectMethods compares through one method handle, which remembers its type.
  @Override
  public boolean equals(Object other) {
    return other instanceof ListenAddress address && toString().equals(address.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
