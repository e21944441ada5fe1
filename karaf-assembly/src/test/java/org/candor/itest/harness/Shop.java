package org.candor.itest.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.Visit;

/** A product with a web page, at an origin of its own, that tells a Candor of its users. */
public final class Shop implements AutoCloseable {

  private final String candor;
  private final SocketServer server = SocketServer.http(this::serve);

  /**
   * @param candor the origin that its page loads the script from
   */
  public Shop(String candor) throws IOException {
    this.candor = candor;
  }

  /** Where its page is served from. */
  public String origin() {
    return server.uri("").toString();
  }

  private void serve(Visit visit) throws IOException {
    Request request = visit.read();
    boolean script = request.line().startsWith("GET /shop.js ");
    String policy =
        "default-src 'none'; script-src 'self' %1$s; connect-src %1$s; img-src data:"
            .formatted(candor);
    visit.answer(
        200,
        "Content-Type: text/%s; charset=utf-8\r\n".formatted(script ? "javascript" : "html")
            + "Content-Security-Policy: "
            + policy
            + "\r\nConnection: close\r\n",
        file(script ? "shop.js" : "index.html"));
  }

  private String file(String name) throws IOException {
    try (InputStream in = Shop.class.getResourceAsStream("/org/candor/itest/shop/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("CANDOR", candor);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
