package org.candor.http.client;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes clients of one exchange each. Calls are an hour apart, so a connection that is kept would
 * only ever be found dead; and a client that repeats, redirects, remembers or logs in by itself
 * would send what nobody asked it to.
 */
final class OneShotClient {

  private OneShotClient() {}

  /** Over a connection that the connector makes. */
  static CloseableHttpClient over(
      HttpClientConnectionOperator connector, HttpRoutePlanner routes, ExchangeTimeouts limits) {
    BasicHttpClientConnectionManager connection =
        new BasicHttpClientConnectionManager(connector, socket -> new QuietConnection());
    connection.setConnectionConfig(
        ConnectionConfig.custom().setConnectTimeout(Timeout.of(limits.connect())).build());
    return HttpClientBuilder.create()
        .setConnectionManager(connection)
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setRoutePlanner(routes)
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
}
