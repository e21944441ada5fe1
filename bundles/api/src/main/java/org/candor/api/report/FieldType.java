package org.candor.api.report;

import org.candor.api.Labelled;

/** The type of a field's value. */
public enum FieldType implements Labelled {
  TEXT("text"),
  COUNT("count"),
  MEASURE("measure"),
  FLAG("flag"),
  TIME("time"),
  ID("id");

  private final String label;

  FieldType(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
