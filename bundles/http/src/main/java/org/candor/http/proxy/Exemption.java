package org.candor.http.proxy;

import java.util.Optional;

/** One entry of {@code NO_PROXY}. */
sealed interface Exemption {

  /** Whether the target is reached without a proxy because of this entry. */
  boolean covers(Target target);

  /** Addresses that begin alike; never names. */
  record Network(IpLiteral base, int prefix) implements Exemption {
    @Override
    public boolean covers(Target target) {
      return target.address().filter(address -> base.covers(prefix, address)).isPresent();
    }
  }

  /** One address; never names. An empty port stands for all. */
  record Address(IpLiteral address, String port) implements Exemption {
    @Override
    public boolean covers(Target target) {
      return target.address().filter(address::same).isPresent()
          && (port.isEmpty() || port.equals(target.port()));
    }
  }

  /**
   * Names; never addresses.
   *
   * @param suffix with a dot at its start
   * @param itself whether the name without that dot is meant too
   * @param port empty for all
   */
  record Domain(String suffix, boolean itself, String port) implements Exemption {

    static Domain of(String name, String port) {
      String pattern = name.startsWith("*.") ? name.substring(1) : name;
      boolean itself = !pattern.startsWith(".");
      String bare = itself ? pattern : pattern.substring(1);
      return new Domain("." + Authority.ascii(bare), itself, port);
    }

    @Override
    public boolean covers(Target target) {
      String name = target.name();
      return target.address().isEmpty()
          && (name.endsWith(suffix) || itself && name.equals(suffix.substring(1)))
          && (port.isEmpty() || port.equals(target.port()));
    }
  }

  /** Reads an entry, trimmed and in lower case; empty when it means nothing. */
  static Optional<Exemption> of(String entry) {
    Optional<Exemption> network = network(entry);
    if (network.isPresent()) {
      return network;
    }
    HostAndPort place = HostAndPort.of(entry);
    if (place.host().isEmpty()) {
      return Optional.empty();
    }
    return IpLiteral.of(place.host())
        .filter(address -> !place.host().contains("%"))
        .<Exemption>map(address -> new Address(address, place.port()))
        .or(() -> Optional.of(Domain.of(place.host(), place.port())));
  }

  private static Optional<Exemption> network(String entry) {
    int slash = entry.indexOf('/');
    String prefix = entry.substring(slash + 1);
    if (slash < 0 || !prefix.matches("\\d{1,6}") || entry.contains("%")) {
      return Optional.empty();
    }
    return IpLiteral.of(entry.substring(0, slash))
        .filter(base -> Integer.parseInt(prefix) <= base.bits())
        .map(base -> new Network(base, Integer.parseInt(prefix)));
  }
}
