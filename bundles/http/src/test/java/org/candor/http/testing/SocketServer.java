package org.candor.http.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Accepts connections on 127.0.0.1, and on ::1 where it can, and lets a {@link Script} do what it
 * wants with each, on a thread of its own. Closing it closes all its connections.
 *
 * <p>The certificates beside this class are valid until 2119 and were made with {@code keytool
 * -genkeypair} and {@code keytool -gencert -startdate 2020/01/01 -validity 36500 -ext
 * san=dns:localhost,ip:127.0.0.1 -ext eku=serverAuth}; the password is {@code candor}; the
 * authority's key is thrown away.
 */
public final class SocketServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;

  private final ServerSocket listener;
  private final Optional<ServerSocket> besides;
  private final String scheme;
  private final Script script;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch met = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean orderly;

  private SocketServer(
      ServerSocketFactory sockets, InetAddress address, String scheme, Script script)
      throws IOException {
    this.listener = sockets.createServerSocket(0, 50, address);
    this.besides =
        address.isLoopbackAddress() ? besides(sockets, listener.getLocalPort()) : Optional.empty();
    this.scheme = scheme;
    this.script = script;
    start(() -> accept(listener));
    besides.ifPresent(other -> start(() -> accept(other)));
  }

  // Some proxies try the first address of a name only, and that of localhost may be this one.
  private static Optional<ServerSocket> besides(ServerSocketFactory sockets, int port) {
    try {
      return Optional.of(sockets.createServerSocket(port, 50, InetAddress.getByName("::1")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Plays a part towards one connection. */
  @FunctionalInterface
  public interface Script {
    void play(Visit visit) throws Exception;
  }

  public static SocketServer http(Script script) throws IOException {
    return http(loopback(), script);
  }

  /** At another address of this machine. */
  public static SocketServer http(InetAddress address, Script script) throws IOException {
    return new SocketServer(ServerSocketFactory.getDefault(), address, "http", script);
  }

  /** With the certificate of the given name: {@code localhost} or {@code elsewhere}. */
  public static SocketServer https(String certificate, Script script) throws Exception {
    return new SocketServer(
        context(certificate).getServerSocketFactory(), loopback(), "https", script);
  }

  /** A copy of the PEM file of the authority that signed the certificates. */
  public static Path authority(Path directory) throws IOException {
    try (InputStream in = SocketServer.class.getResourceAsStream("ca.pem")) {
      return Files.write(directory.resolve("ca.pem"), in.readAllBytes());
    }
  }

  public URI uri(String path) {
    String host = listener.getInetAddress().getHostAddress();
    return URI.create(scheme + "://" + host + ":" + listener.getLocalPort() + path);
  }

  /**
   * The same by a name that a proxy is asked for: what is exempt is {@code localhost} in exactly
   * these letters.
   */
  public URI proxied(String path) {
    return URI.create(scheme + "://LOCALHOST:" + listener.getLocalPort() + path);
  }

  /** Host and port, as sentences name them. */
  public String place() {
    return uri("").getAuthority();
  }

  /** What {@link Visit#read} has read so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** How many connections there were so far. */
  public int visits() {
    return sockets.size();
  }

  /** Waits for the first connection. */
  public void awaitVisit() throws InterruptedException {
    met.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until a peer whose script called {@link Visit#untilLeft} closed its side. */
  public boolean awaitLeft() throws InterruptedException {
    return left.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether that peer closed its connection rather than reset it. */
  public boolean leftOrderly() {
    return orderly;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    if (besides.isPresent()) {
      besides.get().close();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  Socket visit() throws IOException {
    return new Socket(loopback(), listener.getLocalPort());
  }

  void note(Request request) {
    requests.add(request);
  }

  void noteLeft(boolean inOrder) {
    orderly = inOrder;
    left.countDown();
  }

  void awaitClose() throws InterruptedException {
    closed.await();
  }

  private void accept(ServerSocket door) {
    while (closed.getCount() > 0) {
      try {
        Socket socket = door.accept();
        sockets.add(socket);
        met.countDown();
        start(() -> play(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void play(Socket socket) {
    try (socket) {
      script.play(new Visit(socket, this));
    } catch (Exception e) {
      // The peer left, or the test is over; what was missed shows in the test's own checks.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "test-server");
    thread.setDaemon(true);
    thread.start();
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static SSLContext context(String certificate)
      throws IOException, GeneralSecurityException {
    char[] password = "candor".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = SocketServer.class.getResourceAsStream(certificate + ".p12")) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
