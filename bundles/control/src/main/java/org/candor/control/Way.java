package org.candor.control;

import org.candor.api.Labelled;

/**
 * By which way an answer came, as records and people see it.
 *
 * @param label one of the constants here, or the name of the consent layer of another bundle
 */
public record Way(String label) implements Labelled {

  /** A command of Karaf's shell. */
  public static final Way SHELL = new Way("shell");

  /** A script, over HTTP. */
  public static final Way HTTP = new Way("http");

  /** Candor's own web page. */
  public static final Way PAGE = new Way("page");

  /** {@code etc/org.candor.consent.cfg}. */
  public static final Way FILE = new Way("file");

  /** A variable of the process's environment. */
  public static final Way ENVIRONMENT = new Way("environment");

  /** A consent layer whose bundle is not there any more. */
  public static final Way REMOVED_LAYER = new Way("removed layer");
}
