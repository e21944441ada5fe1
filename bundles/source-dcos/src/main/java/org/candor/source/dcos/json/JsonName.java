package org.candor.source.dcos.json;

import java.nio.charset.StandardCharsets;

/** A member's name to look for, in the form in which most writers write it. */
public final class JsonName {

  private final String name;
  private final byte[] utf8;

  private JsonName(String name) {
    this.name = name;
    this.utf8 = name.getBytes(StandardCharsets.UTF_8);
  }

  public static JsonName of(String name) {
    return new JsonName(name);
  }

  byte[] utf8() {
    return utf8;
  }

  @Override
  public String toString() {
    return name;
  }
}
