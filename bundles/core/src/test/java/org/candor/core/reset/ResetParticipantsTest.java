package org.candor.core.reset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.junit.jupiter.api.Test;

/** The component descriptions, as the build makes them from the annotations. */
class ResetParticipantsTest {

  private static final Path DESCRIPTIONS = Path.of("target/classes/OSGI-INF");

  private static List<String> providers() throws IOException {
    try (Stream<Path> files = Files.list(DESCRIPTIONS)) {
      return files
          .filter(Files::isRegularFile)
          .map(ResetParticipantsTest::text)
          .filter(
              text -> text.contains("<provide interface=\"" + Resettable.class.getName() + "\"/>"))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theCoordinatorWaitsForEachParticipantThatThereIs() throws IOException {
    int all = ResetOrder.values().length;
    assertThat(providers()).hasSize(all);
    String coordinator =
        text(DESCRIPTIONS.resolve(ResetCoordinator.class.getName() + ".xml"))
            .replaceAll("\\s+", " ");
    assertThat(coordinator)
        .contains(
            "<property name=\"participants.cardinality.minimum\" type=\"Integer\" value=\""
                + all
                + "\"/>")
        .containsPattern(
            "<reference name=\"participants\" cardinality=\"1..n\" interface=\""
                + Resettable.class.getName()
                + "\"");
  }
}
