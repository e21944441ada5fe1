package org.candor.api.consent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link ConsentLayer}: the service property {@value #PROPERTY}. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface LayerName {

  /** The service property that holds the name. */
  String PROPERTY = "candor.layer.name";

  /** Prefix of the property's name, read by Declarative Services. */
  String PREFIX_ = "candor.";

  String value();
}
