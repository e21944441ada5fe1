package org.candor.rest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.candor.api.settings.Setting;
import org.candor.rest.gate.AddressRange;
import org.candor.rest.gate.TrustedProxies;

/** The keys of the configuration and what is allowed for them. */
final class Keys {

  private static final Pattern NUMBER = Pattern.compile("25[0-5]|2[0-4]\\d|1?\\d?\\d");
  private static final Pattern IPV4 = Pattern.compile("(" + NUMBER + ")(\\.(" + NUMBER + ")){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");
  private static final Pattern NAME = Pattern.compile("[\\w.-]+");

  static final Setting<String> HOST =
      new Setting<>("host", "an IP address or localhost", Keys::host);
  static final Setting<Long> PORT = Setting.count("port", 0, 65_535);
  static final Setting<String> REALM =
      new Setting<>(
          "realm", "a name of letters, digits, dots, hyphens and underscores", Keys::name);
  static final Setting<Set<String>> READ_ROLES = roles("readRoles");
  static final Setting<Set<String>> WRITE_ROLES = roles("writeRoles");
  static final Setting<Set<String>> ALLOWED_HOSTS =
      new Setting<>(
          "allowedHosts",
          "names of hosts without ports, separated by commas, or nothing",
          text -> text.isEmpty() ? Set.of() : names(text.toLowerCase(Locale.ROOT)));

  static final Setting<TrustedProxies> TRUSTED_PROXIES =
      new Setting<>(
          "trustedProxies",
          "IP addresses and networks such as 10.0.0.0/8, separated by commas, or nothing",
          Keys::proxies);
  static final Setting<Optional<Path>> TLS_FILE = file("tlsFile");
  static final Setting<Optional<Path>> TLS_KEY_FILE = file("tlsKeyFile");
  static final Setting<Optional<Path>> TLS_PASSWORD_FILE = file("tlsPasswordFile");
  static final Setting<Boolean> INSECURE = Setting.flag("insecure");

  private Keys() {}

  private static Setting<Optional<Path>> file(String key) {
    return new Setting<>(
        key,
        "the path of a file, or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));
  }

  private static TrustedProxies proxies(String text) {
    return new TrustedProxies(
        text.isEmpty()
            ? List.of()
            : Arrays.stream(text.split(",", -1)).map(String::strip).map(AddressRange::of).toList());
  }

  private static Setting<Set<String>> roles(String key) {
    return new Setting<>(key, "names of roles, separated by commas", Keys::names);
  }

  private static String host(String text) {
    if (text.equalsIgnoreCase("localhost")
        || IPV4.matcher(text).matches()
        || IPV6.matcher(text).matches()) {
      return text;
    }
    throw new IllegalArgumentException(text);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(Keys::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
