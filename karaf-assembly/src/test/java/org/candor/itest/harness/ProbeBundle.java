package org.candor.itest.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.candor.itest.probe.Probe;

/** {@link Probe} in a running Karaf. */
public final class ProbeBundle {

  private final int port = KarafInstance.freePort();

  public ProbeBundle(KarafInstance karaf) throws IOException {
    TestBundle bundle =
        new TestBundle(
            Probe.class,
            List.of(),
            Map.of(
                "Import-Package",
                "org.osgi.framework,org.osgi.framework.wiring",
                "Probe-Port",
                String.valueOf(port)));
    Path jar = bundle.writeTo(karaf.base().resolve("data/tmp/probe.jar"));
    karaf.run("bundle:install -s " + jar.toUri());
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
