package org.candor.api;

/**
 * A value with one name for people and machines: the shell's tables, the JSON documents and the web
 * page all show {@link #label()}.
 */
public interface Labelled {

  /** The name, in lower case with hyphens; never changes once published. */
  String label();
}
