/** At-least-once delivery: load, attempt, journal, release, retry. */
package org.candor.core.delivery;
