package org.candor.source.storageos.cluster;

import org.candor.api.Deadline;
import org.candor.api.source.SourceException;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;
import org.candor.http.json.Json;
import org.candor.http.json.JsonClient;
import org.candor.http.json.JsonLimits;
import org.candor.http.json.StatusException;

/** API client: asks a cluster, whose lists of volumes have no bounds. */
public final class StorageOsClient {

  private static final JsonLimits LIMITS = JsonLimits.ofTokens(1 << 18, 64);

  private final JsonClient client;

  public StorageOsClient(HttpTransport transport) {
    this.client = new JsonClient(transport, StorageOsClient::hint);
  }

  /**
   * Asks for a JSON document.
   *
   * @throws StatusException when the answer's status is not 2xx
   * @throws SourceException with what was asked and what was wrong
   */
  public <T> T ask(HttpCall call, Deadline deadline, Json.Document<T> document)
      throws SourceException {
    return client.ask(call, deadline, body -> Json.read(body, LIMITS, document));
  }

  /**
   * Asks for a small answer and its headers.
   *
   * @throws StatusException as above
   * @throws SourceException as above
   */
  public HttpAnswer exchange(HttpCall call, Deadline deadline) throws SourceException {
    return client.exchange(call, deadline);
  }

  /**
   * Reads the document of an answer that is all there.
   *
   * @throws SourceException as above
   */
  public <T> T read(HttpCall call, HttpAnswer answer, Json.Document<T> document)
      throws SourceException {
    return client.read(call, answer, body -> Json.read(body, LIMITS, document));
  }

  private static String hint(int status) {
    return switch (status) {
      case StatusException.UNAUTHORISED -> "check username and password";
      case StatusException.FORBIDDEN -> "the user may not read this";
      case StatusException.NOT_FOUND -> "check apiUrl and api";
      default -> "";
    };
  }
}
