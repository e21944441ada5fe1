package org.candor.itest.fields;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.sink.Payload;
import org.candor.format.dns.QueryName;

/**
 * What a payload says, taken apart by its own format: under which names, in the words of the
 * catalogues, and every text in it as its reader sees it.
 *
 * @param byFormatter names that the formatter's catalogue must have
 * @param bySink names that the sink's must have
 * @param texts all of the payload, as it is and decoded
 */
record Emitted(List<String> byFormatter, List<String> bySink, List<String> texts) {

  private static final Pattern QUESTION = Pattern.compile("(.*)\\.zone\\.example\\. IN TXT");
  private static final String ID = "[0-9a-v]{26}";
  private static final String TEXT = "[0-9a-v]{0,62}(-[0-9a-v]{8})?";

  private Emitted() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  static Emitted by(String sink, Payload payload) {
    Emitted emitted = new Emitted();
    String text = payload.body().utf8();
    emitted.texts.add(text);
    emitted.texts.add(payload.id());
    switch (sink) {
      case "segment" -> emitted.segment(text);
      case "sentry" -> emitted.sentry(text);
      case "dns" -> emitted.dns(text);
      default -> throw new AssertionError("nobody can read what the sink " + sink + " makes");
    }
    return emitted;
  }

  /** What is in it that is in no catalogue. */
  List<String> unlisted(FieldCatalogue formatter, FieldCatalogue sink) {
    List<String> unlisted = new ArrayList<>();
    byFormatter.stream().filter(name -> !formatter.covers(name)).forEach(unlisted::add);
    bySink.stream().filter(name -> !sink.covers(name)).forEach(unlisted::add);
    return unlisted;
  }

  private void segment(String text) {
    JsonObject batch = JsonParser.parseString(text).getAsJsonObject();
    for (JsonElement element : batch.remove("batch").getAsJsonArray()) {
      JsonObject message = element.getAsJsonObject();
      if (message.has("properties")) {
        walk("", message.remove("properties"), byFormatter);
      }
      walk("", message, byFormatter);
    }
    walk("", batch, bySink);
  }

  private void sentry(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[3].isEmpty()) {
      throw new AssertionError("not an envelope with one item: " + text);
    }
    JsonObject header = JsonParser.parseString(lines[0]).getAsJsonObject();
    JsonObject added = new JsonObject();
    added.add("sent_at", header.remove("sent_at"));
    walk("", added, bySink);
    walk("", header, byFormatter);
    walk("", JsonParser.parseString(lines[1]), byFormatter);
    walk("", JsonParser.parseString(lines[2]), byFormatter);
  }

  private void dns(String text) {
    Matcher question = QUESTION.matcher(text);
    if (!question.matches()) {
      throw new AssertionError("not a question below the zone: " + text);
    }
    bySink.add("zone");
    String name = question.group(1);
    QueryName decoded = QueryName.decode(name).orElseThrow();
    texts.addAll(
        List.of(
            decoded.clusterId(),
            decoded.nodeId(),
            decoded.version(),
            decoded.kubernetesVersion(),
            decoded.kubernetesDistro()));
    if (name.equals("any.v1")) {
      byFormatter.add("v1");
      return;
    }
    String[] labels = name.split("\\.");
    check(labels[0].matches(ID) && labels[1].matches(ID), name);
    byFormatter.addAll(List.of("nodeId", "clusterId"));
    for (int i = 2; i < labels.length - 1; i++) {
      check(labels[i].substring(1).matches(TEXT), name);
      byFormatter.add(
          Map.of('k', "kubernetesVersion", 'd', "kubernetesDistro", 'p', "version")
              .getOrDefault(labels[i].charAt(0), labels[i]));
    }
    byFormatter.add(labels[labels.length - 1]);
  }

  private static void check(boolean holds, String name) {
    if (!holds) {
      throw new AssertionError("a label that nobody can read: " + name);
    }
  }

  private void walk(String path, JsonElement json, List<String> paths) {
    if (json.isJsonObject()) {
      json.getAsJsonObject()
          .entrySet()
          .forEach(
              entry -> {
                texts.add(entry.getKey());
                String inside = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                walk(inside, entry.getValue(), paths);
              });
    } else if (json.isJsonArray()) {
      // An empty list says nothing but its own name.
      json.getAsJsonArray().forEach(element -> walk(path + "[]", element, paths));
    } else {
      texts.add(json.getAsString());
      paths.add(path);
    }
  }
}
