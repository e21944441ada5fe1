package org.candor.http.server;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strict parser of the head of an HTTP/1 request (RFC 9112, 2 to 6), of 32 KiB at most. */
final class HeadReader {

  private static final int MOST = 32 << 10;
  private static final int MOST_HEADERS = 100;
  private static final int TOO_LARGE = 431;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
  private static final Pattern REQUEST =
      Pattern.compile("(" + TOKEN + "{1,32}) ([\\x21-\\x7e]+) HTTP/(\\d)\\.(\\d)");
  private static final Pattern NAME = Pattern.compile(TOKEN + "{1,256}");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)(.*)");

  private final LineReader lines;

  private HeadReader(InputStream in) {
    lines = new LineReader(in, MOST, TOO_LARGE);
  }

  /**
   * @throws BadRequestException when it is not one
   * @throws IOException when the connection ends within it
   */
  static RequestHead read(InputStream in) throws IOException {
    return new HeadReader(in).head();
  }

  private RequestHead head() throws IOException {
    String first = lines.next();
    // Some clients send an empty line behind a body (RFC 9112, 2.2).
    Matcher request = REQUEST.matcher(first.isEmpty() ? lines.next() : first);
    if (!request.matches()) {
      throw new BadRequestException("A request begins with METHOD PATH HTTP/1.1.");
    }
    if (!request.group(3).equals("1")) {
      throw new BadRequestException(505, "Allowed is HTTP/1.1.");
    }
    boolean persistent = !request.group(4).equals("0");
    Headers headers = headers();
    checkHosts(headers, persistent);
    checkExpectation(headers);
    return new RequestHead(
        request.group(1),
        target(request.group(2), headers),
        persistent,
        headers,
        BodyFraming.of(headers, persistent));
  }

  private Headers headers() throws IOException {
    Headers headers = new Headers();
    String line = lines.next();
    for (int count = 0; !line.isEmpty(); count++) {
      int colon = line.indexOf(':');
      if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
        throw new BadRequestException("A header is NAME: VALUE on one line.");
      }
      if (count == MOST_HEADERS) {
        throw new BadRequestException(TOO_LARGE, "There are more than 100 headers.");
      }
      headers.add(line.substring(0, colon), value(line, colon + 1));
      line = lines.next();
    }
    return headers;
  }

  /** What is between the spaces and tabs around it. */
  private static String value(String line, int from) {
    int begin = from;
    int end = line.length();
    while (begin < end && isBlank(line.charAt(begin))) {
      begin++;
    }
    while (begin < end && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(begin, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static void checkHosts(Headers headers, boolean persistent) throws BadRequestException {
    int hosts = headers.getOrDefault("Host", List.of()).size();
    if (hosts > 1 || persistent && hosts == 0) {
      throw new BadRequestException("A request has one header Host.");
    }
  }

  private static void checkExpectation(Headers headers) throws BadRequestException {
    Optional<String> expected = Optional.ofNullable(headers.getFirst("Expect"));
    if (expected.isPresent() && !expected.get().equalsIgnoreCase("100-continue")) {
      throw new BadRequestException(417, "Expect can be 100-continue only.");
    }
  }

  /** Path and query; a host in front of it must be the one of the header. */
  private static URI target(String text, Headers headers) throws BadRequestException {
    Matcher absolute = ABSOLUTE.matcher(text);
    String path = text;
    if (absolute.matches()) {
      if (!absolute.group(1).equalsIgnoreCase(headers.getFirst("Host"))) {
        throw new BadRequestException("The request's host and the header Host differ.");
      }
      path = absolute.group(2);
    }
    try {
      URI target = new URI(path);
      if (!path.startsWith("/") || target.getPath() == null || target.getRawFragment() != null) {
        throw new BadRequestException("A path begins with a slash.");
      }
      return target;
    } catch (URISyntaxException e) {
      throw new BadRequestException("The path is not part of a URL.");
    }
  }
}
