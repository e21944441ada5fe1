package org.candor.rest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.http.server.TlsFiles;
import org.candor.http.server.TlsSource;
import org.candor.http.server.WatchedTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that is configured now, if any. Thread-safe. */
final class Certificate implements TlsSource, WatchedTls.Events {

  private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);

  private final String file;
  private volatile Optional<WatchedTls> tls = Optional.empty();

  /**
   * @param file where it is configured
   */
  Certificate(String file) {
    this.file = file;
  }

  /** Uses these from now on; none when empty. */
  void use(Optional<TlsFiles> files) {
    if (!tls.map(WatchedTls::files).equals(files)) {
      tls = files.map(some -> new WatchedTls(some, this));
    }
  }

  boolean isConfigured() {
    return tls.isPresent();
  }

  @Override
  public Optional<SSLContext> context() throws IOException {
    Optional<WatchedTls> now = tls;
    return now.isPresent() ? now.get().context() : Optional.empty();
  }

  List<ConfigurationProblem> problems() {
    return tls.flatMap(now -> now.trouble().map(why -> problem(now.files(), why))).stream()
        .toList();
  }

  private ConfigurationProblem problem(TlsFiles files, String why) {
    return ConfigurationProblem.of(
        file,
        Keys.TLS_FILE.key(),
        files.certificate().toString(),
        files.certificate() + " " + why + "; it is read again when it changes.");
  }

  @Override
  public void unusable(TlsFiles files, String why, boolean earlierStays) {
    LOG.error(
        "{}: tlsFile = {} {}; {}. It is read again when it changes.",
        file,
        files.certificate(),
        why,
        earlierStays
            ? "the certificate of before stays in use"
            : "nobody is answered over HTTP until this is corrected");
  }

  @Override
  public void loaded(TlsFiles files) {
    LOG.info("The certificate in {} is in use.", files.certificate());
  }
}
