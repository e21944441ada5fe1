package org.candor.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layered architecture: a package of core imports from the layers below its own and from no other,
 * neither upwards nor sideways. So no cycle can come about, and whoever changes a package knows
 * that nothing below it can notice.
 */
class LayersTest {

  private static final String CORE = "org.candor.core";

  /** From the bottom to the top. */
  private enum Layer {
    TOOLS("work", "ranking", "feature", "cluster", "merkle"),
    FILES("store"),
    RECORDS("settings", "journal"),
    INSTALLATION("identity", "outbox", "mistake"),
    KNOWLEDGE("consent", "collect", "upgrade", "plugin"),
    MEMORY("crash", "disclosure", "history"),
    CONDITIONS("admission", "reset", "change"),
    WAYS("reporting", "delivery"),
    WEB_EVENTS("web"),
    CHANNELS("channel");

    private final Set<String> packages;

    Layer(String... packages) {
      this.packages = Set.of(packages);
    }

    private static Layer of(String name) {
      return Arrays.stream(values())
          .filter(layer -> layer.packages.contains(name))
          .findFirst()
          .orElseThrow();
    }

    private String[] forbiddenFor(String name) {
      return Arrays.stream(values())
          .skip(ordinal())
          .flatMap(layer -> layer.packages.stream())
          .filter(other -> !other.equals(name))
          .map(other -> CORE + "." + other + "..")
          .toArray(String[]::new);
    }
  }

  private static JavaClasses core;

  @BeforeAll
  static void read() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    core = new ClassFileImporter().importPath(Path.of("target/classes"));
  }

  static Stream<String> packages() {
    return Arrays.stream(Layer.values()).flatMap(layer -> layer.packages.stream()).sorted();
  }

  @Test
  void everyPackageHasALayer() {
    assertThat(
            core.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(CORE + "."))
                .map(name -> name.substring(CORE.length() + 1))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(packages().toList());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsDownwardsOnly(String name) {
    noClasses()
        .that()
        .resideInAPackage(CORE + "." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Layer.of(name).forbiddenFor(name))
        .because(name + " is in the layer " + Layer.of(name))
        .check(core);
  }
}
