/** The death of this very process, and of its threads. */
package org.candor.source.crash.runtime;
