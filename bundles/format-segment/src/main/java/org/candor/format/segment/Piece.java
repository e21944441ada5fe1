package org.candor.format.segment;

import java.util.Map;

/** The least that goes into one message, already in JSON. */
sealed interface Piece {

  /** What the administrator knows it by. */
  String name();

  /** Bytes that it adds to a message, with the commas before its parts. */
  int size();

  /**
   * Properties that belong together.
   *
   * @param json values in JSON by their keys
   */
  record Properties(String name, Map<String, String> json) implements Piece {

    public Properties {
      json = Map.copyOf(json);
    }

    @Override
    public int size() {
      return json.entrySet().stream()
          .mapToInt(
              entry ->
                  JsonEncoder.size(JsonEncoder.text(entry.getKey()))
                      + JsonEncoder.size(entry.getValue())
                      + ":,".length())
          .sum();
    }
  }

  /** An element of the event's list. */
  record Element(String name, String json) implements Piece {

    @Override
    public int size() {
      return JsonEncoder.size(json) + ",".length();
    }
  }
}
