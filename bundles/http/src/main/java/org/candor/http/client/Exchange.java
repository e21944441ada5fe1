package org.candor.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.candor.api.Bytes;
import org.candor.http.HttpCall;

/** One request and its answer. */
final class Exchange {

  private final HttpCall call;
  private final PeerRoute way;
  private final ConnectionScope line;
  private final ExceptionTranslator trouble;

  Exchange(HttpCall call, PeerRoute way, ConnectionScope line, ExceptionTranslator trouble) {
    this.call = call;
    this.way = way;
    this.line = line;
    this.trouble = trouble;
  }

  /** What becomes of an answer. */
  @FunctionalInterface
  interface Use<T> {
    T of(int status, Map<String, List<String>> headers, InputStream body) throws IOException;
  }

  /** Sends the request and has the answer used; everything that fails is explained. */
  <T> T make(HttpClient client, Use<T> use) throws IOException {
    ClassicHttpResponse answer = ask(client);
    Map<String, List<String>> headers = headers(answer);
    Optional<ProxyException> refusal =
        way.forwarder().flatMap(proxy -> Forwarding.refusal(proxy, answer.getCode(), headers));
    if (refusal.isPresent()) {
      throw trouble.onTheWay(refusal.get());
    }
    try (AnswerBody body = body(answer.getEntity(), headers)) {
      try {
        return use.of(answer.getCode(), headers, body);
      } catch (IOException | RuntimeException e) {
        if (line.reason().isPresent() && !body.threw(e)) {
          throw explain(e);
        }
        throw e;
      }
    }
  }

  private ClassicHttpResponse ask(HttpClient client) throws IOException {
    try {
      Peer peer = way.target();
      HttpHost host = new HttpHost(peer.scheme(), peer.host(), peer.port());
      return client.executeOpen(host, request(), null);
    } catch (IOException | RuntimeException e) {
      throw explain(e);
    }
  }

  private ClassicHttpRequest request() throws IOException {
    URI target = call.target();
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    BasicClassicHttpRequest request =
        new BasicClassicHttpRequest(
            call.method(),
            way.target().scheme(),
            new URIAuthority(way.target().host(), target.getPort()),
            path + query);
    way.forwarder().ifPresent(proxy -> Forwarding.authorise(request, proxy));
    call.headers().forEach(header -> request.addHeader(header.name(), header.value()));
    request.setHeader("Accept-Encoding", "gzip");
    request.setHeader("Connection", "close");
    if (!request.containsHeader("User-Agent")) {
      request.setHeader("User-Agent", "Candor");
    }
    if (call.body().isPresent()) {
      Bytes body = call.gzip() ? call.body().get().gzip() : call.body().get();
      request.setEntity(new ByteArrayEntity(body.toArray(), null, call.gzip() ? "gzip" : null));
    }
    return request;
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse answer) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : answer.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue() == null ? "" : header.getValue());
    }
    return headers;
  }

  private AnswerBody body(HttpEntity entity, Map<String, List<String>> headers) throws IOException {
    String coding =
        String.join(",", headers.getOrDefault("content-encoding", List.of()))
            .strip()
            .toLowerCase(Locale.ROOT);
    boolean gzip = coding.equals("gzip") || coding.equals("x-gzip");
    if (!gzip && !coding.isEmpty() && !coding.equals("identity")) {
      throw trouble.encoded(coding);
    }
    InputStream encoded = entity == null ? InputStream.nullInputStream() : entity.getContent();
    return new AnswerBody(encoded, gzip, line, this::explain);
  }

  private IOException explain(Exception e) {
    IOException explained = line.reason().map(trouble::cut).orElseGet(() -> trouble.of(e));
    if (explained.getCause() == null) {
      explained.initCause(e);
    }
    return explained;
  }
}
