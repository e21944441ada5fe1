package org.candor.http.client;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Says by which route a target is reached: straight, whatever proxy the properties of this JVM name
 * for others.
 */
final class Routes implements HttpRoutePlanner {

  @Override
  public HttpRoute determineRoute(HttpHost target, HttpContext context) {
    return new HttpRoute(target, null, "https".equals(target.getSchemeName()));
  }
}
