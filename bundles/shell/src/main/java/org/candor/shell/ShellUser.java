package org.candor.shell;

import java.security.AccessController;
import java.security.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.shell.support.ShellUtil;
import org.candor.control.Answerer;
import org.candor.control.Way;

/** Caller of a command, as Karaf knows it: the user, and for SSH the client's address. */
final class ShellUser {

  /** Karaf's principal of a client, such as {@code ssh(/127.0.0.1:50000)}. */
  private static final String CLIENT = "ClientPrincipal";

  private static final Pattern ADDRESS = Pattern.compile("\\([^/]*/(.*?)(:\\d+)?\\)");

  private ShellUser() {}

  static Answerer answerer() {
    return new Answerer(
        Way.SHELL, Optional.ofNullable(ShellUtil.getCurrentUserName()).orElse(""), address());
  }

  private static String address() {
    return principals()
        .filter(principal -> principal.getClass().getSimpleName().equals(CLIENT))
        .map(Principal::getName)
        .map(ADDRESS::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElse("");
  }

  // Java 17 has no other way to the subject that Karaf runs a command as.
  @SuppressWarnings("removal")
  private static Stream<Principal> principals() {
    return Optional.ofNullable(Subject.getSubject(AccessController.getContext())).stream()
        .flatMap(subject -> subject.getPrincipals().stream());
  }
}
