package org.candor.core.store;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final String NAMED = "named/";

  private final MVStore store;
  private final Map<String, MVMap<Long, byte[]>> numbered = new HashMap<>();
  private final Map<String, MVMap<String, String>> named = new HashMap<>();

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

  MVMap<String, String> named(String name) {
    return named.computeIfAbsent(
        name,
        map ->
            store.openMap(
                NAMED + map,
                new MVMap.Builder<String, String>()
                    .keyType(StringDataType.INSTANCE)
                    .valueType(StringDataType.INSTANCE)));
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
    names(NAMED).forEach(name -> target.named(name).putAll(named(name)));
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
