package org.candor.rest.gate;

import com.sun.net.httpserver.HttpHandler;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Path router: the longest {@link PathTemplate} that matches wins, and of two alike the first.
 * Thread-safe.
 */
public final class PathRouter {

  private record Route(PathTemplate template, HttpHandler handler) {}

  private final List<Route> routes = new CopyOnWriteArrayList<>();
  private final List<Route> open = new CopyOnWriteArrayList<>();

  /**
   * @param path as in {@link PathTemplate}
   */
  public void add(String path, HttpHandler handler) {
    routes.add(new Route(new PathTemplate(path), handler));
  }

  /**
   * Adds a path that is open to anybody; its handler looks to it who may ask what. With a route
   * that was added besides, those who sign in get there.
   */
  public void open(String path, HttpHandler handler) {
    open.add(new Route(new PathTemplate(path), handler));
  }

  public void remove(HttpHandler handler) {
    routes.removeIf(route -> route.handler().equals(handler));
  }

  /** Every path, as it was added. */
  public List<String> paths() {
    return Stream.concat(routes.stream(), open.stream())
        .map(route -> route.template().toString())
        .distinct()
        .toList();
  }

  Optional<HttpHandler> of(String path) {
    return longest(routes, path);
  }

  Optional<HttpHandler> openTo(String path) {
    return longest(open, path);
  }

  private static Optional<HttpHandler> longest(List<Route> routes, String path) {
    return routes.stream()
        .filter(route -> route.template().fits(path))
        .min(Comparator.comparing((Route route) -> -route.template().toString().length()))
        .map(Route::handler);
  }
}
