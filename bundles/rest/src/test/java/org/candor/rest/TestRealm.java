package org.candor.rest;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/**
 * A realm of JAAS with a few users, whose passwords are their names; {@code admin} is a user's name
 * only and {@code guest} has no role of ours.
 */
public final class TestRealm implements LoginModule {

  static final String NAME = "test-realm";

  private static final Map<String, Set<String>> USERS =
      Map.of(
          "storageos", Set.of("group", "admin"),
          "boss", Set.of("manager"),
          "onlooker", Set.of("viewer", "ssh"),
          "käthe", Set.of("manager"),
          "guest", Set.of("ssh"),
          "admin", Set.of());

  private Subject subject = new Subject();
  private Optional<CallbackHandler> handler = Optional.empty();

  /** Has JAAS know the realm. */
  static void install() {
    Configuration.setConfiguration(
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return name.equals(NAME)
                ? new AppConfigurationEntry[] {
                  new AppConfigurationEntry(
                      TestRealm.class.getName(), LoginModuleControlFlag.REQUIRED, Map.of())
                }
                : null;
          }
        });
  }

  @Override
  public void initialize(
      Subject of, CallbackHandler asks, Map<String, ?> shared, Map<String, ?> options) {
    subject = of;
    handler = Optional.of(asks);
  }

  @Override
  public boolean login() throws LoginException {
    NameCallback name = new NameCallback("User: ");
    PasswordCallback password = new PasswordCallback("Password: ", false);
    try {
      handler.orElseThrow().handle(new Callback[] {name, password});
    } catch (IOException | UnsupportedCallbackException e) {
      throw new LoginException(e.toString());
    }
    String user = name.getName();
    if (user.equals(HangingRealm.SLEEPER)) {
      HangingRealm.sleep();
    }
    if (!USERS.containsKey(user) || !user.equals(new String(password.getPassword()))) {
      throw new FailedLoginException("login failed");
    }
    Set<Principal> principals = subject.getPrincipals();
    principals.add(new UserPrincipal(user));
    USERS.get(user).forEach(role -> principals.add(new RolePrincipal(role)));
    return true;
  }

  @Override
  public boolean commit() {
    return true;
  }

  @Override
  public boolean abort() {
    return true;
  }

  @Override
  public boolean logout() {
    return true;
  }
}
