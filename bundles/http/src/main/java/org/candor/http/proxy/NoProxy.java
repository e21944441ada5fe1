package org.candor.http.proxy;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The targets that are reached without a proxy: this machine, and what {@code NO_PROXY} lists. */
public final class NoProxy {

  private final boolean everything;
  private final List<Exemption> entries;

  /**
   * @param list the value of {@code NO_PROXY}; what makes no sense in it means nothing
   */
  public NoProxy(String list) {
    List<String> texts =
        Arrays.stream(list.split(",")).map(text -> text.strip().toLowerCase(Locale.ROOT)).toList();
    everything = texts.contains("*");
    entries =
        texts.stream()
            .filter(text -> !text.isEmpty())
            .flatMap(text -> Exemption.of(text).stream())
            .toList();
  }

  /**
   * Whether the target is one of them.
   *
   * @param standardPort where the URL has none
   */
  public boolean covers(URI url, String standardPort) {
    Target target = Target.of(url, standardPort);
    return everything || target.local() || entries.stream().anyMatch(entry -> entry.covers(target));
  }
}
