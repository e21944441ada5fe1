package org.candor.api.ui;

import java.util.Arrays;
import java.util.Optional;
import org.candor.api.Labelled;

/** What somebody did. */
public enum UiAction implements Labelled {
  LOGIN("login"),
  LOGOUT("logout"),
  PAGE("page");

  private final String label;

  UiAction(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  public static Optional<UiAction> of(String label) {
    return Arrays.stream(values()).filter(action -> action.label.equals(label)).findFirst();
  }
}
