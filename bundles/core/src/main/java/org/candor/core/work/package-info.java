/** Thread pool, scheduler, serial tasks: the threads of core. */
package org.candor.core.work;
