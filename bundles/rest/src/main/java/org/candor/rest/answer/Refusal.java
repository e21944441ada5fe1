package org.candor.rest.answer;

import java.util.Map;

/** A request that is not done; nothing was changed. */
public final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * @param status the HTTP status
   * @param reason for the client: what is wrong and what is allowed
   */
  public Refusal(int status, String reason) {
    this(status, reason, Map.of());
  }

  /**
   * @param headers of the answer
   */
  public Refusal(int status, String reason, Map<String, String> headers) {
    super(reason);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** What the client gets. */
  public Answer answer() {
    Answer answer = Answer.error(status, getMessage());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }
}
