package org.candor.http.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Body of a response: of a length that is known, in chunks, or up to the connection's end. Nothing
 * can be written before the head. For one thread at a time.
 */
final class ResponseBody extends OutputStream {

  /** How a client knows where the body ends. */
  enum Framing {
    LENGTH,
    CHUNKS,
    CLOSE
  }

  private static final int CHUNK = 4096;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final OutputStream out;
  private final Runnable complete;
  private final Runnable abort;
  private final byte[] chunk = new byte[CHUNK];
  private int filled;
  private Framing framing = Framing.LENGTH;
  private long left;
  private boolean open;

  /**
   * @param out the connection's, with a buffer
   * @param complete run when it is whole
   * @param abort run when it never will be
   */
  ResponseBody(OutputStream out, Runnable complete, Runnable abort) {
    this.out = out;
    this.complete = complete;
    this.abort = abort;
  }

  /**
   * The head is written.
   *
   * @param length when that is how it is framed
   */
  void begin(Framing by, long length) {
    framing = by;
    left = length;
    open = true;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    if (!open) {
      throw new IOException("There is no response to write.");
    }
    switch (framing) {
      case LENGTH -> {
        if (length > left) {
          throw new IOException("The response is longer than its Content-Length.");
        }
        left -= length;
        out.write(from, offset, length);
      }
      case CHUNKS -> chunks(from, offset, length);
      default -> out.write(from, offset, length);
    }
  }

  private void chunks(byte[] from, int offset, int length) throws IOException {
    if (filled + length > CHUNK) {
      writeChunk(chunk, 0, filled);
      filled = 0;
    }
    if (length > CHUNK) {
      writeChunk(from, offset, length);
    } else {
      System.arraycopy(from, offset, chunk, filled, length);
      filled += length;
    }
  }

  private void writeChunk(byte[] from, int offset, int length) throws IOException {
    if (length > 0) {
      out.write(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII));
      out.write(LINE_END);
      out.write(from, offset, length);
      out.write(LINE_END);
    }
  }

  @Override
  public void flush() throws IOException {
    if (open) {
      writeChunk(chunk, 0, filled);
      filled = 0;
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    if (framing == Framing.LENGTH && left > 0) {
      open = false;
      abort.run();
      throw new IOException("The response is shorter than its Content-Length.");
    }
    try {
      writeChunk(chunk, 0, filled);
      if (framing == Framing.CHUNKS) {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.flush();
      open = false;
      complete.run();
    } finally {
      if (open) {
        open = false;
        abort.run();
      }
    }
  }
}
