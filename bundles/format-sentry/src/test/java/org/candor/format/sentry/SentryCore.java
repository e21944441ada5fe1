package org.candor.format.sentry;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.candor.api.Bytes;
import org.candor.http.testing.PeerCondition;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sentry's own parser of envelopes, {@code @sentry/core} from npm: in the folder that {@code
 * CANDOR_NODE_MODULES} names (a system property or an environment variable), else in {@code
 * target/node_modules}. It is installed there when it is missing.
 */
final class SentryCore implements ExecutionCondition {

  private static final String VERSION = "10.32.1";
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!isInstalled()) {
      try {
        install();
      } catch (IOException | InterruptedException e) {
        System.out.println("npm: " + e.getMessage());
      }
    }
    return isInstalled()
        ? ConditionEvaluationResult.enabled("@sentry/core")
        : PeerCondition.skipped(context, "@sentry/core cannot be installed");
  }

  /**
   * What the parser reads in an envelope.
   *
   * @param folder for files that need not stay
   */
  static JsonObject parse(Bytes envelope, Path folder) throws IOException, InterruptedException {
    Path in = Files.write(folder.resolve("envelope"), envelope.toArray());
    Path script = TARGET.resolve("test-classes/parse-envelope.js");
    return JsonParser.parseString(
            run(in, folder.resolve("read"), List.of("node", script.toString())))
        .getAsJsonObject();
  }

  private static boolean isInstalled() {
    Path manifest = modules().resolve("@sentry/core/package.json");
    try {
      return Files.exists(manifest)
          && JsonParser.parseString(Files.readString(manifest))
              .getAsJsonObject()
              .get("version")
              .getAsString()
              .equals(VERSION);
    } catch (IOException e) {
      return false;
    }
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(modules());
    run(
        Path.of("/dev/null"),
        TARGET.resolve("npm.out"),
        List.of(
            "npm",
            "install",
            "--prefix",
            modules().getParent().toString(),
            "@sentry/core@" + VERSION,
            "--no-audit",
            "--no-fund",
            "--ignore-scripts"));
  }

  private static Path modules() {
    return Optional.ofNullable(System.getProperty("CANDOR_NODE_MODULES"))
        .or(() -> Optional.ofNullable(System.getenv("CANDOR_NODE_MODULES")))
        .map(folder -> Path.of(folder).toAbsolutePath())
        .orElse(TARGET.resolve("node_modules"));
  }

  private static String run(Path in, Path out, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(Redirect.DISCARD);
    builder.environment().put("NODE_PATH", modules().toString());
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " did not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException(command.get(0) + " ended with " + process.exitValue());
    }
    return Files.readString(out);
  }
}
