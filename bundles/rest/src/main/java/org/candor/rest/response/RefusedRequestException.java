package org.candor.rest.response;

import java.util.Map;

/** Client error or unavailability: the request was refused, and nothing was changed. */
public final class RefusedRequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * @param status the HTTP status
   * @param reason for the client: what is wrong and what is allowed
   */
  public RefusedRequestException(int status, String reason) {
    this(status, reason, Map.of());
  }

  /**
   * @param headers of the response
   */
  public RefusedRequestException(int status, String reason, Map<String, String> headers) {
    super(reason);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** The response that the client gets. */
  public RestResponse response() {
    RestResponse response = RestResponse.error(status, getMessage());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }
}
