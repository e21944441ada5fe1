package org.candor.receiver;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A query with one question, and the answer to it in the same form (RFC 1035, section 4; RFC 6891
 * for what comes after the question).
 *
 * @param head id and flags
 * @param question as it came: name, type, class
 * @param name as text, without the dot at its end; what is no printable ASCII as {@code \DDD}
 * @param isForText whether TXT records of the Internet are asked for
 * @param room bytes of an answer that the asker takes over UDP; empty when it does not say
 */
record DnsQuery(int head, byte[] question, String name, boolean isForText, Optional<Integer> room) {

  private static final int HEADER = 12;
  private static final int MOST_LABEL = 63;
  private static final int MOST_STRING = 255;
  private static final int TXT = 16;
  private static final int OPT = 41;
  private static final int INTERNET = 1;
  private static final int RESPONSE_OR_OPCODE = 0xf800;
  private static final int ID_AND_RECURSION = 0xffff_0100;
  private static final int RESPONSE = 0x8080;
  private static final int TRUNCATED = 0x0200;
  private static final int POINTER_TO_QUESTION = 0xc000 | HEADER;
  private static final int LEAST_ROOM = 512;
  private static final short MOST_ROOM = 1232;

  /** Reads a query; empty when it is none, or has another form. */
  static Optional<DnsQuery> read(byte[] message) {
    try {
      ByteBuffer in = ByteBuffer.wrap(message);
      int head = in.getInt();
      int questions = in.getShort();
      if ((head & RESPONSE_OR_OPCODE) != 0 || questions != 1 || in.getInt() != 0) {
        return Optional.empty();
      }
      int additional = in.getShort();
      String name = name(in);
      boolean isForText = in.getShort() == TXT & in.getShort() == INTERNET;
      byte[] question = Arrays.copyOfRange(message, HEADER, in.position());
      Optional<Integer> room = additional == 1 ? room(in) : Optional.empty();
      return Optional.of(new DnsQuery(head, question, name, isForText, room));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String name(ByteBuffer in) {
    StringBuilder name = new StringBuilder();
    for (int length = in.get(); length != 0; length = in.get()) {
      if (length < 0 || length > MOST_LABEL) {
        throw new IllegalArgumentException("no label");
      }
      name.append(name.isEmpty() ? "" : ".");
      for (int i = 0; i < length; i++) {
        int octet = in.get() & 0xff;
        boolean plain = octet > ' ' && octet <= '~' && octet != '.' && octet != '\\';
        name.append(plain ? "" + (char) octet : String.format("\\%03d", octet));
      }
    }
    return name.toString();
  }

  private static Optional<Integer> room(ByteBuffer in) {
    boolean isOptions = in.get() == 0 & in.getShort() == OPT;
    int size = in.getShort() & 0xffff;
    return isOptions
        ? Optional.of(Math.max(LEAST_ROOM, Math.min(MOST_ROOM, size)))
        : Optional.empty();
  }

  /** The answer for UDP: without records, and saying so, when they are too large. */
  byte[] overUdp(String text) {
    byte[] whole = overTcp(text);
    return whole.length <= room.orElse(LEAST_ROOM) ? whole : answer(TRUNCATED, new byte[0]);
  }

  /** The answer: one TXT record with the text, in pieces of 255 bytes; none for no text. */
  byte[] overTcp(String text) {
    return answer(0, isForText ? strings(text) : new byte[0]);
  }

  private byte[] answer(int flags, byte[] strings) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + question.length + 12 + strings.length + 11);
    out.putInt(head & ID_AND_RECURSION | RESPONSE | flags);
    out.putShort((short) 1).putShort((short) (strings.length == 0 ? 0 : 1));
    out.putShort((short) 0).putShort((short) (room.isPresent() ? 1 : 0));
    out.put(question);
    if (strings.length > 0) {
      out.putShort((short) POINTER_TO_QUESTION).putShort((short) TXT).putShort((short) INTERNET);
      out.putInt(0).putShort((short) strings.length).put(strings);
    }
    if (room.isPresent()) {
      out.put((byte) 0).putShort((short) OPT).putShort(MOST_ROOM).putInt(0).putShort((short) 0);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] strings(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    for (int start = 0; start < bytes.length; start += MOST_STRING) {
      int length = Math.min(MOST_STRING, bytes.length - start);
      strings.write(length);
      strings.write(bytes, start, length);
    }
    return strings.toByteArray();
  }
}
