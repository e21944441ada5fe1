package org.candor.control;

import java.util.List;

/** There is no channel of that name. */
public class NoSuchChannelException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param name what was asked for
   * @param known what there is
   */
  public NoSuchChannelException(String name, List<String> known) {
    super(
        "There is no channel \""
            + name
            + "\". "
            + (known.isEmpty()
                ? "There are no channels; install a feature such as candor-segment."
                : "There are: " + String.join(", ", known) + "."));
  }
}
