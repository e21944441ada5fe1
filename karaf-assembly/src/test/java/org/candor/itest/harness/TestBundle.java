package org.candor.itest.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;

/**
 * A bundle made of classes of the tests.
 *
 * @param activator whose package is the bundle's name
 * @param others what it needs besides its nested classes
 * @param headers of its manifest, in addition
 */
record TestBundle(
    Class<? extends BundleActivator> activator,
    List<Class<?>> others,
    Map<String, String> headers) {

  Path writeTo(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest())) {
      for (Class<?> type : classes()) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(entry));
        try (InputStream in = activator.getClassLoader().getResourceAsStream(entry)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }

  private List<Class<?>> classes() {
    return Stream.of(
            Stream.of(activator), Stream.of(activator.getDeclaredClasses()), others.stream())
        .<Class<?>>flatMap(types -> types)
        .toList();
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", activator.getPackageName());
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", activator.getName());
    headers.forEach(main::putValue);
    return manifest;
  }
}
