package org.candor.http.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.net.InetAddressUtils;

/**
 * Asks a SOCKS proxy of version 5: RFC 1928, with the login of RFC 1929 where there is one. A name
 * goes to the proxy as it is, for {@code socks5} as well as for {@code socks5h}: Go makes no
 * difference between them either, and a look-up here would tell the DNS what the proxy was to hide.
 */
final class SocksTunnel implements Tunnel {

  private static final int VERSION = 5;
  private static final int LOGIN_VERSION = 1;
  private static final int NO_LOGIN = 0;
  private static final int LOGIN = 2;
  private static final int NO_METHOD = 0xff;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST = 255;

  private final ProxyServer proxy;

  SocksTunnel(ProxyServer proxy) {
    this.proxy = proxy;
  }

  @Override
  public void open(Socket toProxy, Peer target) throws IOException {
    byte[] request = request(target);
    InputStream in = toProxy.getInputStream();
    say(toProxy, methods());
    switch (version(in, VERSION)) {
      case NO_LOGIN -> {}
      case LOGIN -> logIn(toProxy);
      case NO_METHOD -> throw ProxyException.login(proxy);
      default -> throw new ProxyException("requires an authentication method that was not offered");
    }
    say(toProxy, request);
    int reply = version(in, VERSION);
    if (reply != 0) {
      throw new ProxyException("did not connect to it: " + meaning(reply));
    }
    skipAddress(in);
  }

  private byte[] methods() {
    return proxy.login().isPresent()
        ? new byte[] {VERSION, 2, NO_LOGIN, LOGIN}
        : new byte[] {VERSION, 1, NO_LOGIN};
  }

  private void logIn(Socket toProxy) throws IOException {
    ProxyCredentials login =
        proxy
            .login()
            .orElseThrow(
                () -> new ProxyException("requires an authentication method that was not offered"));
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(LOGIN_VERSION);
    append(message, login.user(), "a user");
    append(message, login.password(), "a password");
    say(toProxy, message.toByteArray());
    if (version(toProxy.getInputStream(), LOGIN_VERSION) != 0) {
      throw ProxyException.login(proxy);
    }
  }

  private static byte[] request(Peer target) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(VERSION);
    message.write(CONNECT);
    message.write(0);
    String host = target.host();
    if (InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host)) {
      byte[] address = InetAddress.getByName(host).getAddress();
      message.write(address.length == 4 ? IPV4 : IPV6);
      message.write(address);
    } else {
      message.write(NAME);
      append(message, host, "a name");
    }
    message.write(target.port() >> 8);
    message.write(target.port());
    return message.toByteArray();
  }

  private static void append(ByteArrayOutputStream message, String text, String what)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new ProxyException("cannot be sent " + what + " of more than 255 bytes");
    }
    message.write(bytes.length);
    message.write(bytes);
  }

  private static void say(Socket toProxy, byte[] message) throws IOException {
    toProxy.getOutputStream().write(message);
    toProxy.getOutputStream().flush();
  }

  /** Reads the version that every answer begins with, and the byte after it, which is its point. */
  private static int version(InputStream in, int expected) throws IOException {
    if (one(in) != expected) {
      throw new ProxyException("does not speak SOCKS version 5");
    }
    return one(in);
  }

  /** The address that the proxy itself connects from. */
  private static void skipAddress(InputStream in) throws IOException {
    one(in);
    int length =
        switch (one(in)) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> one(in);
          default -> throw new ProxyException("does not speak SOCKS version 5");
        };
    for (int i = 0; i < length + 2; i++) {
      one(in);
    }
  }

  private static int one(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }

  private static String meaning(int reply) {
    return switch (reply) {
      case 1 -> "it failed, without saying why";
      case 2 -> "its rules forbid it";
      case 3 -> "the network cannot be reached from there";
      case 4 -> "the host cannot be reached from there, or its name is not known there";
      case 5 -> "the connection was refused";
      case 6 -> "the host is too far away";
      case 7 -> "it does not make connections";
      case 8 -> "it does not support addresses of that kind";
      default -> "reply " + reply;
    };
  }
}
