package org.candor.http.client;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes clients of one exchange each. Calls are an hour apart, so a connection that is kept would
 * only ever be found dead; and a client that repeats, redirects, remembers or logs in by itself
 * would send what nobody asked it to.
 */
final class OneShotClient {

  private OneShotClient() {}

  /** Over connections that come about in the given way. */
  static CloseableHttpClient over(HttpClientConnectionOperator connector, Limits limits) {
    BasicHttpClientConnectionManager connection =
        new BasicHttpClientConnectionManager(connector, socket -> new QuietConnection());
    connection.setConnectionConfig(
        ConnectionConfig.custom().setConnectTimeout(Timeout.of(limits.connect())).build());
    return HttpClientBuilder.create()
        .setConnectionManager(connection)
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setRoutePlanner(OneShotClient::straight)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableConnectionState()
        .disableContentCompression()
        .disableCookieManagement()
        .disableDefaultUserAgent()
        .disableRedirectHandling()
        .build();
  }

  // Whatever proxy the properties of this JVM name for others; ours stands behind the connector.
  private static HttpRoute straight(HttpHost target, HttpContext context) {
    return new HttpRoute(target, null, "https".equals(target.getSchemeName()));
  }
}
