package org.candor.benchmarks.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A request with page views, as {@code candor.js} writes them, but more of them at once. From one
 * request to the next nothing changes but the views' ids, so that whoever sends it costs little.
 */
final class Views {

  /** Page views in a request. */
  static final int COUNT = 100;

  static final String KEY = "benchmark-key";
  static final String ORIGIN = "https://shop.test";

  private static final String ID = "00000000-0000-4000-8000-";
  private static final int DIGITS = 12;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] request;
  private final int[] places = new int[COUNT];

  /**
   * @param client one of several, each with people of its own
   */
  Views(int client) {
    StringBuilder body = new StringBuilder("{\"key\":\"" + KEY + "\",\"events\":[");
    for (int i = 0; i < COUNT; i++) {
      body.append(i == 0 ? "" : ",").append(view(i, client * COUNT + i));
    }
    body.append("]}");
    String head =
        """
        POST /v1/events HTTP/1.1\r
        Host: 127.0.0.1\r
        Origin: %s\r
        Content-Type: text/plain;charset=UTF-8\r
        Content-Length: %d\r
        \r
        """
            .formatted(ORIGIN, body.length());
    request = (head + body).getBytes(StandardCharsets.US_ASCII);
    int place = 0;
    for (int i = 0; i < COUNT; i++) {
      place = (head + body).indexOf(ID, place) + ID.length();
      places[i] = place;
    }
  }

  private static String view(int number, int user) {
    return """
    {"at":"%s","id":"%s","type":"page","user":"user%d","visitor":"%s",\
    "path":"/services/detail/[id]","version":"4.5.6"}\
    """
        .formatted(
            Instant.ofEpochMilli(System.currentTimeMillis()),
            id(number),
            user,
            new UUID(user, ~user));
  }

  /** The id of a view. */
  static String id(long number) {
    return ID + "%012x".formatted(number);
  }

  /** The request whose views are numbered from there. The same bytes each time. */
  byte[] from(long first) {
    for (int i = 0; i < COUNT; i++) {
      long rest = first + i;
      for (int digit = DIGITS - 1; digit >= 0; digit--) {
        request[places[i] + digit] = HEX[(int) (rest & 0xf)];
        rest >>>= 4;
      }
    }
    return request;
  }
}
