/** The benchmark of what this package of {@code sink-dns} shows to nobody else. */
package org.candor.sink.dns;
