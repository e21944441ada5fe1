package org.candor.source.storageos.v2;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.json.Json;
import org.candor.source.storageos.cluster.ApiUrl;
import org.candor.source.storageos.cluster.Listing;
import org.candor.source.storageos.cluster.StorageOsClient;
import org.candor.source.storageos.cluster.StorageOsCredentials;

/**
 * Logs in when there is no token, and keeps the token for all requests of both sources.
 *
 * <p>{@code POST /v2/auth/login} answers with the token in the header {@code Authorization}, where
 * {@code storageos/api-manager} reads it ("Bearer " before it), and in {@code session.token} of the
 * body, where {@code storageos/go-cli} looks first. By default it lives for five minutes.
 */
final class Session {

  private final StorageOsClient client;
  private final ApiUrl place;
  private final StorageOsCredentials credentials;
  private Optional<Token> current = Optional.empty();

  Session(StorageOsClient client, ApiUrl place, StorageOsCredentials credentials) {
    this.client = client;
    this.place = place;
    this.credentials = credentials;
  }

  /** The token there is; logs in when there is none. */
  synchronized Token token(Deadline deadline) throws SourceException {
    if (current.isEmpty()) {
      current = Optional.of(login(deadline));
    }
    return current.get();
  }

  /** Another token than one that was refused. */
  synchronized Token tokenAfter(Token refused, Deadline deadline) throws SourceException {
    if (current.filter(refused::equals).isPresent()) {
      current = Optional.empty();
    }
    return token(deadline);
  }

  private Token login(Deadline deadline) throws SourceException {
    HttpCall call =
        HttpCall.post(
            place.at(VersionTwo.ROOT, "auth", "login"),
            "application/json",
            Bytes.utf8(request(credentials)));
    HttpAnswer answer = client.exchange(call, deadline);
    Optional<Token> token = answer.header("Authorization").flatMap(Token::of);
    if (token.isEmpty()) {
      token = Token.of(client.read(call, answer, Session::body));
    }
    return token.orElseThrow(
        () ->
            new SourceException(
                FailureReason.MALFORMED,
                call.method() + " " + call.target() + ": no token that could be used."));
  }

  private static String request(StorageOsCredentials credentials) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("username").value(credentials.username());
      json.name("password").value(credentials.password());
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail", e);
    }
    return text.toString();
  }

  private static String body(Json json) throws IOException {
    String[] token = {""};
    json.members(
        name -> {
          if (name.equals("session")) {
            token[0] = Listing.text(json, "token");
          } else {
            json.skip();
          }
        });
    return token[0];
  }
}
