package org.candor.source.kubernetes.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How somebody names a kind of resource.
 *
 * @param word the kind, or its plural as it stands in paths
 * @param version empty when the word stands alone
 * @param group empty when the word stands alone
 */
public record KindName(String word, String version, String group) {

  /** Completes the sentence "allowed is …". */
  public static final String ALLOWED =
      "a kind such as StorageOSCluster, or a kind or plural with version and group such as"
          + " StorageOSCluster.v1.storageos.com";

  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9]{0,62})"
              + "(?:\\.(v[0-9][a-z0-9]{0,20})\\.([a-z0-9][a-z0-9.-]{0,200}[a-z0-9]))?");

  /** Reads a name; throws {@link IllegalArgumentException} for what is none. */
  public static KindName of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text);
    }
    boolean alone = form.group(2) == null;
    return new KindName(form.group(1), alone ? "" : form.group(2), alone ? "" : form.group(3));
  }

  boolean alone() {
    return group.isEmpty();
  }

  @Override
  public String toString() {
    return alone() ? word : word + "." + version + "." + group;
  }
}
