package org.candor.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Set;
import org.candor.console.asset.AssetHandler;
import org.candor.console.asset.Assets;
import org.osgi.service.component.annotations.Component;

/** Static files of the page: its style sheet and its modules. */
@Component(service = HttpHandler.class, property = "candor.http.path=" + FilesHandler.PATH)
public final class FilesHandler implements HttpHandler {

  static final String PATH = PageHandler.PATH + "/";

  /** Every file there is; a module that is missing here is not served. */
  static final Set<String> FILES =
      Set.of(
          "answers.js",
          "api.js",
          "app.js",
          "channels.js",
          "consent.js",
          "crashes.js",
          "dom.js",
          "explained.js",
          "fields.js",
          "history.js",
          "icon.svg",
          "journal.js",
          "mistakes.js",
          "newfields.js",
          "payload.js",
          "plot.js",
          "preview.js",
          "sent.js",
          "sources.js",
          "start.js",
          "style.css",
          "text.js",
          "upgrade.js");

  private final HttpHandler files =
      new AssetHandler(new Assets(FILES), path -> path.substring(PATH.length()));

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals(PATH)) {
      try (exchange) {
        exchange.getResponseHeaders().set("Location", PageHandler.PATH);
        exchange.sendResponseHeaders(308, -1);
      }
      return;
    }
    files.handle(exchange);
  }
}
