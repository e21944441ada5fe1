/** Puts a question for a newer version into a DNS name, and reads the answer. */
package org.candor.format.dns;
