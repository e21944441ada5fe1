/** Asks a question through DNS. */
package org.candor.sink.dns;
