/** Formats health reports as Segment track calls, key by key as DC/OS sent them. */
package org.candor.format.segment;
