package org.candor.source.dcos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.HttpTransport;

/** The contract of {@link HttpTransport} over the JDK's own client. */
public final class JdkTransport implements HttpTransport {

  @Override
  public HttpAnswer exchange(HttpCall call, Deadline deadline) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T stream(HttpCall call, Deadline deadline, BodyReader<T> reader) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) call.target().toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) deadline.remaining().toMillis());
    connection.setReadTimeout((int) deadline.remaining().toMillis());
    connection.setRequestMethod(call.method());
    call.headers().forEach(header -> connection.addRequestProperty(header.name(), header.value()));
    if (call.body().isPresent()) {
      connection.setDoOutput(true);
      Bytes body = call.body().get();
      try (OutputStream out = connection.getOutputStream()) {
        body.writeTo(out);
      }
    }
    int status = connection.getResponseCode();
    try {
      if (status / 100 != 2) {
        throw new HttpStatusException(status, "status " + status);
      }
      InputStream in = connection.getInputStream();
      return reader.read(in);
    } finally {
      connection.disconnect();
    }
  }
}
