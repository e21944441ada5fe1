package org.candor.http.client;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.io.DetachedSocketFactory;

/**
 * Connection scope: the connection of one exchange, cancelled as a whole; whoever waits on it, in a
 * look-up, a connect, a handshake, a write or a read, stops waiting when it is cut. Safe for
 * several threads.
 */
final class ConnectionScope implements DetachedSocketFactory {

  private final List<Runnable> waits = new ArrayList<>();
  private Optional<Cut> cut = Optional.empty();
  private boolean down;

  /** Why a line was cut. */
  enum Cut {
    TIME_OVER,
    NOT_BEGUN,
    CANCELLED,
    STOPPED
  }

  // A socket made without this argument asks the JVM-wide SOCKS properties.
  @Override
  public Socket create(Proxy none) throws IOException {
    Socket created = new Socket(Proxy.NO_PROXY);
    onDown(() -> close(created));
    return created;
  }

  /** Has the action run when the line is cut or hung up; at once when it already is. */
  void onDown(Runnable action) {
    synchronized (this) {
      if (!down) {
        waits.add(action);
        return;
      }
    }
    action.run();
  }

  /** Ends all waiting, for a reason; the first one counts. */
  void cut(Cut reason) {
    synchronized (this) {
      if (cut.isEmpty() && !down) {
        cut = Optional.of(reason);
      }
    }
    hangUp();
  }

  /** Ends all waiting because the exchange is over. */
  void hangUp() {
    List<Runnable> toRun;
    synchronized (this) {
      down = true;
      toRun = List.copyOf(waits);
      waits.clear();
    }
    toRun.forEach(Runnable::run);
  }

  /** Why the line was cut; empty when it was not. */
  synchronized Optional<Cut> reason() {
    return cut;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }
}
