package org.candor.api.sink;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link TransportSink}: the service property {@value #PROPERTY}, which the key {@code
 * sink} of a channel's file selects.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SinkName {

  /** The service property that holds the name. */
  String PROPERTY = "candor.sink.name";

  /** Prefix of the property's name, read by Declarative Services. */
  String PREFIX_ = "candor.";

  String value();
}
