package org.candor.http.server;

/** A request that is not HTTP as this server takes it (RFC 9112); where it ends is not known. */
final class BadRequestException extends java.io.IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param reason for the client, without anything that it sent
   */
  BadRequestException(int status, String reason) {
    super(reason);
    this.status = status;
  }

  BadRequestException(String reason) {
    this(400, reason);
  }

  int status() {
    return status;
  }
}
