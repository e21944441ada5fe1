package org.candor.source.kubernetes.json;

import org.candor.http.json.JsonLimits;

/** Input limits: how much an API server is read at once. */
public final class ApiLimits {

  /** Bytes of a document. etcd holds 1.5 MiB in one object by default. */
  static final int BYTES = 8 * 1024 * 1024;

  /** A document. */
  public static final JsonLimits DOCUMENT = JsonLimits.ofDocument(BYTES, 128);

  private ApiLimits() {}
}
