package org.candor.format.dns.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs against a real peer. Where a program is not installed, the test is skipped by name on the
 * console; with {@code CANDOR_PEERS=required} in the environment it fails.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(PeerCondition.class)
@interface NeedsPeer {

  /** The programs' names, found on the path or in {@code /usr/sbin}. */
  String[] value();
}
