package org.candor.control.document;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.Labelled;
import org.candor.api.text.PlainText;

/**
 * A value as one line of JSON (RFC 8259). The components of a record are the keys, in their order;
 * what is {@link Labelled} shows as its label, a moment and a duration as ISO 8601, an empty
 * optional as null, and no character hides. Keeps nothing of the classes that it meets, so that
 * their bundles can go.
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
    try {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    return out.toString();
  }

  /**
   * Writes the document in UTF-8, a part at a time: what a list reads while it is gone through is
   * not in memory all at once. Does not close the stream.
   *
   * @throws IOException when it cannot be written, or a value cannot be read; what was written
   *     before is no document then
   */
  public void writeTo(OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    try {
      write(writer, value);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    writer.flush();
  }

  private static void write(Appendable out, Object value) throws IOException {
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        write(out, optional.get());
      } else {
        out.append("null");
      }
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value.toString());
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

  private static void array(Appendable out, Iterable<?> list) throws IOException {
    out.append('[');
    Iterator<?> entries = list.iterator();
    while (entries.hasNext()) {
      write(out, entries.next());
      out.append(entries.hasNext() ? "," : "");
    }
    out.append(']');
  }

  private static void object(Appendable out, Map<?, ?> map) throws IOException {
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

  private static void object(Appendable out, Record record) throws IOException {
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

  private static void text(Appendable out, String text) throws IOException {
    out.append('"');
    if (PlainText.showsAll(text) && text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
      out.append(text);
    } else {
      escaped(out, text);
    }
    out.append('"');
  }

  private static void escaped(Appendable out, String text) throws IOException {
    StringBuilder quoted = new StringBuilder(text.length() + SHORT.length);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= '\b' && c <= '\r' && c != '\u000b') {
        quoted.append(SHORT[c - '\b']);
      } else {
        quoted.append(c);
      }
    }
    // Half a character too, which no UTF-8 can hold.
    out.append(PlainText.escaped(quoted.toString()));
  }
}
