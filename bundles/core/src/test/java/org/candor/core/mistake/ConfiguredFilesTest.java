package org.candor.core.mistake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ConfiguredFilesTest {

  private static final String FILE = "felix.fileinstall.filename";

  @TempDir Path etc;

  @Test
  void theFileCountsAndConfigAdminWhereThereIsNone() throws IOException {
    write("org.candor.store.cfg", "maxAge = 2d");
    write("org.candor.consent.answers", "usage = false");
    write("org.apache.karaf.log.cfg", "size = 3");
    ConfiguredFiles files =
        files(
            configuration(
                "org.candor.store", Map.of("maxage", "1d", FILE, "file:/etc/org.candor.store.cfg")),
            configuration("org.candor.http", Map.of("proxy", "x")),
            configuration("org.candor.channel~a", Map.of("sink", "y")),
            configuration(
                "org.candor.channel.1234",
                Map.of("sink", "z", FILE, "file:/k/etc/org.candor.channel-b.config")));
    assertThat(files.read())
        .extracting(ConfiguredFile::file, file -> file.values().keySet().iterator().next())
        .containsExactly(
            tuple("etc/org.candor.channel-a.cfg", "sink"),
            tuple("etc/org.candor.channel-b.cfg", FILE),
            tuple("etc/org.candor.http.cfg", "proxy"),
            tuple("etc/org.candor.store.cfg", "maxAge"));
  }

  @Test
  void keysAreAsTheyStandInTheFile() throws IOException {
    write("org.candor.store.cfg", "maxAge = 2d\nMAXAGE = 3d");
    assertThat(files().read().get(0).values()).isEqualTo(Map.of("maxAge", "2d", "MAXAGE", "3d"));
  }

  @Test
  void whileAFileIsBeingWrittenWhatItHeldLastCounts() throws IOException {
    write("org.candor.store.cfg", "maxAge = 2d");
    ConfiguredFiles files = files();
    assertThat(files.read()).hasSize(1);
    write("org.candor.store.cfg", "");
    assertThat(files.read().get(0).values()).isEqualTo(Map.of("maxAge", "2d"));
    write("org.candor.store.cfg", "maxCount = 7");
    assertThat(files.read().get(0).values()).isEqualTo(Map.of("maxCount", "7"));
    Files.delete(etc.resolve("org.candor.store.cfg"));
    assertThat(files.read()).isEmpty();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(etc.resolve(name), text);
  }

  private ConfiguredFiles files(Configuration... configurations) {
    return new ConfiguredFiles(
        new Etc(etc),
        proxy(ConfigurationAdmin.class, Map.of("listConfigurations", configurations)));
  }

  private static Configuration configuration(String pid, Map<String, Object> properties) {
    return proxy(
        Configuration.class, Map.of("getPid", pid, "getProperties", new Hashtable<>(properties)));
  }

  private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            List.of(type).toArray(Class<?>[]::new),
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
