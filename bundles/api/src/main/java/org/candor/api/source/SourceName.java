package org.candor.api.source;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link HealthSource}: the service property {@value #PROPERTY}, in lower case with
 * hyphens.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SourceName {

  /** The service property that holds the name. */
  String PROPERTY = "candor.source.name";

  /** Prefix of the property's name, read by Declarative Services. */
  String PREFIX_ = "candor.";

  /** The name, shown by {@code telemetry:sources} and carried by a partial report. */
  String value();
}
