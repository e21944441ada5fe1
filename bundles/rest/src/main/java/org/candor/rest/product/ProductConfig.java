package org.candor.rest.product;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.rest.product-NAME.cfg}. */
@ObjectClassDefinition(
    name = "Candor: a product's web page",
    description = "Which page may send logins, logouts and page views, and how many.")
@interface ProductConfig {

  @AttributeDefinition(
      name = "Key",
      description =
          "What the page identifies itself by: 8 to 200 letters, digits, hyphens and underscores."
              + " It is in the page, so it is no secret.")
  String key() default "";

  @AttributeDefinition(
      name = "Origins",
      description =
          "Where the page is served from, each as https://host or https://host:port, separated by"
              + " commas. Pages from elsewhere are refused.")
  String origins() default "";

  @AttributeDefinition(
      name = "Routes",
      description =
          "The pages that may be told apart, such as /services/detail/[id], separated by commas;"
              + " any other page counts as /unknown. When empty, the page's own templates are"
              + " taken, and each part that is no word becomes [id].")
  String routes() default "";

  @AttributeDefinition(
      name = "Events a minute",
      description = "How many events one client's address may send in a minute, on average.")
  String perMinute() default "600";

  @AttributeDefinition(
      name = "Events a second",
      description =
          "How many events all pages of the product together may send in a second, on average;"
              + " ten seconds' worth may come at once. Key and origin can be forged from any"
              + " number of addresses.")
  String eventsPerSecond() default "1000";

  @AttributeDefinition(name = "Enabled", description = "Whether the page may send at all.")
  String enabled() default "true";
}
