package org.candor.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates from files as keytool makes them, shown to a client that checks them. */
class TlsListenerTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;
  private final List<String> events = new CopyOnWriteArrayList<>();
  private Optional<HttpListener> listener = Optional.empty();

  @AfterEach
  void close() {
    listener.ifPresent(HttpListener::close);
  }

  private KeyStore store(String name, String... algorithm) throws Exception {
    Path file = folder.resolve(name + ".p12");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
    command.addAll(Arrays.asList(algorithm));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static String pem(KeyStore store, boolean pkcs1) throws Exception {
    Key key = store.getKey("server", PASSWORD.toCharArray());
    // Of PKCS#8, what is behind version, algorithm and the tag of the octets.
    byte[] der = key.getEncoded();
    return block("CERTIFICATE", store.getCertificate("server").getEncoded())
        + (pkcs1
            ? block("RSA PRIVATE KEY", Arrays.copyOfRange(der, 26, der.length))
            : block("PRIVATE KEY", der));
  }

  private void write(Path file, String text) throws IOException {
    Path fresh = folder.resolve("fresh");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private int serve(TlsFiles files) {
    HttpListener serving =
        new HttpListener(
            "tls",
            TlsListenerTest::answer,
            new Quiet(),
            HttpListener.RETRY,
            new ServerOptions(
                ServerLimits.USUAL, address -> false, new WatchedTls(files, noted())));
    listener = Optional.of(serving);
    serving.serve(Optional.of(new ListenAddress("127.0.0.1", 0)));
    return Eventually.get(serving::address).getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] large = new byte[100_000];
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(exchange.getRequestBody().readAllBytes());
      out.write(large);
    }
  }

  private WatchedTls.Events noted() {
    return new WatchedTls.Events() {
      @Override
      public void unusable(TlsFiles files, String why, boolean earlierStays) {
        events.add((earlierStays ? "stays: " : "none: ") + why);
      }

      @Override
      public void loaded(TlsFiles files) {
        events.add("loaded");
      }
    };
  }

  /** Whose certificate is shown, to a client that trusts these only; empty when it gets none. */
  private static String shown(int port, KeyStore... trusted) {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      for (int i = 0; i < trusted.length; i++) {
        trust.setCertificateEntry("ca" + i, trusted[i].getCertificate("server"));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trust);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write(
                "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"
                    .getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(answer);
        assertThat(answer.toString(StandardCharsets.ISO_8859_1))
            .startsWith("HTTP/1.1 200 OK")
            .contains("hello");
        assertThat(answer.size()).isGreaterThan(100_000);
        Certificate[] chain = socket.getSession().getPeerCertificates();
        return ((X509Certificate) chain[0]).getSubjectX500Principal().getName();
      }
    } catch (IOException e) {
      return "";
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"RSA,2048,false", "RSA,2048,true", "EC,256,false"})
  void pemIsReadAndReadAgainWhenItIsRenewed(String algorithm, String size, boolean pkcs1)
      throws Exception {
    KeyStore first = store("first", "-keyalg", algorithm, "-keysize", size);
    KeyStore second = store("second", "-keyalg", algorithm, "-keysize", size);
    Path file = folder.resolve("server.pem");
    write(file, pem(first, pkcs1));
    int port = serve(new TlsFiles(file, Optional.empty(), Optional.empty()));
    assertThat(shown(port, first)).isEqualTo("CN=first");
    write(file, "half a cert");
    Eventually.is(() -> shown(port, first).equals("CN=first") && events.size() == 2);
    write(file, pem(second, pkcs1));
    Eventually.is(() -> shown(port, second, first).equals("CN=second"));
    assertThat(events).hasSize(3).startsWith("loaded").endsWith("loaded");
    assertThat(events.get(1)).startsWith("stays: ");
  }

  @Test
  void aKeyInAFileOfItsOwnMustBeTheCertificates() throws Exception {
    KeyStore one = store("one", "-keyalg", "EC");
    KeyStore other = store("other", "-keyalg", "EC");
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    write(certificate, block("CERTIFICATE", one.getCertificate("server").getEncoded()));
    write(key, pem(other, false));
    int port = serve(new TlsFiles(certificate, Optional.of(key), Optional.empty()));
    assertThat(shown(port, one, other)).isEmpty();
    assertThat(events).containsExactly("none: has a private key that is not the certificate's");
    write(key, pem(one, false));
    Eventually.is(() -> shown(port, one).equals("CN=one"));
  }

  @Test
  void pkcs12IsOpenedWithThePasswordInItsFile() throws Exception {
    KeyStore store = store("store", "-keyalg", "EC");
    Path password = folder.resolve("password");
    write(password, "wrong\n");
    int port =
        serve(new TlsFiles(folder.resolve("store.p12"), Optional.empty(), Optional.of(password)));
    assertThat(shown(port, store)).isEmpty();
    assertThat(events).singleElement().asString().contains("tlsPasswordFile");
    write(password, PASSWORD + "\n");
    Eventually.is(() -> shown(port, store).equals("CN=store"));
  }

  @Test
  void whoDoesNotFinishTheHandshakeKeepsNobodyElseWaiting() throws Exception {
    KeyStore store = store("store", "-keyalg", "EC");
    Path file = folder.resolve("server.pem");
    write(file, pem(store, false));
    int port = serve(new TlsFiles(file, Optional.empty(), Optional.empty()));
    assertThat(shown(port, store)).isEqualTo("CN=store");
    try (Attack attack = new Attack(port)) {
      for (int i = 0; i < 300; i++) {
        attack.open("127.0.0.2", i % 2 == 0 ? "" : "GET / HTTP/1.1\r\n\r\n");
      }
      long begin = System.nanoTime();
      assertThat(shown(port, store)).isEqualTo("CN=store");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
    try (Socket plain = new Socket("127.0.0.1", port)) {
      assertThat(plain.isConnected()).isTrue();
    }
  }

  private static final class Quiet implements ListenerEvents {

    @Override
    public void serving(ListenAddress wanted, ListenAddress served, boolean loopback) {}

    @Override
    public void unavailable(
        ListenAddress wanted, IOException why, Optional<ListenAddress> remains, Duration retry) {}
  }
}
