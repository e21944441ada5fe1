package org.candor.source.storageos.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.json.Json;

/**
 * Answers that are a list of objects, as both versions of the API give them: whole, in one page.
 */
public final class Listing {

  /** More namespaces than this are no cluster's. */
  private static final int LIMIT = 10_000;

  private Listing() {}

  /** How many there are. */
  public static long count(Json json) throws IOException {
    long[] count = {0};
    json.items(
        () -> {
          json.skip();
          count[0]++;
        });
    return count[0];
  }

  /** One text member of each, which is to become a segment of a path. */
  public static List<String> segments(Json json, String member) throws IOException {
    List<String> segments = new ArrayList<>();
    json.items(
        () -> {
          if (segments.size() == LIMIT) {
            throw json.wrong("more than " + LIMIT + " entries");
          }
          segments.add(segment(json, member));
        });
    return List.copyOf(segments);
  }

  private static String segment(Json json, String member) throws IOException {
    String segment = text(json, member);
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw json.wrong("no usable " + member);
    }
    return segment;
  }

  /** One text member of an object; empty when it has none. */
  public static String text(Json json, String member) throws IOException {
    String[] text = {""};
    json.members(
        name -> {
          if (name.equals(member)) {
            text[0] = json.text();
          } else {
            json.skip();
          }
        });
    return text[0];
  }
}
