package org.candor.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Set;
import org.candor.console.asset.AssetHandler;
import org.candor.console.asset.Assets;
import org.osgi.service.component.annotations.Component;

/** Request handler of the page, which bundle {@code rest} puts behind its access control. */
@Component(service = HttpHandler.class, property = "candor.http.path=" + PageHandler.PATH)
public final class PageHandler implements HttpHandler {

  static final String PATH = "/telemetry";

  private static final String PAGE = "index.html";

  /** Has the browser ask for the style before it has read the page, which is painted after it. */
  private static final String STYLE = "<" + FilesHandler.PATH + "style.css>; rel=preload; as=style";

  private final HttpHandler page = new AssetHandler(new Assets(Set.of(PAGE)), path -> PAGE);

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Link", STYLE);
    page.handle(exchange);
  }
}
