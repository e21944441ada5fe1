package org.candor.sink.dns;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xbill.DNS.config.InitializationException;
import org.xbill.DNS.config.JndiContextResolverConfigProvider;
import org.xbill.DNS.config.PropertyResolverConfigProvider;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.config.ResolverConfigProvider;
import org.xbill.DNS.config.WindowsResolverConfigProvider;

/**
 * Reads anew at every call which resolvers the operating system names: {@code /etc/resolv.conf}, or
 * what Windows says; before these the system property {@code dns.server}, as everywhere in dnsjava.
 * Not through dnsjava's {@code ResolverConfig}, which keeps what it read for good and, where there
 * is no search list, goes through JNDI for one that is not needed here.
 */
final class SystemServers implements Supplier<List<InetSocketAddress>> {

  @Override
  public List<InetSocketAddress> get() {
    return Stream.<Supplier<ResolverConfigProvider>>of(
            PropertyResolverConfigProvider::new,
            ResolvConfResolverConfigProvider::new,
            WindowsResolverConfigProvider::new,
            JndiContextResolverConfigProvider::new)
        .map(Supplier::get)
        .map(SystemServers::read)
        .filter(servers -> !servers.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<InetSocketAddress> read(ResolverConfigProvider provider) {
    if (!provider.isEnabled()) {
      return List.of();
    }
    try {
      provider.initialize();
      return provider.servers().stream().filter(server -> !server.isUnresolved()).toList();
    } catch (InitializationException | RuntimeException e) {
      // A line that it cannot read: the next may know better.
      return List.of();
    }
  }
}
