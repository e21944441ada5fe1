package org.candor.http.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.candor.http.testing.SocketServer.Script;

/** Scripts of servers that one would rather not meet. */
public enum Misbehaviour implements Script {
  /** Takes the connection and never says a word. */
  HANGS(
      visit -> {
        visit.hang();
      }),
  /** Says that all is well, and never sends the body. */
  HANGS_AFTER_HEADERS(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        visit.hang();
      }),
  /** Sends a byte of the body every 20 ms, so that no single read waits long. */
  DRIPS(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (!Thread.interrupted()) {
          visit.write(".");
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
      }),
  /** Closes the connection instead of answering. */
  LEAVES(Visit::read),
  /** Closes the connection in the middle of the body. */
  LEAVES_HALF_WAY(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
      }),
  /** Closes the connection in the middle of a chunk. */
  LEAVES_IN_A_CHUNK(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf");
      }),
  /** Resets the connection when the request has come. */
  RESETS(
      visit -> {
        visit.read();
        visit.reset();
      }),
  /** Resets the connection in the middle of the body. */
  RESETS_HALF_WAY(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        visit.reset();
      }),
  /** Speaks another protocol. */
  TALKS_GARBAGE(
      visit -> {
        visit.read();
        visit.write("220 mail.example ESMTP\r\nwho are you?\r\n\r\n");
      }),
  /** Sends one header without end. */
  SENDS_AN_ENDLESS_HEADER(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\nX-Large: ");
        while (true) {
          visit.write("x".repeat(8192));
        }
      }),
  /** Sends headers without end. */
  SENDS_ENDLESS_HEADERS(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\n");
        while (true) {
          visit.write("X-Many: x\r\n");
        }
      }),
  /** Sends lines without end that never become an answer. */
  SENDS_ENDLESS_LINES(
      visit -> {
        visit.read();
        while (true) {
          visit.write("\r\n".repeat(4096));
        }
      }),
  /** Says that the body is gzip when it is not. */
  SENDS_NO_GZIP(
      visit -> {
        visit.read();
        visit.answer(200, "Content-Encoding: gzip\r\n", "no gzip at all");
      }),
  /** Uses an encoding that nobody asked for. */
  SENDS_ANOTHER_ENCODING(
      visit -> {
        visit.read();
        visit.answer(200, "Content-Encoding: br\r\n", "x");
      }),
  /** Sends a body without end. */
  SENDS_AN_ENDLESS_BODY(
      visit -> {
        visit.read();
        visit.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true) {
          visit.write("2000\r\n" + "x".repeat(8192) + "\r\n");
        }
      });

  private final Script script;

  Misbehaviour(Script script) {
    this.script = script;
  }

  @Override
  public void play(Visit visit) throws Exception {
    script.play(visit);
  }
}
