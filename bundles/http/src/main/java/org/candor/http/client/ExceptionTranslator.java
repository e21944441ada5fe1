package org.candor.http.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Exception translation: puts what went wrong with a peer into an exception of the JDK's with a
 * sentence for the administrator, so that no caller needs to know the client.
 */
final class ExceptionTranslator {

  private final String before;
  private final String peer;
  private final String host;
  private final ExchangeTimeouts limits;
  private final Duration allowed;
  private final String authorities;
  private final Optional<ExceptionTranslator> onTheWay;

  /**
   * @param way to the peer
   * @param limits the bounds on a connection and on the wait for an answer
   * @param allowed the bound on the whole exchange
   * @param authorities where an authority of the administrator's own belongs
   */
  ExceptionTranslator(
      PeerRoute way, ExchangeTimeouts limits, Duration allowed, String authorities) {
    this.before = "";
    this.peer = way.toString();
    this.host = way.target().host();
    this.limits = limits;
    this.allowed = allowed;
    this.authorities = authorities;
    this.onTheWay =
        way.proxy().map(proxy -> new ExceptionTranslator(way.target(), proxy, limits, allowed));
  }

  private ExceptionTranslator(
      Peer target, ProxyServer proxy, ExchangeTimeouts limits, Duration allowed) {
    this.before = target + " was not reached: ";
    this.peer = proxy.toString();
    this.host = "the proxy " + proxy.peer().host();
    this.limits = limits;
    this.allowed = allowed;
    this.authorities = CaFile.CONFIGURED;
    this.onTheWay = Optional.empty();
  }

  /**
   * What the exception means, when it comes before the proxy, if there is one, has done its part.
   */
  IOException onTheWay(IOException e) {
    return onTheWay.orElse(this).of(e);
  }

  /** An encoding of the body that was not asked for. */
  IOException encoded(String coding) {
    return new IOException(
        peer + " sent a body encoded as " + coding + ", which was not requested");
  }

  /** What it means that the exchange was cut. */
  IOException cut(ConnectionScope.Cut reason) {
    return switch (reason) {
      case TIME_OVER ->
          new SocketTimeoutException(peer + " did not finish its answer within " + time(allowed));
      case NOT_BEGUN ->
          new SocketTimeoutException(
              peer + " did not begin its answer within " + time(limits.request()));
      case CANCELLED -> new InterruptedIOException("The exchange with " + peer + " was cancelled");
      case STOPPED -> new IOException("The exchange with " + peer + " ended: HTTP is stopped here");
    };
  }

  /** What the exception means, when nobody cut the exchange. */
  IOException of(Exception e) {
    if (e instanceof ExplainedException explained) {
      return explained.explanation();
    }
    if (e instanceof UnknownHostException) {
      return new UnknownHostException(sentence("No address is known for " + host));
    }
    if (e instanceof ConnectTimeoutException) {
      return new SocketTimeoutException(
          sentence(peer + " did not accept a connection within " + time(limits.connect())));
    }
    if (e instanceof SocketTimeoutException) {
      return new SocketTimeoutException(
          sentence(peer + " did not finish its answer within " + time(allowed)));
    }
    if (e instanceof NoRouteToHostException) {
      return new NoRouteToHostException(sentence("There is no route to " + peer));
    }
    if (e instanceof ConnectException && !(e instanceof BindException)) {
      return new ConnectException(
          sentence(
              said(e).contains("refused")
                  ? peer + " refused the connection"
                  : peer + " cannot be reached (" + said(e) + ")"));
    }
    if (e instanceof SSLException) {
      return tls(e);
    }
    return new IOException(sentence(peer + " " + broken(e)));
  }

  private IOException tls(Exception e) {
    if (in(e, SocketException.class)) {
      return new SSLException(sentence(peer + " broke off the connection"));
    }
    if (in(e, CertificateException.class)) {
      return new SSLException(
          sentence(
              peer
                  + " presents a certificate that is not trusted for this name ("
                  + said(e)
                  + "); to trust an authority of your own, set "
                  + authorities));
    }
    return new SSLException(
        sentence(peer + " and this runtime do not agree on TLS (" + said(e) + ")"));
  }

  private String sentence(String text) {
    return before.isEmpty()
        ? text
        : before + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String broken(Exception e) {
    if (e instanceof ProxyException) {
      return said(e);
    }
    if (e instanceof NoHttpResponseException) {
      return "closed the connection without an answer";
    }
    if (e instanceof MessageConstraintException) {
      return "sent more headers than allowed";
    }
    if (e instanceof ZipException) {
      return "sent a body that is not gzip although it says so";
    }
    if (e instanceof MalformedChunkCodingException
        || e instanceof ConnectionClosedException
        || e instanceof EOFException) {
      return "closed the connection in the middle of its answer, or garbled it";
    }
    if (e instanceof SocketException) {
      return "broke off the connection (" + said(e) + ")";
    }
    if (e instanceof ClientProtocolException || e instanceof RuntimeException) {
      return "answered with something that is not HTTP (" + said(e) + ")";
    }
    return "failed (" + said(e) + ")";
  }

  private static boolean in(Exception e, Class<?> type) {
    return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
        .limit(10)
        .anyMatch(type::isInstance);
  }

  private static String said(Exception e) {
    Throwable root =
        e instanceof ClientProtocolException && e.getCause() != null ? e.getCause() : e;
    return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
  }

  private static String time(Duration time) {
    return time.toMillis() < 1000
        ? time.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0).replace(".0", "");
  }
}
