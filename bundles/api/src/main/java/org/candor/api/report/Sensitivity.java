package org.candor.api.report;

import org.candor.api.Labelled;

/** What somebody could learn about the owner from a field. */
public enum Sensitivity implements Labelled {
  /** Says nothing about this installation: a constant, a random id of a message, a time. */
  NONE("none"),
  /** Describes the installation, not its owner: a version, a count. */
  TECHNICAL("technical"),
  /** Recognises the same installation again, without saying whose it is. */
  PSEUDONYMOUS("pseudonymous"),
  /** Names the customer, because the customer's contract does: a customer key, a licence. */
  CUSTOMER("customer");

  private final String label;

  Sensitivity(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
