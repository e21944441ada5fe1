package org.candor.source.karaf;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.settings.Setting;

/** The bundles that the owner lets be named. */
record UnitNames(List<Pattern> patterns) {

  private static final String ALLOWED = "[A-Za-z0-9_.*-]+";

  UnitNames {
    patterns = List.copyOf(patterns);
  }

  static Setting<UnitNames> setting(String key) {
    return new Setting<>(
        key,
        "a list of bundles' symbolic names, separated by commas, in which * stands for any text",
        UnitNames::parse);
  }

  boolean cover(String symbolicName) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(symbolicName).matches());
  }

  private static UnitNames parse(String list) {
    return new UnitNames(
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(glob -> !glob.isEmpty())
            .map(UnitNames::pattern)
            .toList());
  }

  private static Pattern pattern(String glob) {
    if (!glob.matches(ALLOWED)) {
      throw new IllegalArgumentException(glob);
    }
    return Pattern.compile(
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
