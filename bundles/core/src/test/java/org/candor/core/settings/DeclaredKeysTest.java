package org.candor.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class DeclaredKeysTest {

  @TempDir Path folder;

  @Test
  void whatAComponentSaysOfItsServiceIsNoKey() throws IOException {
    Path description = folder.resolve("sink.xml");
    Files.writeString(
        description,
        """
        <scr:component configuration-pid="org.candor.sink.segment">
          <property name="endpoint" type="String" value=""/>
          <property name="gzip" type="Boolean" value="true"/>
          <property name="candor.sink.name" type="String" value="segment"/>
        </scr:component>
        """);
    Bundle bundle =
        proxy(
            Bundle.class,
            Map.of(
                "getBundleId",
                1L,
                "getLastModified",
                1L,
                "getHeaders",
                new Hashtable<>(),
                "getSymbolicName",
                "org.candor.sink.segment",
                "getEntryPaths",
                Collections.enumeration(List.of("OSGI-INF/sink.xml")),
                "getEntry",
                description.toUri().toURL()));
    DeclaredKeys keys =
        new DeclaredKeys(proxy(BundleContext.class, Map.of("getBundles", new Bundle[] {bundle})));
    assertThat(keys.of("org.candor.sink.segment")).containsExactly("endpoint", "gzip");
  }

  private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            List.of(type).toArray(Class<?>[]::new),
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
