/** How many events of web pages a second, and how soon they are acknowledged. */
package org.candor.benchmarks.events;
