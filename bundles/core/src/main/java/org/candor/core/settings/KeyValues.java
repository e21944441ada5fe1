package org.candor.core.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.felix.utils.properties.Properties;

/**
 * Text codec: keys and values as the text of a {@link StateFile}: one {@code key = value} a line.
 */
public final class KeyValues {

  private KeyValues() {}

  /** Reads them; whatever is no such line is left out. */
  public static SortedMap<String, String> read(String text) throws IOException {
    Properties properties = new Properties(false);
    properties.load(new StringReader(text));
    return new TreeMap<>(properties);
  }

  /** The text of these, in their order. */
  public static String text(Map<String, String> values) throws IOException {
    Properties properties = new Properties(false);
    properties.putAll(values);
    StringWriter text = new StringWriter();
    properties.save(text);
    return text.toString();
  }
}
