package org.candor.itest.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.ShellUtil;

/** A line in a session of its own, with the rights of its user, as Karaf's SSH server has it. */
final class Execution {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final SessionFactory factory;
  private final Subject subject;
  private final String user;

  Execution(Object factory, String user) throws LoginException {
    this.factory = (SessionFactory) factory;
    this.user = user;
    this.subject = login(user);
  }

  private static Subject login(String user) throws LoginException {
    LoginContext login =
        new LoginContext(
            "karaf",
            new Subject(),
            callbacks -> {
              for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                  name.setName(user);
                } else if (callback instanceof PasswordCallback password) {
                  password.setPassword(user.toCharArray());
                }
              }
            });
    login.login();
    return login.getSubject();
  }

  /**
   * @return the exit status
   */
  int run(String line) {
    Session session =
        factory.create(
            new ByteArrayInputStream(new byte[0]), new PrintStream(out), new PrintStream(err));
    try {
      session.put("USER", user);
      Object result =
          Subject.doAs(subject, (PrivilegedExceptionAction<Object>) () -> execute(session, line));
      return result instanceof Integer exit ? exit : 0;
    } catch (PrivilegedActionException e) {
      ShellUtil.logException(session, e.getException());
      return 1;
    } catch (RuntimeException | Error e) {
      ShellUtil.logException(session, e);
      return 1;
    } finally {
      session.close();
    }
  }

  private static Object execute(Session session, String line) throws Exception {
    for (String pattern : System.getProperty("karaf.shell.init.script").split(",")) {
      Path below = Path.of(System.getProperty("karaf.etc"), pattern.strip());
      try (DirectoryStream<Path> scripts =
          Files.newDirectoryStream(below.getParent(), below.getFileName().toString())) {
        for (Path script : scripts) {
          begin(session, script);
        }
      }
    }
    return session.execute(line);
  }

  private static void begin(Session session, Path script) throws IOException {
    String text = Files.readString(script);
    try {
      session.execute(text);
    } catch (Exception e) {
      // Karaf goes on without it, too.
    }
  }

  byte[] printed() {
    return out.toByteArray();
  }

  byte[] complained() {
    return err.toByteArray();
  }
}
