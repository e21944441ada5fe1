/** The client behind {@link org.candor.http.HttpTransport}. */
package org.candor.http.client;
