/** Server-sent events: say what has changed and is worth reading again. */
package org.candor.rest.change;
