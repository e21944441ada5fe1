package org.candor.itest.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** {@code karaf-assembly/FIELDS.md} says what the catalogues in the code say. */
class FieldsDocumentIT {

  private static final Path HERE = Path.of("FIELDS.md");
  private static final Path FRESH = Path.of("target", "FIELDS.md");

  @Test
  void theDocumentInTheRepositoryIsFresh() throws IOException {
    Files.writeString(FRESH, FieldsDocument.text(ShippedChannel.all()));
    assertThat(Files.exists(HERE) ? Files.readString(HERE) : "")
        .as(
            "karaf-assembly/FIELDS.md is stale:"
                + " cp karaf-assembly/target/FIELDS.md karaf-assembly/FIELDS.md")
        .isEqualTo(Files.readString(FRESH));
  }

  @Test
  void theReadmeLeadsToIt() throws IOException {
    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains("(karaf-assembly/FIELDS.md)", "telemetry:fields");
  }

  @Test
  void everyShippedChannelHasItsSection() throws IOException {
    List<ShippedChannel> channels = ShippedChannel.all();
    assertThat(channels)
        .extracting(ShippedChannel::name)
        .contains("segment", "sentry", "sentry-crash", "dns");
    assertThat(FieldsDocument.text(channels).lines())
        .containsAll(channels.stream().map(channel -> "## " + channel.name()).toList());
  }

  @Test
  void everyFieldSaysSinceWhichVersionAndNoneComesFromTheFuture() throws IOException {
    Version running = version();
    assertThat(catalogues().flatMap(catalogue -> catalogue.fields().stream()))
        .isNotEmpty()
        .allSatisfy(
            field -> {
              assertThat(field.since()).as(field.name()).matches("\\d+\\.\\d+\\.\\d+");
              assertThat(Version.parseVersion(field.since()))
                  .as(field.name())
                  .isLessThanOrEqualTo(running);
            });
  }

  @Test
  void noCatalogueNamesAFieldTwice() throws IOException {
    assertThat(catalogues())
        .allSatisfy(
            catalogue ->
                assertThat(catalogue.fields()).extracting(Field::name).doesNotHaveDuplicates());
  }

  private static Stream<FieldCatalogue> catalogues() throws IOException {
    return Plugin.all().stream()
        .map(
            plugin ->
                plugin.kind().equals("sink")
                    ? plugin.sink(Map.of()).fields()
                    : plugin.formatter(Map.of()).fields());
  }

  private static Version version() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    return Version.parseVersion(
        pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1").replace("-SNAPSHOT", ""));
  }
}
