package org.candor.source.storageos.v2;

import java.util.Optional;

/** What stands for the user after the login. Never shown. */
record Token(String text) {

  /** A token as RFC 6750 writes it, in at most 16,000 characters. */
  private static final String ALLOWED = "[A-Za-z0-9._~+/-]{1,16000}=*";

  private static final String SCHEME = "Bearer";

  /** The token that a server sent, with or without the scheme before it; empty when it is none. */
  static Optional<Token> of(String sent) {
    String text = sent.strip();
    boolean named = text.matches("(?i)" + SCHEME + "(\\s.*)?");
    String bare = named ? text.substring(SCHEME.length()).strip() : text;
    return bare.matches(ALLOWED) ? Optional.of(new Token(bare)) : Optional.empty();
  }

  /** The value of the header {@code Authorization} that carries it. */
  String bearer() {
    return SCHEME + " " + text;
  }

  @Override
  public String toString() {
    return "Token[***]";
  }
}
