package org.candor.rest.gate;

import com.sun.net.httpserver.HttpHandler;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What answers which path. A path that ends with a slash stands for all that begin with it; the
 * longest that fits wins, and of two alike the first. Safe for several threads.
 */
public final class Routes {

  private record Route(String path, HttpHandler handler) {

    private boolean fits(String asked) {
      return path.endsWith("/") ? asked.startsWith(path) : asked.equals(path);
    }
  }

  private final List<Route> routes = new CopyOnWriteArrayList<>();

  public void add(String path, HttpHandler handler) {
    routes.add(new Route(path, handler));
  }

  public void remove(HttpHandler handler) {
    routes.removeIf(route -> route.handler().equals(handler));
  }

  Optional<HttpHandler> of(String path) {
    return routes.stream()
        .filter(route -> route.fits(path))
        .min(Comparator.comparing((Route route) -> -route.path().length()))
        .map(Route::handler);
  }
}
