package org.candor.itest.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Runs one command line a connection, at the socket that the file of its manifest's {@code
 * Shell-Socket} is. A connection brings a user, who is his own password, and the line, and gets
 * what {@link Execution} has of it; it ends without an answer until Karaf has booted.
 */
public final class ShellAgent implements BundleActivator {

  private static final String SHELL = "org.apache.karaf.shell.api.console.SessionFactory";

  private static final String BOOTED = "org.apache.karaf.features.BootFinished";
  private static final int UP = 100;

  private BundleContext context;
  private ServiceTracker<Object, Object> shell;
  private ServerSocketChannel listener;

  @Override
  public void start(BundleContext context) throws IOException {
    this.context = context;
    shell = new ServiceTracker<>(context, SHELL, null);
    shell.open();
    Path file = Path.of(context.getBundle().getHeaders().get("Shell-Socket"));
    Files.deleteIfExists(file);
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(file));
    begin("itest-shell-agent", this::serve);
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    listener.close();
    shell.close();
  }

  private void serve() {
    while (listener.isOpen()) {
      try {
        SocketChannel connection = listener.accept();
        begin("itest-shell", () -> answer(connection));
      } catch (IOException e) {
        // The next one may be better.
      }
    }
  }

  private void answer(SocketChannel connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(connection));
      String user = in.readUTF();
      String line = in.readUTF();
      Object factory = shell.getService();
      if (factory != null && isBooted()) {
        Execution execution = new Execution(factory, user);
        int exit = execution.run(line);
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(connection));
        out.writeInt(exit);
        write(out, execution.printed());
        write(out, execution.complained());
        out.flush();
      }
    } catch (Exception e) {
      // Who asked sees that no answer comes.
    }
  }

  /** A Karaf that boots for the first time is up before its features are. */
  private boolean isBooted() {
    return context.getServiceReference(BOOTED) != null
        && context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel() >= UP;
  }

  private static void write(DataOutputStream out, byte[] text) throws IOException {
    out.writeInt(text.length);
    out.write(text);
  }

  private static void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
