package org.candor.source.storageos.v1;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.candor.api.text.PlainText;
import org.candor.http.json.Json;
import org.candor.source.storageos.cluster.Software;

/**
 * Reads a {@code VersionInfo} of {@code types/version.go}. Its {@code buildRef}, the reference of
 * the pipeline that built it, is in the swagger file and in the recorded bodies of {@code
 * pool_test.go} only, and there it may be empty: then the {@code revision} stands for it.
 */
final class SoftwareReader {

  private static final Set<String> KEPT =
      Set.of("version", "buildRef", "revision", "apiVersion", "goVersion", "os", "arch");

  private SoftwareReader() {}

  static Software read(Json json) throws IOException {
    Map<String, String> fields = new HashMap<>();
    json.members(
        name -> {
          if (KEPT.contains(name)) {
            fields.put(name, PlainText.line(json.text()));
          } else {
            json.skip();
          }
        });
    String buildRef = fields.getOrDefault("buildRef", "");
    return new Software(
        fields.getOrDefault("version", ""),
        buildRef.isEmpty() ? fields.getOrDefault("revision", "") : buildRef,
        fields.getOrDefault("apiVersion", ""),
        fields.getOrDefault("goVersion", ""),
        fields.getOrDefault("os", ""),
        fields.getOrDefault("arch", ""));
  }
}
