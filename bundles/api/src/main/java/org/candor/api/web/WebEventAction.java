package org.candor.api.web;

import java.util.Arrays;
import java.util.Optional;
import org.candor.api.Labelled;

/** What somebody did. */
public enum WebEventAction implements Labelled {
  LOGIN("login"),
  LOGOUT("logout"),
  PAGE("page");

  private final String label;

  WebEventAction(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  public static Optional<WebEventAction> of(String label) {
    return Arrays.stream(values()).filter(action -> action.label.equals(label)).findFirst();
  }
}
