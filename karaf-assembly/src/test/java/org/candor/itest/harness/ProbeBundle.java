package org.candor.itest.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.candor.itest.probe.Probe;

/** {@link Probe} in a running Karaf. */
public final class ProbeBundle {

  private static final String NAME = Probe.class.getPackageName();

  private final int port = KarafInstance.freePort();

  public ProbeBundle(KarafInstance karaf) throws IOException {
    Path jar = karaf.base().resolve("data/tmp/probe.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest())) {
      for (Class<?> type : List.of(Probe.class, heldType())) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(entry));
        try (InputStream in = Probe.class.getClassLoader().getResourceAsStream(entry)) {
          in.transferTo(out);
        }
      }
    }
    karaf.run("bundle:install -s " + jar.toUri());
  }

  private static Class<?> heldType() {
    return Probe.class.getDeclaredClasses()[0];
  }

  private Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", NAME);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", Probe.class.getName());
    main.putValue("Import-Package", "org.osgi.framework,org.osgi.framework.wiring");
    main.putValue("Probe-Port", String.valueOf(port));
    return manifest;
  }

  /** The lines of its answer. */
  public List<String> ask(String question) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().toList();
    }
  }
}
