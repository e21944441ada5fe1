package org.candor.http.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test against somebody else's program. Where that is not installed the test is skipped, and the
 * build's console says so by name; with {@code CANDOR_PEERS=required} in the environment it fails
 * instead.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PeerCondition.class)
public @interface NeedsPeer {

  /** Executables, all of which are needed, as {@link Peers} finds them. */
  String[] value();

  /** Whether it makes a network of its own, say, which only root may. */
  boolean root() default false;
}
