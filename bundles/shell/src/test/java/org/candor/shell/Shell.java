package org.candor.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;

/** Karaf's own shell without a terminal, as {@code bin/client} with a command has it. */
final class Shell implements AutoCloseable {

  /**
   * @param out what was printed
   * @param err what was printed as an error
   * @param exit as {@code bin/client} ends
   * @param failure what the shell says of a failure; empty when there was none
   */
  record Result(String out, String err, int exit, String failure) {}

  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final SessionFactoryImpl factory = new SessionFactoryImpl(threads);

  Shell(FakeControl control) {
    threads.start();
    for (Object service :
        List.of(
            control.channels(),
            control.sources(),
            control.crashes(),
            control.upgrades(),
            control.journal(),
            control.consent(),
            control.forgetting(),
            control.cluster())) {
      factory.register(service);
    }
    ManagerImpl manager = new ManagerImpl(factory, factory);
    for (Class<?> command :
        List.of(
            ChannelNames.class,
            PurposeLabels.class,
            PurposesAndChannels.class,
            StatusCommand.class,
            PreviewCommand.class,
            SendCommand.class,
            EnableCommand.class,
            DisableCommand.class,
            ExplainCommand.class,
            ConsentCommand.class,
            SourcesCommand.class,
            CrashesCommand.class,
            UpgradeCommand.class,
            FieldsCommand.class,
            SentCommand.class,
            ForgetCommand.class,
            NoticeCommand.class)) {
      manager.register(command);
    }
  }

  /** A session that prints to the given streams. */
  Session session(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return factory.create(
        new ByteArrayInputStream(new byte[0]), new PrintStream(out), new PrintStream(err));
  }

  Result run(String commandLine) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Session session = session(out, err);
    try {
      Object result = session.execute(commandLine);
      return new Result(text(out), text(err), result instanceof Integer code ? code : 0, "");
    } catch (Exception e) {
      return new Result(text(out), text(err), 1, e.getMessage());
    } finally {
      session.close();
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    factory.stop();
    threads.stop();
  }
}
