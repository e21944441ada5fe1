package org.candor.api.file;

/** A file holds no secret that can be read. Its message never quotes what the file holds. */
public final class UnusableSecretException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param why completes a sentence that begins with the file, such as {@code does not exist}
   */
  public UnusableSecretException(String why) {
    super(why);
  }

  /** Completes a sentence that begins with the file. */
  public String why() {
    return getMessage();
  }
}
