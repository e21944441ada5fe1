package org.candor.receiver;

/** Client error (4xx): a request that is not in order. */
final class RejectedRequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status
   * @param reason for the client
   */
  RejectedRequestException(int status, String reason) {
    super(reason);
    this.status = status;
  }

  int status() {
    return status;
  }
}
