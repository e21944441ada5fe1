package org.candor.sink.dns;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.candor.api.settings.Setting;

/** Who is asked. */
sealed interface Route {

  Setting<URI> URL = Setting.uri("resolver", "https");

  /** The key {@code resolver}. */
  Setting<Route> RESOLVER =
      new Setting<>(
          URL.key(),
          "hosts or host:port, separated by commas, with IPv6 addresses in brackets, or one URL that"
              + " begins with https:// and has a host and no user, or nothing for the system's",
          Route::parse);

  /** How the administrator reads it; holds no credential. */
  String label();

  /** The resolvers that the operating system names at that moment. */
  record OfSystem() implements Route {
    @Override
    public String label() {
      return "system";
    }
  }

  /** The given name servers, in turn. */
  record Servers(List<ServerAddress> places) implements Route {
    @Override
    public String label() {
      return places.stream().map(ServerAddress::toString).collect(Collectors.joining(", "));
    }
  }

  /** DNS over HTTPS. */
  record Https(URI url) implements Route {
    // A path or a query may name the owner's account.
    @Override
    public String label() {
      return url.getScheme() + "://" + url.getRawAuthority();
    }
  }

  private static Route parse(String text) {
    if (text.isEmpty()) {
      return new OfSystem();
    }
    if (text.contains("://")) {
      return new Https(URL.parser().apply(text));
    }
    return new Servers(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(ServerAddress::parse).toList());
  }
}
