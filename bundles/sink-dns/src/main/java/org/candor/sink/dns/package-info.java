/** Asks questions through DNS: of the system's resolvers, of given ones, or over HTTPS. */
package org.candor.sink.dns;
