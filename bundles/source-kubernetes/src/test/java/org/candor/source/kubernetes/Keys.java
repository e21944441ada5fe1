package org.candor.source.kubernetes;

import java.lang.annotation.Annotation;

/** What stands in the configuration file. */
record Keys(
    String apiUrl,
    String tokenFile,
    String caFile,
    String k8sDistro,
    String specKind,
    String specName,
    String namespace)
    implements Config {

  static Keys none() {
    return of("");
  }

  static Keys of(String apiUrl) {
    return new Keys(apiUrl, "", "", "", "StorageOSCluster", "", "");
  }

  Keys distribution(String name) {
    return new Keys(apiUrl, tokenFile, caFile, name, specKind, specName, namespace);
  }

  Keys kind(String kind) {
    return new Keys(apiUrl, tokenFile, caFile, k8sDistro, kind, specName, namespace);
  }

  Keys named(String name, String where) {
    return new Keys(apiUrl, tokenFile, caFile, k8sDistro, specKind, name, where);
  }

  Keys files(String token, String ca) {
    return new Keys(apiUrl, token, ca, k8sDistro, specKind, specName, namespace);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }
}
