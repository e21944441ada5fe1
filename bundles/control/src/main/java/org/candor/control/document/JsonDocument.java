package org.candor.control.document;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.Labelled;

/**
 * A value as one line of JSON (RFC 8259). The components of a record are the keys, in their order;
 * what is {@link Labelled} shows as its label, a moment and a duration as ISO 8601, an empty
 * optional as null. Keeps nothing of the classes that it meets, so that their bundles can go.
 *
 * @param value a record of records, lists, maps, texts, numbers and truth values
 */
public record JsonDocument(Object value) {

  private static final String[] SHORT = {"\\b", "\\t", "\\n", "", "\\f", "\\r"};

  /** The document in UTF-8. */
  public Bytes bytes() {
    return Bytes.copyOf(toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresentOrElse(present -> write(out, present), () -> out.append("null"));
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Labelled labelled) {
      text(out, labelled.label());
    } else if (value instanceof Map<?, ?> map) {
      object(out, map);
    } else if (value instanceof Iterable<?> list) {
      array(out, list);
    } else if (value instanceof Record record) {
      object(out, record);
    } else {
      text(out, value.toString());
    }
  }

  private static void array(StringBuilder out, Iterable<?> list) {
    out.append('[');
    Iterator<?> entries = list.iterator();
    while (entries.hasNext()) {
      write(out, entries.next());
      out.append(entries.hasNext() ? "," : "");
    }
    out.append(']');
  }

  private static void object(StringBuilder out, Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      text(out, entry.getKey() instanceof Labelled l ? l.label() : entry.getKey().toString());
      out.append(':');
      write(out, entry.getValue());
      separator = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static void object(StringBuilder out, Record record) {
    String separator = "{";
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      out.append(separator);
      text(out, component.getName());
      out.append(':');
      write(out, value(record, component));
      separator = ",";
    }
    out.append(separator.equals("{") ? "{}" : "}");
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      // The record may be known to its command alone.
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read", e.getCause());
    }
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= '\b' && c <= '\r' && c != '\u000b') {
        out.append(SHORT[c - '\b']);
      } else if (c < ' ' || c == '\u2028' || c == '\u2029' || isAlone(text, i)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Half a character, which no UTF-8 can hold. */
  private static boolean isAlone(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
            && (at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1)))
        || Character.isLowSurrogate(c)
            && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
