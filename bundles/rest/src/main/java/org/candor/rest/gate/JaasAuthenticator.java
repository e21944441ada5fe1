package org.candor.rest.gate;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AccountException;
import javax.security.auth.login.CredentialException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAAS authenticator: asks the realm every time, without a cache, so that a changed password or
 * role counts at once.
 */
public final class JaasAuthenticator implements UserAuthenticator {

  private static final Logger LOG = LoggerFactory.getLogger(JaasAuthenticator.class);

  private final AtomicBoolean complained = new AtomicBoolean();

  @Override
  public Optional<Set<String>> roles(String realm, BasicCredentials credentials, String address) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // JAAS finds Karaf's login module through this one, and caches what it finds by class loader
    // for good: a bundle's own would never be freed.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      Subject subject = new Subject();
      subject.getPrincipals().add(new ClientPrincipal("http", address));
      LoginContext login =
          new LoginContext(realm, subject, callbacks -> answer(callbacks, credentials));
      login.login();
      complained.set(false);
      Set<String> roles =
          subject.getPrincipals(RolePrincipal.class).stream()
              .map(RolePrincipal::getName)
              .collect(Collectors.toUnmodifiableSet());
      login.logout();
      return Optional.of(roles);
    } catch (FailedLoginException | AccountException | CredentialException e) {
      complained.set(false);
      return Optional.empty();
    } catch (LoginException | SecurityException e) {
      complain(realm, e);
      return Optional.empty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void complain(String realm, Exception e) {
    if (!complained.getAndSet(true)) {
      LOG.warn(
          "Nobody can sign in over HTTP for now: the users of realm {} cannot be checked ({}), as"
              + " while Karaf boots. If that lasts, see jaas:realm-list, and realm in"
              + " etc/org.candor.rest.cfg.",
          realm,
          e.toString());
    }
  }

  private static void answer(Callback[] callbacks, BasicCredentials credentials)
      throws UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName(credentials.user());
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword(credentials.password().toCharArray());
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }
}
