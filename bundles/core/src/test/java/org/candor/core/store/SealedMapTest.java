package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedMapTest {

  private static final StoreFile.Salvager NOTHING = aside -> {};

  @TempDir Path directory;
  private Path path;
  private StoreFile file;

  @BeforeEach
  void open() throws IOException {
    path = directory.resolve("a.mv");
    file = new StoreFile(path, Clock.systemUTC());
    file.open(NOTHING);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void itIsAMapInTheOrderOfItsKeys() {
    SealedMap map = file.named("m");
    assertThat(map.firstKey()).isEmpty();
    assertThat(map.put("b", "2")).isNull();
    assertThat(map.put("a", "1")).isNull();
    assertThat(map.put("b", "3")).isEqualTo("2");
    assertThat(map).containsExactly(Map.entry("a", "1"), Map.entry("b", "3"));
    assertThat(map.keys()).containsExactly("a", "b");
    assertThat(map.firstKey()).contains("a");
    assertThat(map.get("c")).isNull();
    assertThat(map.containsKey("c")).isFalse();
    assertThat(map.remove("a")).isEqualTo("1");
    assertThat(map.remove("a")).isNull();
    map.entrySet().removeIf(entry -> entry.getValue().equals("3"));
    assertThat(map).isEmpty();
  }

  @Test
  void aWrongCharacterInAValueShowsAndTakesNoOtherWithIt() throws IOException {
    put("m", "good", "one");
    put("m", "bad", "two-two");
    damage("two-two", "two-twx");
    assertThatThrownBy(() -> file.named("m"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("bad of m");
    assertThat(file.wholeNamed("m")).containsOnly(Map.entry("good", "one"));
    assertThat(file.namedCount("m")).isEqualTo(2);
  }

  @Test
  void aWrongCharacterInAKeyShowsToo() throws IOException {
    put("m", "the-key", "value");
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    // The first is the map's own, the second is sealed with the value.
    damage(text.indexOf("the-key"), 'x');
    assertThatThrownBy(() -> file.named("m")).isInstanceOf(DamagedException.class);
  }

  @Test
  void whatAnEarlierVersionKeptWithoutChecksumsIsTakenOverOnce() throws IOException {
    file.close();
    Files.delete(path);
    try (MVStore store = MVStore.open(path.toString())) {
      store
          .openMap(
              "named/m",
              new MVMap.Builder<String, String>()
                  .keyType(StringDataType.INSTANCE)
                  .valueType(StringDataType.INSTANCE))
          .put("k", "v");
    }
    file.open(NOTHING);
    assertThat(file.wholeNamed("m")).containsOnly(Map.entry("k", "v"));
    assertThat(file.named("m")).containsOnly(Map.entry("k", "v"));
    assertThat(file.hasUnsavedChanges()).isTrue();
    file.commit();
    reopen();
    file.named("m").remove("k");
    file.commit();
    reopen();
    assertThat(file.named("m")).isEmpty();
  }

  @Test
  void inAFileThatDoesNotOpenTheNewestOfEachAreFound() throws IOException {
    put("m", "k", "old");
    put("m", "k", "new");
    put("n", "k", "other");
    put("left", "k", "out");
    file.close();
    byte[] bytes = Files.readAllBytes(path);
    Arrays.fill(bytes, 0, 8192, (byte) 0);
    Files.write(path, bytes);
    RecoveredValues found = RecoveredValues.of(path, Set.of("m", "n", "none"), Clock.systemUTC());
    assertThat(found.maps())
        .containsOnly(Map.entry("m", Map.of("k", "new")), Map.entry("n", Map.of("k", "other")));
  }

  private void put(String map, String key, String value) throws IOException {
    file.named(map).put(key, value);
    file.commit();
  }

  private void damage(String from, String to) throws IOException {
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    file.close();
    Files.writeString(path, text.replace(from, to), StandardCharsets.ISO_8859_1);
    file.open(NOTHING);
  }

  private void damage(int place, char by) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    bytes[place] = (byte) by;
    file.close();
    Files.write(path, bytes);
    file.open(NOTHING);
  }

  private void reopen() throws IOException {
    file.close();
    file.open(NOTHING);
  }
}
