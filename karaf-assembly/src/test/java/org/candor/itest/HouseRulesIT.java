package org.candor.itest;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom: the rules of the design, over all bundles that there are. */
class HouseRulesIT {

  private static final Path BUNDLES = Path.of("..", "bundles");

  private static final Pattern SPEAKS_TO_NETWORKS =
      Pattern.compile("http|receiver|rest|console|(sink|source|cluster)-.*");

  private static final Set<String> EXPORTING = Set.of("api", "control", "http");

  /** Of its kind there is one in each bundle; and what holds the documentation of a package. */
  private static final Set<String> SHARED_NAMES = Set.of("Config", "package-info");

  private static final Set<String> HARMLESS_NET =
      Set.of("java.net.URI", "java.net.URISyntaxException", "java.net.URL");

  static List<String> bundles() throws IOException {
    try (Stream<Path> folders = Files.list(BUNDLES)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void folderSymbolicNameAndRootPackageSayTheSame(String bundle) throws IOException {
    String name = name(bundle);
    assertThat(manifest(bundle).getValue("Bundle-SymbolicName")).isEqualTo(name);
    noClasses()
        .should()
        .resideOutsideOfPackages(name + "..", "org.apache..")
        .check(classes(bundle));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void aBundleSeesTheApiItselfAndWhatItsKindMay(String bundle) {
    String own = name(bundle);
    noClasses()
        .should()
        .dependOnClassesThat(
            candor()
                .and(not("of the bundle itself", own))
                .and(not("of the api", "org.candor.api"))
                .and(
                    mayImportControl(bundle)
                        ? not("of control", "org.candor.control")
                        : DescribedPredicate.alwaysTrue())
                .and(
                    mayImportHttp(bundle)
                        ? not("of http", "org.candor.http")
                        : DescribedPredicate.alwaysTrue()))
        .check(classes(bundle));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void onlyWhatSpeaksToNetworksTouchesNetworkClasses(String bundle) {
    if (!SPEAKS_TO_NETWORKS.matcher(bundle).matches()) {
      noClasses().should().dependOnClassesThat(network()).check(classes(bundle));
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void onlyApiControlAndHttpExport(String bundle) throws IOException {
    String exports = manifest(bundle).getValue("Export-Package");
    if (EXPORTING.contains(bundle)) {
      assertThat(exports).doesNotContain("org.apache");
    } else {
      assertThat(exports).isNull();
    }
  }

  /** A name that is searched for finds one class, whichever bundle it is in. */
  @Test
  void noSimpleNameStandsTwiceButConfig() throws IOException {
    assertThat(
            bundles().stream()
                .flatMap(bundle -> classes(bundle).stream())
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !SHARED_NAMES.contains(type.getSimpleName()))
                .collect(
                    Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getName, Collectors.toList())))
                .values())
        .filteredOn(names -> names.size() > 1)
        .isEmpty();
  }

  private static boolean mayImportControl(String bundle) {
    return bundle.matches("core|shell|rest|console");
  }

  private static boolean mayImportHttp(String bundle) {
    return bundle.matches("rest|console|receiver|(sink|source|cluster)-.*");
  }

  private static DescribedPredicate<JavaClass> candor() {
    return describe("of Candor", type -> type.getPackageName().startsWith("org.candor"));
  }

  private static DescribedPredicate<JavaClass> not(String description, String root) {
    return describe(
        "not " + description,
        type ->
            !type.getPackageName().equals(root) && !type.getPackageName().startsWith(root + "."));
  }

  private static DescribedPredicate<JavaClass> network() {
    return describe(
        "of a network",
        type -> {
          String name = type.getName();
          return name.startsWith("java.net.") && !HARMLESS_NET.contains(name)
              || name.startsWith("javax.net.")
              || name.startsWith("com.sun.net.")
              || name.matches(
                  "java\\.nio\\.channels\\.(Asynchronous)?(Server)?(Socket|Datagram).*");
        });
  }

  private static String name(String bundle) {
    return "org.candor." + bundle.replace('-', '.');
  }

  @BeforeAll
  static void namesAreEnough() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
  }

  private static JavaClasses classes(String bundle) {
    Path classes = BUNDLES.resolve(bundle).resolve("target/classes");
    assertThat(classes).isDirectory();
    return new ClassFileImporter()
        .importPath(classes)
        .that(describe("of Candor", type -> type.getPackageName().startsWith("org.candor")))
        .that(describe("not copied in", type -> !isCopied(bundle, type)));
  }

  // format-dns is a program for the vendor too, which has no class path but its own jar.
  private static boolean isCopied(String bundle, JavaClass type) {
    return bundle.equals("format-dns")
        && Set.of("org.candor.api.text", "org.candor.api.version").contains(type.getPackageName());
  }

  private static Attributes manifest(String bundle) throws IOException {
    Path file = BUNDLES.resolve(bundle).resolve("target/classes/META-INF/MANIFEST.MF");
    try (InputStream in = Files.newInputStream(file)) {
      return new Manifest(in).getMainAttributes();
    }
  }
}
