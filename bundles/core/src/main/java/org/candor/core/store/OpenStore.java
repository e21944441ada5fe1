package org.candor.core.store;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Storage engine handle: an open MVStore and its typed maps. Every commit is on the platter when it
 * returns, which is what makes it safe to reuse freed space at once (retention time 0).
 */
final class OpenStore implements AutoCloseable {

  private static final String NUMBERED = "numbered/";
  private static final String SEALED = "sealed/";

  /** As versions before had it, without checksums. */
  private static final String UNSEALED = "named/";

  private final MVStore store;
  private final Map<String, MVMap<Long, byte[]>> numbered = new HashMap<>();
  private final Map<String, SealedMap> named = new HashMap<>();

  private OpenStore(MVStore store) {
    this.store = store;
  }

  /** Opens a file, making it where it is missing. */
  static OpenStore of(Path file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .autoCompactFillRate(0)
            .cacheSize(1)
            .open();
    store.setRetentionTime(0);
    store.setVersionsToKeep(0);
    return new OpenStore(store);
  }

  /** Opens a file to look at what is left in it. */
  static OpenStore readOnly(Path file) {
    return new OpenStore(new MVStore.Builder().fileName(file.toString()).readOnly().open());
  }

  MVMap<Long, byte[]> numbered(String name) {
    return numbered.computeIfAbsent(
        name,
        map ->
            store.openMap(
                NUMBERED + map,
                new MVMap.Builder<Long, byte[]>()
                    .keyType(LongDataType.INSTANCE)
                    .valueType(ByteArrayDataType.INSTANCE)));
  }

  /**
   * The map of that name.
   *
   * @throws DamagedException when it is not whole
   */
  SealedMap named(String name) {
    return named.computeIfAbsent(name, this::openNamed);
  }

  private SealedMap openNamed(String name) {
    SealedMap map = new SealedMap(name, sealed(name));
    if (store.hasMap(UNSEALED + name)) {
      MVMap<String, String> before = unsealed(name);
      before.forEach(map::putIfAbsent);
      store.removeMap(before);
    }
    return map;
  }

  /** What is whole in the map of that name, of a version before too; changes nothing. */
  Map<String, String> wholeNamed(String name) {
    Map<String, String> whole = new TreeMap<>();
    if (store.hasMap(UNSEALED + name)) {
      whole.putAll(unsealed(name));
    }
    if (store.hasMap(SEALED + name)) {
      whole.putAll(SealedMap.wholeOf(name, sealed(name)));
    }
    return whole;
  }

  /** How many values the map of that name holds, damaged ones too. */
  int namedCount(String name) {
    if (store.hasMap(UNSEALED + name)) {
      return unsealed(name).size();
    }
    return store.hasMap(SEALED + name) ? sealed(name).size() : 0;
  }

  private MVMap<String, byte[]> sealed(String name) {
    return store.openMap(
        SEALED + name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private MVMap<String, String> unsealed(String name) {
    return store.openMap(
        UNSEALED + name,
        new MVMap.Builder<String, String>()
            .keyType(StringDataType.INSTANCE)
            .valueType(StringDataType.INSTANCE));
  }

  List<String> numberedNames() {
    return names(NUMBERED);
  }

  private List<String> names(String kind) {
    return store.getMapNames().stream()
        .filter(name -> name.startsWith(kind))
        .map(name -> name.substring(kind.length()))
        .toList();
  }

  /** Puts the content of all maps into another, and commits it there. */
  void copyTo(OpenStore target) {
    names(NUMBERED).forEach(name -> target.numbered(name).putAll(numbered(name)));
    Stream.of(SEALED, UNSEALED)
        .flatMap(kind -> names(kind).stream())
        .distinct()
        .forEach(name -> target.named(name).putAll(named(name)));
    target.commit();
  }

  boolean hasUnsavedChanges() {
    return store.hasUnsavedChanges();
  }

  /** Puts all changes on disk. */
  void commit() {
    store.commit();
    store.sync();
  }

  /** Bytes that the file takes on disk. */
  long size() {
    return store.getFileStore().size();
  }

  long version() {
    return store.getCurrentVersion();
  }

  /** Whether the engine closed itself, as it does after a failure. */
  boolean isClosed() {
    return store.isClosed();
  }

  /** Closes the file without writing anything. */
  @Override
  public void close() {
    store.closeImmediately();
  }
}
