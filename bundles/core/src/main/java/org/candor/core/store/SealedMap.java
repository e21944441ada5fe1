package org.candor.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;

/**
 * Checksummed map from texts to texts in an open file, sorted by key. All of it is checked when it
 * is opened, and each value whenever it is read; a damaged one throws {@link DamagedException}. For
 * one thread at a time.
 */
public final class SealedMap extends AbstractMap<String, String> {

  private final String name;
  private final MVMap<String, byte[]> values;
  private long sequence;

  /**
   * @throws DamagedException when a value, a key or the map's order is damaged
   */
  SealedMap(String name, MVMap<String, byte[]> values) {
    this.name = name;
    this.values = values;
    for (String key : MapCheck.keys(name, values)) {
      sequence = Math.max(sequence, whole(key, values.get(key)).sequence());
    }
  }

  /** What is whole in a map that may be damaged. */
  static Map<String, String> wholeOf(String name, MVMap<String, byte[]> values) {
    Map<String, String> whole = new TreeMap<>();
    values.forEach(
        (key, frame) ->
            SealedValue.decode(frame)
                .filter(value -> value.map().equals(name) && value.key().equals(key))
                .ifPresent(value -> whole.put(key, value.text())));
    return whole;
  }

  /**
   * The newest values that are whole in a file, whether or not it opens: by map, and in it by key.
   * One that was removed is found too.
   */
  public static Map<String, Map<String, String>> scan(Path file) throws IOException {
    Map<List<String>, SealedValue> newest = new HashMap<>();
    RecordFrame.scan(
        RecordFrame.Kind.VALUE,
        file,
        content ->
            SealedValue.fields(content)
                .ifPresent(
                    value ->
                        newest.merge(
                            List.of(value.map(), value.key()),
                            value,
                            (one, other) -> other.sequence() < one.sequence() ? one : other)));
    Map<String, Map<String, String>> maps = new HashMap<>();
    newest
        .values()
        .forEach(
            value ->
                maps.computeIfAbsent(value.map(), map -> new TreeMap<>())
                    .put(value.key(), value.text()));
    return maps;
  }

  private SealedValue whole(String key, byte[] frame) {
    return SealedValue.decode(frame)
        .filter(value -> value.map().equals(name) && value.key().equals(key))
        .orElseThrow(
            () -> new DamagedException("the value " + key + " of " + name + " is not whole"));
  }

  @Override
  public String put(String key, String value) {
    byte[] before = values.put(key, new SealedValue(++sequence, name, key, value).encode());
    return before == null ? null : SealedValue.decode(before).map(SealedValue::text).orElse("");
  }

  @Override
  public String get(Object key) {
    byte[] frame = values.get(key);
    return frame == null ? null : whole((String) key, frame).text();
  }

  @Override
  public String remove(Object key) {
    byte[] before = values.remove(key);
    return before == null ? null : SealedValue.decode(before).map(SealedValue::text).orElse("");
  }

  @Override
  public boolean containsKey(Object key) {
    return values.containsKey(key);
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public void clear() {
    values.clear();
  }

  /** The first key; empty when there is none. */
  public Optional<String> firstKey() {
    return Optional.ofNullable(values.firstKey());
  }

  /** All keys in their order, as they are now. */
  public List<String> keys() {
    return List.copyOf(values.keyList());
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new Entries();
  }

  /** A view of all entries. */
  private final class Entries extends AbstractSet<Entry<String, String>> {

    @Override
    public Iterator<Entry<String, String>> iterator() {
      Iterator<String> keys = keys().iterator();
      return new Iterator<>() {
        private String last = "";

        @Override
        public boolean hasNext() {
          return keys.hasNext();
        }

        @Override
        public Entry<String, String> next() {
          last = keys.next();
          return new SimpleEntry<>(last, SealedMap.this.get(last));
        }

        @Override
        public void remove() {
          values.remove(last);
        }
      };
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
