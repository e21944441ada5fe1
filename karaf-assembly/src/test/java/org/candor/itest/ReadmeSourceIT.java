package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;
import org.candor.api.source.HealthSource;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.annotations.Component;

/** The source of the README: what a developer copies out of it works as it stands there. */
class ReadmeSourceIT {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Duration DEPLOYED = Duration.ofSeconds(20);

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();

  @TempDir Path work;

  @Test
  void itsTwentyLinesBecomeAUnitOfTheNextReport() throws Exception {
    Path bundle = bundle();
    Path deployed = karaf.base().resolve("deploy").resolve("queue.jar");
    Files.move(bundle, deployed, StandardCopyOption.ATOMIC_MOVE);
    Eventually.await("the source", DEPLOYED, this::source, Optional::isPresent);

    assertThat(karaf.run("telemetry:preview segment").out())
        .contains("\"health-unit-queue-total\":1", "\"health-unit-queue-unhealthy\":0");
    assertThat(source().orElseThrow().get("state").getAsString()).isEqualTo("ok");

    Files.delete(deployed);
    Eventually.await("its end", DEPLOYED, this::source, Optional::isEmpty);
  }

  private Optional<JsonObject> source() throws IOException {
    return StreamSupport.stream(
            karaf.run("telemetry:sources --json").object().getAsJsonArray("sources").spliterator(),
            false)
        .map(JsonElement::getAsJsonObject)
        .filter(source -> source.get("name").getAsString().equals("queue"))
        .findFirst();
  }

  private Path bundle() throws Exception {
    Matcher example = JAVA.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(example.find()).isTrue();
    Path source = work.resolve("QueueSource.java");
    Files.writeString(source, example.group(1));
    String classPath = jar(HealthSource.class) + java.io.File.pathSeparator + jar(Component.class);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-cp",
                classPath,
                "-d",
                work.resolve("classes").toString(),
                source.toString());
    assertThat(result).isZero();
    Path bundle = work.resolve("queue.jar");
    try (Builder builder = new Builder()) {
      builder.addClasspath(work.resolve("classes").toFile());
      builder.addClasspath(jar(HealthSource.class).toFile());
      builder.addClasspath(jar(Component.class).toFile());
      builder.setBundleSymbolicName("com.example.queue");
      builder.setPrivatePackage("com.example.queue");
      builder.build().write(bundle.toFile());
      assertThat(builder.getErrors()).isEmpty();
    }
    return bundle;
  }

  private static Path jar(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
