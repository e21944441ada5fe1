package org.candor.source.kubernetes.api;

import java.io.IOException;
import org.candor.api.Deadline;
import org.candor.api.source.SourceException;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;
import org.candor.http.json.Json;
import org.candor.http.json.JsonClient;
import org.candor.http.json.StatusException;
import org.candor.source.kubernetes.json.ApiLimits;
import org.candor.source.kubernetes.json.JsonLines;

/**
 * API client: asks one API server. The token is read for each request. Safe for several threads;
 * calls block.
 */
public final class ApiServerClient {

  private final JsonClient client;
  private final ApiServerAccess access;

  public ApiServerClient(HttpTransport transport, ApiServerAccess access) {
    this.client = new JsonClient(transport, this::hint);
    this.access = access;
  }

  /** Follows lines for as long as they come. */
  @FunctionalInterface
  public interface Following<T> {
    T read(JsonLines lines) throws IOException, SourceException;
  }

  /**
   * Asks for a JSON document.
   *
   * @param path as it stands in a request line
   * @throws StatusException when the answer's status is not 2xx
   * @throws SourceException with what was asked and what was wrong
   */
  public <T> T ask(String path, Deadline deadline, Json.Document<T> document)
      throws SourceException {
    return client.ask(call(path), deadline, body -> Json.read(body, ApiLimits.DOCUMENT, document));
  }

  /**
   * Asks for lines that come until the deadline.
   *
   * @param following is called when the answer has begun
   * @throws StatusException as above
   * @throws SourceException as above, or as {@code following} throws it
   */
  public <T> T follow(String path, Deadline deadline, Following<T> following)
      throws SourceException {
    HttpCall call = call(path).withLastingAnswer();
    return client.ask(call, deadline, body -> following.read(new JsonLines(body)));
  }

  private HttpCall call(String path) throws SourceException {
    HttpCall call = HttpCall.get(access.at(path)).with("Accept", "application/json");
    if (access.tokenFile().isPresent()) {
      call = call.with("Authorization", new TokenFile(access.tokenFile().get()).bearer());
    }
    return access.caFile().map(call::trusting).orElse(call);
  }

  private String hint(int status) {
    return switch (status) {
      case StatusException.UNAUTHORISED -> "check tokenFile: " + token();
      case StatusException.FORBIDDEN ->
          "the service account may not do this, and needs get, list and watch";
      case StatusException.NOT_FOUND ->
          "there is no such thing here: check specKind, and that its definition is"
              + " installed in this cluster";
      default -> "";
    };
  }

  private String token() {
    return access.tokenFile().map(file -> file + " is not accepted").orElse("no token was sent");
  }
}
