package org.candor.source.dcos.cosmos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.json.JsonFormatException;
import org.candor.source.dcos.json.JsonScanner;

/** Reads the answer of {@code /package/list}, version 1. */
public final class PackageListReader {

  private static final int LIMIT = 10_000;

  private final JsonScanner json;
  private final List<InstalledPackage> packages = new ArrayList<>();
  private boolean seen;

  private PackageListReader(JsonScanner json) {
    this.json = json;
  }

  /**
   * Reads one answer.
   *
   * @throws JsonFormatException also when it has no {@code packages}, or too many
   */
  public static List<InstalledPackage> read(JsonScanner json) throws IOException {
    return new PackageListReader(json).list();
  }

  private List<InstalledPackage> list() throws IOException {
    if (json.beginObject()) {
      while (json.hasNext()) {
        if (json.name().equals("packages")) {
          packages();
        } else {
          json.skipValue();
        }
      }
    }
    if (!seen) {
      throw json.wrong("no packages");
    }
    return List.copyOf(packages);
  }

  private void packages() throws IOException {
    seen = true;
    packages.clear();
    if (!json.beginArray()) {
      return;
    }
    while (json.hasNext()) {
      if (json.beginObject()) {
        packages.add(installed());
      }
      if (packages.size() > LIMIT) {
        throw json.wrong("more than " + LIMIT + " packages");
      }
    }
  }

  private InstalledPackage installed() throws IOException {
    String appId = "";
    Definition definition = Definition.NONE;
    while (json.hasNext()) {
      switch (json.name()) {
        case "appId" -> appId = json.text().orElse("");
        case "packageInformation" -> definition = information();
        default -> json.skipValue();
      }
    }
    return new InstalledPackage(appId, definition.name, definition.version);
  }

  private Definition information() throws IOException {
    Definition definition = Definition.NONE;
    if (json.beginObject()) {
      while (json.hasNext()) {
        if (json.nameIs("packageDefinition")) {
          definition = definition();
        } else {
          json.skipValue();
        }
      }
    }
    return definition;
  }

  private Definition definition() throws IOException {
    String name = "";
    String version = "";
    if (json.beginObject()) {
      while (json.hasNext()) {
        switch (json.name()) {
          case "name" -> name = json.text().orElse("");
          case "version" -> version = json.text().orElse("");
          default -> json.skipValue();
        }
      }
    }
    return new Definition(name, version);
  }

  private record Definition(String name, String version) {
    static final Definition NONE = new Definition("", "");
  }
}
